import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { query } from '../../../core/operation.ts'
import { AccountBalance } from '../../../contract/ledger.ts'
import { CurrencyCode, Money, toMoney } from '../../../contract/money.ts'
import { Instant } from '../../../contract/time.ts'
import { classOf } from './accounts.ts'

const Filters = z.strictObject({
  brand_id: z.string().max(60).optional(), entity_id: z.string().max(60).optional(),
  organization_id: z.string().max(60).optional().describe('The books of one customer'),
  currency: CurrencyCode.optional(), at: Instant.optional().describe('As it stood then; left out: now'),
})
type Filters = z.output<typeof Filters>

const Total = z.object({
  brand_id: z.string(), entity_id: z.string().nullable(), entity_name: z.string().nullable(), debit: Money, credit: Money, balance: Money,
})

interface Row { brand_id: string; entity_id: string; account: string; currency: string; balance: bigint; entries: bigint }

/** Now: from the projection. At an earlier instant: from the entries themselves. */
const balancesAt = (db: SystemDb, filters: Filters): Promise<Row[]> => {
  const [brandId, entityId, orgId, currency] = [filters.brand_id ?? null, filters.entity_id ?? null, filters.organization_id ?? null, filters.currency ?? null]
  return filters.at === undefined
    ? db.$queryRaw`
      SELECT brand_id, entity_id, account, currency, sum(balance)::bigint AS balance, sum(entries)::bigint AS entries FROM ledger_balance
      WHERE (${brandId}::text IS NULL OR brand_id = ${brandId}) AND (${entityId}::text IS NULL OR entity_id = ${entityId})
        AND (${orgId}::text IS NULL OR customer = ${orgId}) AND (${currency}::text IS NULL OR currency = ${currency})
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4, 3`
    : db.$queryRaw`
      SELECT e.brand_id, coalesce(t.entity_id, '') AS entity_id, e.account, e.currency, sum(e.amount)::bigint AS balance, count(*) AS entries
      FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
      WHERE t.at <= ${new Date(filters.at)}::timestamptz AND (${brandId}::text IS NULL OR e.brand_id = ${brandId}) AND (${entityId}::text IS NULL OR t.entity_id = ${entityId})
        AND (${orgId}::text IS NULL OR e.org_id = ${orgId}) AND (${currency}::text IS NULL OR e.currency = ${currency})
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4, 3`
}

const totalsOf = (rows: readonly Row[], names: ReadonlyMap<string, string>): z.infer<typeof Total>[] =>
  [...Map.groupBy(rows, (row) => `${row.brand_id} ${row.entity_id} ${row.currency}`).values()].map((own) => {
    const [{ brand_id, entity_id, currency } = { brand_id: '', entity_id: '', currency: '' }] = own
    const sum = (pick: (balance: bigint) => boolean): bigint => own.reduce((total, row) => (pick(row.balance) ? total + row.balance : total), 0n)
    return {
      brand_id, entity_id: entity_id || null, entity_name: names.get(entity_id) ?? null,
      debit: toMoney(sum((b) => b > 0n), currency), credit: toMoney(-sum((b) => b < 0n), currency),
      balance: toMoney(sum(() => true), currency),
    }
  })

export const trialBalance = query({
  name: 'admin.trial_balance',
  summary: 'Balance of every account of every seller at an instant; debits positive, each currency of a seller sums to zero',
  scope: 'staff',
  input: Filters,
  output: z.object({ data: z.array(AccountBalance), totals: z.array(Total), balanced: z.boolean() }),
  rest: { method: 'GET', path: '/admin/trial-balance', tag: 'Ledger' },
  run: async ({ db }, filters) => {
    const rows = await balancesAt(db, filters)
    const sellers = await db.legalEntity.findMany({
      where: { id: { in: [...new Set(rows.map((row) => row.entity_id))] } }, select: { id: true, name: true },
    })
    const totals = totalsOf(rows, new Map(sellers.map((seller) => [seller.id, seller.name])))
    return {
      data: rows.map((row) => ({
        brand_id: row.brand_id, entity_id: row.entity_id || null, account: row.account, class: classOf(row.account),
        balance: toMoney(row.balance, row.currency), entries: Number(row.entries),
      })),
      totals, balanced: totals.every((total) => total.balance.amount === 0),
    }
  },
})
