import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { bookOnce } from '../ledger/post-transaction.ts'
import { disputedCreditTaken } from '../rules/held-money.ts'

interface Lost { disputeId: string; keys: readonly string[]; most: bigint; at: Date }

/** Takes what is left of credit whose payment was disputed and lost, once per dispute. What was spent stays spent. Null: there is no such credit. */
export const takeBackCredit = async (db: SystemDb, { disputeId, keys, most, at }: Lost): Promise<bigint | null> => {
  const grants = await db.$queryRaw<{ id: string }[]>`SELECT id FROM credit_grant WHERE key = ANY(${[...keys]}) AND kind = 'paid' ORDER BY id FOR UPDATE`
  if (grants.length === 0) return null
  const rows = await db.creditGrant.findMany({ where: { id: { in: grants.map(({ id }) => id) } }, orderBy: { id: 'asc' } })
  const [first] = rows
  const left = rows.reduce((sum, { remaining }) => sum + remaining, 0n)
  const amount = left < most ? left : most
  if (!first || amount === 0n) return 0n
  const { brandId, entityId, orgId, currency } = first
  const booked = await bookOnce(db, [{ brandId, entityId, orgId, at, transaction: disputedCreditTaken({ id: disputeId, currency, amount }) }])
  if (booked.size === 0) return 0n
  let open = amount
  for (const { id, remaining } of rows) {
    const taken = remaining < open ? remaining : open
    open -= taken
    if (taken > 0n) await db.creditUse.create({ data: { id: newId('creditUse'), orgId, grantId: id, kind: 'revoked', amount: -taken, at } })
    if (taken > 0n && taken === remaining) await db.creditGrant.update({ where: { id }, data: { revokedAt: at } })
  }
  return amount
}
