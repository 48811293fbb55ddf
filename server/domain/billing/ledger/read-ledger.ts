import { z } from 'zod'
import type { LedgerEntry, LedgerTransaction } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { notFound } from '../../../core/error.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { LedgerCheck, LedgerFinding, LedgerLine } from '../../../contract/ledger.ts'
import { toMoney } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { Instant, toInstant } from '../../../contract/time.ts'

type EntryRow = LedgerEntry & { transaction: LedgerTransaction }

const toLine = (row: EntryRow, balance: bigint | null): LedgerLine => ({
  id: String(row.id), transaction_id: row.transactionId, business_key: row.transaction.businessKey, description: row.transaction.description,
  brand_id: row.brandId,
  entity_id: row.transaction.entityId, organization_id: row.orgId, account: row.account, amount: toMoney(row.amount, row.currency),
  balance: balance === null ? null : toMoney(balance, row.currency), at: toInstant(row.transaction.at),
})

const entries = defineList({
  name: 'admin.ledger_entries', sort: '-id',
  fields: {
    id: { kind: 'bigint', column: 'id', sort: true }, brand_id: { kind: 'text', column: 'brandId', filter: true },
    organization_id: { kind: 'text', column: 'orgId', filter: true }, account: { kind: 'text', column: 'account', filter: true },
    currency: { kind: 'text', column: 'currency', filter: true },
  },
})

const sumOf = async (db: SystemDb, conditions: object[]): Promise<bigint> =>
  (await db.ledgerEntry.aggregate({ where: { AND: conditions }, _sum: { amount: true } }))._sum.amount ?? 0n

/** What stood before the statement begins, what of it came before this page, then row by row. */
const runningBalances = async (
  db: SystemDb, rows: readonly EntryRow[], { opening, statement }: { opening: object[] | null; statement: object[] },
): Promise<Map<bigint, bigint>> => {
  const ascending = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
  const [oldest] = ascending
  if (!oldest) return new Map()
  let balance = await sumOf(db, [...statement, { id: { lt: oldest.id } }]) + (opening ? await sumOf(db, opening) : 0n)
  return new Map(ascending.map((row) => [row.id, (balance += row.amount)]))
}

export const listLedgerEntries = query({
  name: 'admin.ledger_entries',
  summary: 'Account pages: entries in the order they were booked; filtered to one account and currency, with running balance',
  scope: 'staff',
  input: z.strictObject({
    ...entries.input, from: Instant.optional().describe('Business time'), to: Instant.optional().describe('Exclusive'), entity_id: z.string().max(60).optional(),
  }),
  output: pageOf(LedgerLine),
  rest: { method: 'GET', path: '/admin/ledger/entries', tag: 'Ledger' },
  run: async (ctx, { from, to, entity_id: entityId, ...input }) => {
    const page = entries.page(ctx, input)
    const whole = entries.page(ctx, { ...input, cursor: undefined }).where
    const at = { ...(from ? { gte: new Date(from) } : {}), ...(to ? { lt: new Date(to) } : {}) }
    const of = (limits: object) => ({ transaction: { at: limits, ...(entityId ? { entityId } : {}) } })
    const rows = await ctx.db.ledgerEntry.findMany({
      where: { AND: [page.where, of(at)] }, orderBy: page.orderBy, take: page.take, include: { transaction: true },
    })
    const single = page.filter.account?.length === 1 && page.filter.currency?.length === 1
    const opening = from ? [whole, of({ lt: new Date(from) })] : null
    const balances = single ? await runningBalances(ctx.db, rows, { opening, statement: [whole, of(at)] }) : new Map<bigint, bigint>()
    return page.of(rows, (row) => toLine(row, balances.get(row.id) ?? null))
  },
})

export const getLedgerTransaction = query({
  name: 'admin.ledger_transaction',
  summary: 'One transaction with all of its entries',
  scope: 'staff',
  input: z.strictObject({ transaction_id: z.string().max(60) }),
  output: z.object({ id: z.string(), business_key: z.string(), description: z.string(), at: Instant, entries: z.array(LedgerLine) }),
  rest: { method: 'GET', path: '/admin/ledger/transactions/{transaction_id}', tag: 'Ledger' },
  run: async ({ db }, { transaction_id: id }) => {
    const row = await db.ledgerTransaction.findUnique({ where: { id }, include: { entries: { orderBy: { id: 'asc' } } } })
    if (!row) throw notFound('transaction')
    const { entries: own, ...transaction } = row
    return {
      id, business_key: row.businessKey, description: row.description, at: toInstant(row.at),
      entries: own.map((entry) => toLine({ ...entry, transaction }, null)),
    }
  },
})

const checks = defineList({
  name: 'admin.ledger_checks', sort: '-at',
  fields: { ok: { kind: 'bool', column: 'ok', filter: true }, at: { kind: 'time', column: 'at', range: true, sort: true } },
})

export const listLedgerChecks = query({
  name: 'admin.ledger_checks',
  summary: 'Runs of the watch over the books, newest first',
  scope: 'staff',
  input: z.strictObject(checks.input),
  output: pageOf(LedgerCheck),
  rest: { method: 'GET', path: '/admin/ledger/checks', tag: 'Ledger' },
  run: async (ctx, input) => {
    const page = checks.page(ctx, input)
    return page.of(await ctx.db.ledgerCheck.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), (row) => ({
      id: row.id, at: toInstant(row.at), ok: row.ok, findings: z.array(LedgerFinding).parse(row.findings), duration_ms: row.durationMs,
    }))
  },
})
