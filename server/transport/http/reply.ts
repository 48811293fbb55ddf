import type { ServerResponse } from 'node:http'
import { toProblem, DomainError } from '../../core/error.ts'
import { log } from '../../core/log.ts'

export const sendText = (res: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void => {
  if (res.headersSent || res.destroyed) return
  const type = text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }
  res.writeHead(status, { ...type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers })
  res.end(text)
}

export const sendJson = (res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void =>
  sendText(res, status, body === undefined ? '' : JSON.stringify(body), headers)

/** problem+json for anything thrown; faults of ours are logged with their stack, the caller gets the request id. */
export const sendProblem = (res: ServerResponse, error: unknown, requestId: string, instance: string, headers: Record<string, string> = {}): void => {
  const problem = toProblem(error, requestId, instance)
  if (problem.status >= 500 && !(error instanceof DomainError)) log.error({ request_id: requestId, instance, error: error instanceof Error ? error.stack : String(error) }, 'request failed')
  const own = error instanceof DomainError ? error.headers : {}
  sendJson(res, problem.status, problem, { ...own, ...headers, 'content-type': 'application/problem+json', 'x-request-id': requestId })
}
