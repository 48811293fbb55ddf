import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CompositeOperation, FileOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { assertKey } from '../../core/idempotency.ts'
import { call, type AnyOperation, type Operation } from '../../core/operation.ts'
import { admit, admitStranger } from '../http/admission.ts'
import { addressOf, requestMeta } from '../http/meta.ts'
import { sendProblem } from '../http/reply.ts'
import { openApi } from './openapi.ts'
import { inputOf, refuseUnreadable, requestIdOf } from './question.ts'
import { reply, sendFile } from './reply.ts'
import { compileRoutes } from './routes.ts'

export interface RestOptions {
  operations: readonly AnyOperation[]
  composites: readonly CompositeOperation[]
  files: readonly FileOperation[]
  /** Event streams; true when it took the request. */
  live(req: IncomingMessage, res: ServerResponse, meta: RequestMeta, url: URL): Promise<boolean>
}

/** Who asks, with what is demanded of them before a spec changes. Tokens nobody knows are counted by address. */
const identify = async (req: IncomingMessage, res: ServerResponse, requestId: string): Promise<RequestMeta> => {
  try {
    const meta = await requestMeta(req, requestId)
    await admit(res, meta)
    return { ...meta, told: {}, precondition: { ifMatch: req.headers['if-match'] ?? null } }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unauthenticated') await admitStranger(res, addressOf(req))
    throw error
  }
}

const demandKey = (meta: RequestMeta, operation: AnyOperation): void => {
  if (meta.idempotencyKey !== null) assertKey(meta.idempotencyKey)
  else if (operation.rest?.keyed) throw new DomainError('idempotency_key_required', 'Send an Idempotency-Key, so that the same payment is never started twice.')
}

/** Asked of any route, without a token: which methods it has. Nobody else's pages may read our answers, so nothing about origins is said. */
const sendOptions = (res: ServerResponse, requestId: string, allowed: readonly string[]): void => {
  res.writeHead(204, { allow: allowed.join(', '), 'x-request-id': requestId }).end()
}

/** REST /v1 over the operations: nothing here knows any of them. */
export const createRestHandler = (options: RestOptions) => {
  const composites = new Map<string, CompositeOperation>(options.composites.map((c) => [c.name, c]))
  const files = new Map(options.files.map((f) => [f.name, f]))
  const all = [...options.operations, ...options.composites, ...options.files] as unknown as readonly AnyOperation[]
  const table = compileRoutes(all)
  let document: string | null = null

  const act = async (req: IncomingMessage, res: ServerResponse, meta: RequestMeta, operation: AnyOperation, input: Record<string, unknown>): Promise<void> => {
    const file = files.get(operation.name)
    if (file) return sendFile(res, meta, file, await file.handle(meta, input))
    demandKey(meta, operation)
    const composite = composites.get(operation.name)
    reply(req, res, meta, operation, composite ? await composite.handle(meta, input) : await call(operation as unknown as Operation, meta, input))
  }

  const answer = async (req: IncomingMessage, res: ServerResponse, requestId: string, url: URL): Promise<void> => {
    const meta = await identify(req, res, requestId)
    refuseUnreadable(url)
    const path = url.pathname.slice('/v1'.length)
    if (path === '/openapi.json') {
      document ??= JSON.stringify(openApi(all))
      res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId }).end(document)
      return
    }
    if (await options.live(req, res, meta, url)) return
    const match = table.match(req.method ?? 'GET', path)
    if (!match) throw new DomainError('not_found', `There is no ${url.pathname}. The routes are listed at /docs.`)
    if ('allowed' in match) {
      if (req.method === 'OPTIONS') return sendOptions(res, requestId, match.allowed)
      throw new DomainError('method_not_allowed', `Use ${match.allowed.join(' or ')}.`, { headers: { allow: match.allowed.join(', ') } })
    }
    await act(req, res, meta, match.operation, await inputOf(req, url, match.params, match.operation.rest))
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const requestId = requestIdOf(req)
    const url = new URL(req.url ?? '/', 'http://portal')
    try {
      await answer(req, res, requestId, url)
    } catch (error) {
      sendProblem(res, error, requestId, url.pathname)
    }
  }
}
