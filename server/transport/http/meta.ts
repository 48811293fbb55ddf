import type { IncomingMessage } from 'node:http'
import type { Actor, RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { actorOfToken } from '../../domain/auth/index.ts'
import { brandOfHost } from '../../domain/branding/index.ts'
import { resolveToken } from '../../domain/tokens/index.ts'

export const CSRF_HEADER = 'x-shellwego-csrf'
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** next-auth's cookie name; the `__Secure-` form is set whenever the edge saw TLS. */
export const cookieName = (secure: boolean): string => `${secure ? '__Secure-' : ''}authjs.session-token`
/** Only the edge and this machine can reach the portal, so its word on TLS is good. */
export const isSecure = (headers: IncomingMessage['headers']): boolean => headers['x-forwarded-proto'] === 'https'

const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? (value[0] ?? null) : (value ?? null))

/** Null when the caller's percent signs mean nothing. */
const decoded = (text: string): string | null => {
  try { return decodeURIComponent(text) } catch { return null }
}

const cookieOf = (header: string | undefined, name: string): string | null => {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return decoded(part.slice(at + 1).trim())
  }
  return null
}

const bearerOf = (headers: IncomingMessage['headers']): string | null => /^Bearer ([\w.~+/-]{10,200})$/.exec(headers.authorization ?? '')?.[1] ?? null

/** The edge appends the address it saw. */
export const addressOf = (req: Pick<IncomingMessage, 'headers' | 'socket'>): string | null =>
  one(req.headers['x-forwarded-for'])?.split(',').at(-1)?.trim() ?? req.socket.remoteAddress ?? null

/** Who calls, under which brand. The brand comes from `Host` alone; an unknown host throws 421. */
export const requestMeta = async (req: Pick<IncomingMessage, 'headers' | 'method' | 'socket'>, requestId = newId('request')): Promise<RequestMeta> => {
  const brand = await brandOfHost(req.headers.host)
  if (!brand) throw new DomainError('unknown_host', 'No console is served under this host name. Check the address.')
  const bearer = bearerOf(req.headers)
  if (bearer === null && req.headers.authorization !== undefined) throw new DomainError('unauthenticated', 'Send the token as `Authorization: Bearer <token>`.')
  const cookie = bearer ? null : cookieOf(req.headers.cookie, cookieName(isSecure(req.headers)))
  const ip = addressOf(req)
  // Only sessions live in cookies: a token there would be sent by whatever page the browser opens.
  const user = bearer ? await resolveToken(bearer, brand.id, ip) : cookie ? await actorOfToken(cookie, brand.id) : null
  if (bearer && !user) throw new DomainError('unauthenticated', 'The token is unknown, expired or of another console.')
  if (cookie && user && !SAFE_METHODS.has(req.method ?? 'GET')) assertSameOrigin(req)
  const actor: Actor = user ?? { type: 'anonymous' }
  return {
    requestId, actor, brand, cookie: {}, ip,
    userAgent: one(req.headers['user-agent']), organizationHeader: one(req.headers['shellwego-organization']), idempotencyKey: one(req.headers['idempotency-key']),
  }
}

/** A cookie is sent by the browser whoever wrote the page: a change needs our own header and our own origin. */
const assertSameOrigin = (req: Pick<IncomingMessage, 'headers'>): void => {
  const origin = one(req.headers.origin)
  const sameHost = origin === null || hostOf(origin) === req.headers.host
  if (!sameHost || !req.headers[CSRF_HEADER]) throw new DomainError('csrf_refused', 'This change did not come from the console. Reload the page and try again.')
}

const hostOf = (origin: string): string | null => {
  try { return new URL(origin).host } catch { return null }
}

/** `Set-Cookie` for what the operation asked for; null when it asked for nothing. */
export const setCookie = (meta: RequestMeta, secure: boolean): string | null => {
  const { session } = meta.cookie
  if (session === undefined) return null
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return session === null ? `${cookieName(secure)}=; ${attributes}; Max-Age=0` : `${cookieName(secure)}=${encodeURIComponent(session)}; ${attributes}; Max-Age=2592000`
}
