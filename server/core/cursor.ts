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

/** What an id may look like, and years the database can hold: a forged cursor must not reach it. */
const ID = /^\w{1,80}$/

/** Opaque cursor over (created_at, id), newest first. */
export const encodeCursor = (row: { createdAt: Date; id: string }): string =>
  Buffer.from(JSON.stringify([row.createdAt.toISOString(), row.id])).toString('base64url')

export const decodeCursor = (cursor: string): { createdAt: Date; id: string } => {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, string]
    const createdAt = new Date(at)
    const year = createdAt.getUTCFullYear()
    if (typeof id !== 'string' || !ID.test(id) || !(year >= 1970 && year <= 9999)) throw new Error('bad cursor')
    return { createdAt, id }
  } catch (cause) {
    throw new DomainError('invalid_request', 'The cursor is not one of ours.', { cause, errors: [{ pointer: '/cursor', code: 'invalid_cursor', message: 'Use next_cursor of an earlier answer.' }] })
  }
}

/** `where` of the rows after the cursor, for lists ordered by created_at desc, id desc. */
export const afterCursor = (cursor: string | undefined): { OR?: object[] } => {
  if (!cursor) return {}
  const { createdAt, id } = decodeCursor(cursor)
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
}

export const NEWEST_FIRST = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]

/** Takes limit + 1 rows; the surplus one only says that there is more. */
export const toPage = <R extends { createdAt: Date; id: string }, W>(rows: R[], limit: number, wire: (row: R) => W) => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit
  return { data: shown.map(wire), pagination: { limit, has_more: more, next_cursor: more && last ? encodeCursor(last) : null } }
}
