import { hmac, sameSecret, sha256 } from './crypto.ts'
import { DomainError } from './error.ts'
import { runtime } from './runtime.ts'

/** What a sort key may hold. */
export type KeyValue = string | number | boolean | bigint | Date | null

const refused = (code: string, message: string, cause?: unknown): DomainError =>
  new DomainError('invalid_request', `cursor: ${message}`, { cause, errors: [{ pointer: '/cursor', code, message }] })

const pack = (value: KeyValue): unknown => {
  if (value instanceof Date) return { t: value.toISOString() }
  return typeof value === 'bigint' ? { i: String(value) } : value
}
const unpack = (value: unknown): KeyValue => {
  if (typeof value !== 'object' || value === null) return value as KeyValue
  return 't' in value ? new Date(String(value.t)) : BigInt(String((value as { i: string }).i))
}

const sign = (body: string): string => hmac(runtime().env.SHELLWEGO_AUTH_SECRET, `cursor:${body}`).slice(0, 22)

/** Where a page ended. `context` is everything the cursor belongs to: list, filter, order, organization. */
export const sealCursor = (context: string, values: KeyValue[]): string => {
  const body = Buffer.from(JSON.stringify([sha256(context).slice(0, 16), ...values.map(pack)])).toString('base64url')
  return `${body}.${sign(body)}`
}

/** The values of our own cursor, made for this very context; anything else is refused by name. */
export const openCursor = (context: string, text: string): KeyValue[] => {
  const [body = '', signature = '', ...more] = text.split('.')
  if (more.length > 0 || !sameSecret(signature, sign(body))) throw refused('invalid_cursor', 'It is not one of ours. Use next_cursor of an earlier answer, unchanged.')
  const [belongs, ...values] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as unknown[]
  if (belongs !== sha256(context).slice(0, 16)) {
    throw refused('cursor_mismatch', 'It was made for another list, filter, order or organization. Start again without it.')
  }
  return values.map(unpack)
}
