import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileAnswer, FileOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { entityTag, isUnchanged } from '../../core/etag.ts'
import { log } from '../../core/log.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { isSecure, setCookie } from '../http/meta.ts'
import { sendText } from '../http/reply.ts'

const httpDate = (day: string): string => new Date(`${day}T00:00:00Z`).toUTCString()

/** RFC 9745 and RFC 8594: since when, until when, and what to use instead. */
const deprecationOf = ({ deprecated }: AnyOperation): Record<string, string> => (deprecated ? {
  deprecation: `@${Date.parse(`${deprecated.since}T00:00:00Z`) / 1000}`, sunset: httpDate(deprecated.sunset), link: `<${deprecated.instead}>; rel="successor-version"`,
} : {})

const nextUrl = (current: string, cursor: string): string => {
  const url = new URL(current, 'http://portal')
  url.searchParams.set('cursor', cursor)
  return url.pathname + url.search
}

const headersOf = (req: IncomingMessage, meta: RequestMeta, operation: AnyOperation, output: unknown): Record<string, string> => {
  const cookie = setCookie(meta, isSecure(req.headers))
  const next = (output as { pagination?: { next_cursor?: string | null } } | null)?.pagination?.next_cursor
  const old = deprecationOf(operation)
  const links = [old.link, next ? `<${nextUrl(req.url ?? '/', next)}>; rel="next"` : undefined].filter((l) => l !== undefined)
  return {
    'x-request-id': meta.requestId, ...(cookie ? { 'set-cookie': cookie } : {}), ...old, ...(links.length > 0 ? { link: links.join(', ') } : {}),
    ...(meta.told?.replayed ? { 'idempotent-replayed': 'true' } : {}),
  }
}

/** The operation's answer; what the caller has already, by `If-None-Match`, is not sent again. */
export const reply = (req: IncomingMessage, res: ServerResponse, meta: RequestMeta, operation: AnyOperation, output: unknown): void => {
  const { status = 200, other } = operation.rest ?? {}
  const body = status === 204 ? '' : JSON.stringify(output)
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  const version = operation.etag?.(output as never) ?? null
  const etag = isRead || version !== null ? entityTag(version, isRead ? body : null) : null
  const headers = { ...headersOf(req, meta, operation, output), ...(etag ? { etag } : {}) }
  if (isRead && etag && isUnchanged(req.headers['if-none-match'], etag)) return sendText(res, 304, '', headers)
  sendText(res, other?.when(output as never) ? other.status : status, body, headers)
}

export const sendFile = async (res: ServerResponse, meta: RequestMeta, file: FileOperation, { body, fileName, contentType }: FileAnswer): Promise<void> => {
  const whole = Buffer.isBuffer(body)
  res.writeHead(200, {
    'content-type': contentType ?? file.contentType, ...(whole ? { 'content-length': body.length } : {}),
    'content-disposition': `${whole ? 'inline' : 'attachment'}; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`,
    'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'x-request-id': meta.requestId,
  })
  if (whole) res.end(body)
  else await pipeline(Readable.from(body), res).catch((error: unknown) => log.warn({ request_id: meta.requestId, error: String(error) }, 'a file broke off'))
}
