import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CompositeOperation, FileOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { call, type AnyOperation, type Operation } from '../../core/operation.ts'
import { isStorable } from '../../core/storable.ts'
import { readJson } from '../http/body.ts'
import { isSecure, requestMeta, setCookie } from '../http/meta.ts'
import { sendJson, sendProblem } from '../http/reply.ts'
import { docsPage } from './docs-page.ts'
import { openApi } from './openapi.ts'
import { parseQuery } from './query-string.ts'
import { compileRoutes } from './routes.ts'

const BODY_LIMIT = 10 * 1024 * 1024

export interface RestOptions {
  operations: readonly AnyOperation[]
  composites: readonly CompositeOperation[]
  files: readonly FileOperation[]
  /** Event streams; true when it took the request. */
  live(req: IncomingMessage, res: ServerResponse, meta: RequestMeta, url: URL): Promise<boolean>
}

/** REST /v1 over the operations: nothing here knows any of them. */
export const createRestHandler = (options: RestOptions) => {
  const composites = new Map<string, CompositeOperation>(options.composites.map((c) => [c.name, c]))
  const files = new Map(options.files.map((f) => [f.name, f]))
  const all = [...options.operations, ...options.composites, ...options.files] as unknown as readonly AnyOperation[]
  const table = compileRoutes(all)
  let document: string | null = null

  const answer = async (req: IncomingMessage, res: ServerResponse, requestId: string, url: URL): Promise<void> => {
    const meta = await requestMeta(req, requestId)
    const path = url.pathname.slice('/v1'.length)
    refuseUnreadable(url)
    if (path === '/openapi.json') {
      document ??= JSON.stringify(openApi(all))
      res.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(document)
      return
    }
    if (await options.live(req, res, meta, url)) return
    const match = table.match(req.method ?? 'GET', path)
    if (!match) throw new DomainError('not_found', `There is no ${url.pathname}. The routes are listed at /docs.`)
    if ('allowed' in match) return sendProblem(res, new DomainError('method_not_allowed', `Use ${match.allowed.join(' or ')}.`), requestId, url.pathname, { allow: match.allowed.join(', ') })
    const { operation, params } = match
    const body = req.method === 'GET' ? {} : await readJson(req, BODY_LIMIT)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new DomainError('invalid_request', 'Send a JSON object.')
    const input = { ...parseQuery(url.searchParams), ...body, ...params }
    const file = files.get(operation.name)
    if (file) return sendFile(res, meta, file, await file.handle(meta, input))
    const composite = composites.get(operation.name)
    const output = composite ? await composite.handle(meta, input) : await call(operation as unknown as Operation, meta, input)
    reply(req, res, meta, operation, output)
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const requestId = newId('request')
    const url = new URL(req.url ?? '/', 'http://portal')
    try {
      await answer(req, res, requestId, url)
    } catch (error) {
      sendProblem(res, error, requestId, url.pathname)
    }
  }
}

/** Percent signs that mean nothing lead nowhere; text that no column could hold is refused for routes and streams alike. */
const refuseUnreadable = (url: URL): void => {
  let path = ''
  try { path = decodeURIComponent(url.pathname) } catch { throw new DomainError('not_found', 'The address is not well formed.') }
  if (![path, ...[...url.searchParams].flat()].every(isStorable)) throw new DomainError('invalid_request', 'The address holds a NUL.')
}

const reply = (req: IncomingMessage, res: ServerResponse, meta: RequestMeta, operation: AnyOperation, output: unknown): void => {
  const cookie = setCookie(meta, isSecure(req.headers))
  const next = (output as { pagination?: { next_cursor?: string | null } } | null)?.pagination?.next_cursor
  const headers = {
    'x-request-id': meta.requestId, ...(cookie ? { 'set-cookie': cookie } : {}),
    ...(next ? { link: `<${nextUrl(req.url ?? '/', next)}>; rel="next"` } : {}),
  }
  const status = operation.rest?.status ?? 200
  sendJson(res, status, status === 204 ? undefined : output, headers)
}

const sendFile = (res: ServerResponse, meta: RequestMeta, file: FileOperation, { body, fileName }: { body: Buffer; fileName: string }): void => {
  res.writeHead(200, {
    'content-type': file.contentType, 'content-length': body.length, 'content-disposition': `inline; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`,
    'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'x-request-id': meta.requestId,
  }).end(body)
}

const nextUrl = (current: string, cursor: string): string => {
  const url = new URL(current, 'http://portal')
  url.searchParams.set('cursor', cursor)
  return url.pathname + url.search
}

/** `/docs`: the reference page. */
export const sendDocs = (res: ServerResponse, operations: readonly AnyOperation[]): void => {
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }).end(docsPage(operations))
}
