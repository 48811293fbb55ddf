import type { Actor } from '../../../core/context.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { availableGrants } from '../credits/grants.ts'
import { localDateOf } from '../rules/period.ts'
import { issueInvoices } from './issue-invoices.ts'
import type { InvoiceRow } from './invoice-wire.ts'
import { loadBuyers, taxOfLine } from './load-buyers.ts'
import { composeSale, type SaleLine } from './sale.ts'

export interface SaleToIssue {
  orgId: string
  kind: 'one_off' | 'pro_forma' | 'credit_purchase'
  /** Without dates of their own lines carry today's. */
  lines: readonly (Omit<SaleLine, 'periodStart' | 'periodEnd'> & { periodStart?: string | undefined; periodEnd?: string | undefined })[]
  note?: string | null
  /** Items that the lines are. */
  itemIds?: readonly string[]
  now: Date
  actor: Actor
}

const nextDay = (date: string): string => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)

/** Issues an invoice at once, outside every period. Credit is used for services, never to buy credit. */
export const issueSale = async (db: SystemDb, { orgId, kind, lines, note = null, itemIds = [], now, actor }: SaleToIssue): Promise<InvoiceRow> => {
  const buyer = (await loadBuyers(db, [orgId]))(orgId)
  const { currency, timezone } = buyer.org
  const today = localDateOf(now, timezone)
  const grants = kind === 'one_off' ? (await availableGrants(db, [orgId], now))(orgId, currency) : []
  const dated = lines.map((line): SaleLine => ({ ...line, periodStart: line.periodStart ?? today,
    periodEnd: line.periodEnd ?? nextDay(line.periodStart ?? today) }))
  const sale = composeSale(dated, { currency, coupons: [], grants, now, taxOf: taxOfLine(buyer, today) })
  if (sale.held) throw new DomainError('state_conflict', 'The customer\'s VAT number is being checked, and which tax applies depends on it. Try again when the register has answered.')
  if (sale.total <= 0n) throw ruleViolated('/lines', 'nothing_to_charge', 'An invoice needs a sum above zero. Give money back by a credit note or an adjustment.')
  const id = newId('invoice')
  const [first, last] = [dated.map((line) => line.periodStart).sort()[0] ?? today, dated.map((line) => line.periodEnd).sort().at(-1) ?? nextDay(today)]
  await issueInvoices(db, [{ id, kind, buyer, sale, period: { start: first, end: last }, periodStart: now, periodEnd: now, price: null, itemIds,
    issuedAt: now, note }], actor)
  return db.invoice.findUniqueOrThrow({ where: { id } })
}
