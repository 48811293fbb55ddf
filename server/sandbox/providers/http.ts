import type { IncomingMessage, ServerResponse } from 'node:http'

export type Reply = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
export type Call = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const BODY_LIMIT = 256 * 1024

export async function readCall(request: IncomingMessage): Promise<Call | 'too_large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) return 'too_large'
    chunks.push(chunk)
  }
  const url = new URL(request.url ?? '/', 'http://provider.invalid')
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
}

export function sendReply(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}

export const bearerOf = (call: Call): string => /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? ''
