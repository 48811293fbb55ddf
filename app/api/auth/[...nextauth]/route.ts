import { NextRequest } from 'next/server'
import { handlers } from '../../../_lib/auth.ts'

/** Next builds `req.url` from its own port; the address people used is `Host`, and only `Host`, behind the TLS edge. */
const onHost =
  (handle: (req: NextRequest) => Promise<Response>) =>
  (req: NextRequest): Promise<Response> => {
    const url = new URL(req.url)
    url.port = ''
    url.protocol = req.headers.get('x-forwarded-proto') === 'https' ? 'https:' : 'http:'
    url.host = req.headers.get('host') ?? url.host
    return handle(new NextRequest(url, req))
  }

export const GET = onHost(handlers.GET)
export const POST = onHost(handlers.POST)
