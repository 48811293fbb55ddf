import { DomainError } from './error.ts'

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
