import type { SystemDb } from '../../../core/db.ts'
import { wordsOf } from '../../../core/listing-filter.ts'

type Db = Pick<SystemDb, 'organization'>
const MOST_NAMED = 200

/** What staff reads instead of an id. */
export const organizationNames = async (db: Db, rows: ReadonlyArray<{ orgId: string }>): Promise<(orgId: string) => string> => {
  const found = await db.organization.findMany({ where: { id: { in: [...new Set(rows.map(({ orgId }) => orgId))] } }, select: { id: true, name: true } })
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return (orgId) => names.get(orgId) ?? ''
}

/** For `page` of a list: a searched word may be part of a customer's name, too. */
export const namedLike = async (db: Db, q: string | undefined): Promise<(word: string) => object[]> => {
  const ids = new Map<string, string[]>()
  for (const word of wordsOf(q)) {
    const found = await db.organization.findMany({ where: { name: { contains: word, mode: 'insensitive' } }, select: { id: true }, take: MOST_NAMED })
    ids.set(word, found.map(({ id }) => id))
  }
  return (word) => [{ orgId: { in: ids.get(word) ?? [] } }]
}
