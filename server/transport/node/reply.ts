import type { ServerResponse } from 'node:http'
import type { NodeError } from '../../contract/node-api/v1.ts'
import { log } from '../../core/log.ts'
import { FAULT_STATUS, NodeFault } from '../../domain/nodes/index.ts'

const RETRY_MS = 1_000

export const sendJson = (res: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void => {
  if (res.headersSent || res.destroyed) return
  const body = JSON.stringify(value)
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', ...headers })
  res.end(body)
}

/** The agent gave up in the middle of its request; it sends it again. */
const hungUp = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ECONNRESET'

/** Anything unknown is our fault and passes: the agent tries again and loses nothing. */
export const sendFault = (res: ServerResponse, error: unknown): void => {
  const fault = error instanceof NodeFault ? error : new NodeFault('unavailable', 'Try again.', { retryAfterMs: Math.round(RETRY_MS * (1 + 3 * Math.random())) })
  if (fault !== error && !hungUp(error)) log.error({ error: error instanceof Error ? error.stack : String(error) }, 'node API failed')
  const { expected, retryAfterMs, serverTime, status = FAULT_STATUS[fault.code] } = fault.more
  const body: NodeError = {
    code: fault.code, message: fault.message, ...(expected === undefined ? {} : { expected }),
    ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }), ...(serverTime === undefined ? {} : { server_time: serverTime }),
  }
  const headers: Record<string, string> = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
  // The rest of a refused body is not read; the connection cannot carry another request.
  if (!res.req.complete) headers.connection = 'close'
  sendJson(res, status, body, headers)
}
