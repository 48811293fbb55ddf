import type { IncomingMessage } from 'node:http'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import type { RestRoute } from '../../core/operation.ts'
import { isStorable } from '../../core/storable.ts'
import { readJson } from '../http/body.ts'
import { parseQuery } from './query-string.ts'

const BODY_LIMIT = 10 * 1024 * 1024
const OWN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/

/** The caller's own id where it is well-formed, so that their log and ours can be laid side by side. */
export const requestIdOf = (req: Pick<IncomingMessage, 'headers'>): string => {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && OWN_ID.test(given) ? given : newId('request')
}

/** Percent signs that mean nothing lead nowhere; text that no column could hold is refused for routes and streams alike. */
export const refuseUnreadable = (url: URL): void => {
  let path = ''
  try { path = decodeURIComponent(url.pathname) } catch { throw new DomainError('not_found', 'The address is not well formed.') }
  if (![path, ...[...url.searchParams].flat()].every(isStorable)) throw new DomainError('invalid_request', 'The address holds a NUL.')
}

const hasBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD'

/** What was sent, in one object: query, body and path. A name in two places is refused rather than guessed. */
export const inputOf = async (req: IncomingMessage, url: URL, params: Record<string, string>, route?: RestRoute): Promise<Record<string, unknown>> => {
  const sent = hasBody(req.method ?? 'GET') ? await readJson(req, BODY_LIMIT, Object.keys(route?.alsoTypes ?? {})) : {}
  const body = route?.list && Array.isArray(sent) ? { [route.list]: sent as unknown[] } : sent
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new DomainError('invalid_request', 'Send a JSON object.')
  const query = parseQuery(url.searchParams)
  const twice = Object.keys(params).filter((name) => (name in body && Object.hasOwn(body, name)) || Object.hasOwn(query, name))
  const errors = twice.filter((name) => ((body as Record<string, unknown>)[name] ?? query[name]) !== params[name])
    .map((name) => ({ pointer: `/${name}`, code: 'conflicts_with_path', message: `${name} is another one in the address.` }))
  if (errors.length > 0) throw new DomainError('invalid_request', errors.map((e) => e.message).join(' '), { errors })
  return { ...query, ...body, ...params }
}
