import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { command } from '../../../core/operation.ts'
import { Money, toMoney } from '../../../contract/money.ts'

interface Difference { brand_id: string; entity_id: string; customer: string; account: string; currency: string; stored: bigint; booked: bigint }
export interface Rebuilt { accounts: number; entries: number; differences: Difference[] }

/**
 * Makes the balances anew from the entries and tells where the stored ones were wrong. New entries wait meanwhile; what was written before
 * is committed by then, so nothing is counted twice or missed.
 */
export const rebuildBalances = async (db: SystemDb): Promise<Rebuilt> => {
  await db.$executeRaw`LOCK TABLE ledger_entry IN SHARE MODE`
  await db.$executeRaw`LOCK TABLE ledger_balance IN SHARE ROW EXCLUSIVE MODE`
  await db.$executeRaw`
    CREATE TEMPORARY TABLE rebuilt_balance ON COMMIT DROP AS
    SELECT e.brand_id, coalesce(t.entity_id, '') AS entity_id, coalesce(e.org_id, '') AS customer, e.account, e.currency, sum(e.amount)::bigint AS balance, count(*) AS entries
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY 1, 2, 3, 4, 5`
  const differences = await db.$queryRaw<Difference[]>`
    SELECT brand_id, entity_id, customer, account, currency, coalesce(b.balance, 0) AS stored, coalesce(r.balance, 0) AS booked
    FROM ledger_balance b FULL JOIN rebuilt_balance r USING (brand_id, entity_id, customer, account, currency)
    WHERE (b.balance, b.entries) IS DISTINCT FROM (r.balance, r.entries) ORDER BY 1, 2, 3, 4, 5`
  if (differences.length > 0) {
    await db.$executeRaw`DELETE FROM ledger_balance`
    await db.$executeRaw`INSERT INTO ledger_balance (brand_id, entity_id, customer, account, currency, balance, entries) SELECT * FROM rebuilt_balance`
  }
  const [counted] = await db.$queryRaw<{ accounts: bigint; entries: bigint }[]>`SELECT count(*) AS accounts, coalesce(sum(entries), 0)::bigint AS entries FROM rebuilt_balance`
  return { accounts: Number(counted?.accounts ?? 0), entries: Number(counted?.entries ?? 0), differences }
}

export const rebuildLedger = command({
  name: 'admin.rebuild_ledger',
  summary: 'Make the balances anew from the entries, and tell which of the stored ones were wrong',
  scope: 'staff',
  input: z.strictObject({}),
  output: z.object({
    accounts: z.number().int(), entries: z.number().int(),
    differences: z.array(z.object({
      brand_id: z.string(), entity_id: z.string().nullable(), organization_id: z.string().nullable(), account: z.string(), stored: Money, booked: Money,
    })),
  }),
  rest: { method: 'POST', path: '/admin/ledger/rebuild', tag: 'Ledger' },
  run: async (ctx) => {
    const { accounts, entries, differences } = await rebuildBalances(ctx.db)
    await ctx.emit('ledger.rebuilt', { type: 'ledger', id: 'balances' }, { accounts, entries, differences: differences.length })
    return {
      accounts, entries,
      differences: differences.map((row) => ({
        brand_id: row.brand_id, entity_id: row.entity_id || null, organization_id: row.customer || null, account: row.account,
        stored: toMoney(row.stored, row.currency), booked: toMoney(row.booked, row.currency),
      })),
    }
  },
})
