import type { IncomingMessage, ServerResponse } from 'node:http'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { DOORS } from '../doors.ts'
import { admit } from '../http/admission.ts'
import { CSRF_HEADER, isSecure, requestMeta, setCookie } from '../http/meta.ts'
import { sendProblem } from '../http/reply.ts'
import { appRouter } from './router.ts'

const TRPC_PATH = DOORS.trpc.below
const REPEATED_HEADER = 'x-shellwego-repeated'

/** Answers the console's own calls; a mutation needs our header, cookie or not. */
export const handleTrpc = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const requestId = newId('request')
  try {
    const meta = await requestMeta(req, requestId)
    await admit(res, meta, 'console')
    if (req.method === 'POST' && !req.headers[CSRF_HEADER]) throw new DomainError('csrf_refused', 'This change did not come from the console. Reload the page and try again.')
    const path = new URL(req.url ?? '/', 'http://portal').pathname.slice(TRPC_PATH.length)
    if (path.split(',').some((p) => p.startsWith('sandbox.')) && runtime().env.SHELLWEGO_MODE !== 'sandbox') throw new DomainError('not_found', 'There is no sandbox here.')
    await nodeHTTPRequestHandler({
      req, res, path, router: appRouter, maxBodySize: 2 * 1024 * 1024,
      createContext: () => Promise.resolve({ meta, repeated: req.headers[REPEATED_HEADER] !== undefined }),
      responseMeta: () => {
        const cookie = setCookie(meta, isSecure(req.headers))
        return { headers: new Headers({ 'x-request-id': requestId, 'cache-control': 'no-store', ...(cookie ? { 'set-cookie': cookie } : {}) }) }
      },
    })
  } catch (error) {
    sendProblem(res, error, requestId, req.url ?? '/')
  }
}
