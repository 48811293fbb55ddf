/** One HTTP exchange with a hard limit on time and size. */
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export interface HttpCall {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body: Buffer | null
  timeoutMs: number
  signal?: AbortSignal
}
export interface HttpAnswer { status: number; headers: IncomingHttpHeaders; body: Buffer }
export interface Transport { send(call: HttpCall): Promise<HttpAnswer>; close(): void }

const ANSWER_LIMIT = 32 << 20

export function createTransport(baseUrl: string, ca: string | null): Transport {
  const base = new URL(baseUrl)
  const secure = base.protocol === 'https:'
  const agent = secure ? new HttpsAgent({ keepAlive: true, ...(ca ? { ca } : {}) }) : new HttpAgent({ keepAlive: true })
  const prefix = base.pathname.replace(/\/$/, '')
  const send = (call: HttpCall): Promise<HttpAnswer> => new Promise((resolve, reject) => {
    const headers = { ...call.headers, ...(call.body ? { 'content-length': String(call.body.length) } : {}) }
    const options = { host: base.hostname, port: base.port || (secure ? 443 : 80), path: prefix + call.path, method: call.method, headers, agent }
    const outgoing = secure ? httpsRequest(options) : httpRequest(options)
    const fail = (error: Error): void => {
      clearTimeout(timer)
      call.signal?.removeEventListener('abort', cancel)
      outgoing.destroy()
      reject(error)
    }
    const cancel = (): void => fail(new Error('the call was cancelled'))
    const timer = setTimeout(() => fail(new Error(`no answer within ${call.timeoutMs / 1000} s`)), call.timeoutMs)
    call.signal?.addEventListener('abort', cancel, { once: true })
    outgoing.on('error', fail)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > ANSWER_LIMIT) fail(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      incoming.on('aborted', () => fail(new Error('the answer was cut off')))
      incoming.on('error', fail)
      incoming.on('end', () => {
        clearTimeout(timer)
        call.signal?.removeEventListener('abort', cancel)
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) })
      })
    })
    outgoing.end(call.body ?? undefined)
  })
  return { send, close: () => agent.destroy() }
}
