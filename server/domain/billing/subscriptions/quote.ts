import { z } from 'zod'
import { runtime } from '../../../core/runtime.ts'
import { LocalDate } from '../../../contract/billing-preview.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { loadBuyers, taxOfLine } from '../invoices/load-buyers.ts'
import type { SaleLine } from '../invoices/sale.ts'
import type { ProrationLine } from '../rules/recurring.ts'
import { taxGroups } from '../rules/totals.ts'

const PLAN_PRODUCT = 'plan'

/** What a change costs, to the minor unit, before anybody confirms it. */
export const Quote = z.object({
  effective_at: Instant, effective_on: LocalDate,
  lines: z.array(z.object({ kind: z.enum(['credit', 'charge', 'setup_fee']), description: z.string(), amount: Money, from: LocalDate, to: LocalDate })),
  subtotal: Money, tax: Money.nullable().describe('Null while it is not known which tax applies'), total: Money,
  fee_before: Money.describe('Plan, a period, before tax'), fee_after: Money,
  invoiced_at: Instant.nullable().describe('When the lines reach an invoice; null if there are none'),
})
export type Quote = z.infer<typeof Quote>

export interface QuotedLine { kind: ProrationLine['kind'] | 'setup_fee'; description: string; amount: bigint; from: string; to: string }

export interface QuoteInput {
  orgId: string; currency: string; lines: readonly QuotedLine[]; effectiveOn: string; effectiveAt: Date; feeBefore: bigint; feeAfter: bigint;
  invoicedAt: Date; today: string
}

/** Tax as the invoice will reckon it: per rate, on the sum of its lines; null where the rate is not known yet. */
const taxOf = async ({ orgId, lines, today }: QuoteInput): Promise<bigint | null> => {
  // The seller's tax data is not the tenant's to read.
  const buyer = (await runtime().databases.asSystem('job', (db) => loadBuyers(db, [orgId])))(orgId)
  const decide = taxOfLine(buyer, today)
  const taxed: { net: bigint; taxRate: string }[] = []
  for (const { kind, description, amount, from, to } of lines) {
    const line: SaleLine = {
      kind, source: 'change', description, quantity: '1', unit: '', unitAmount: null, amount, product: PLAN_PRODUCT, periodStart: from, periodEnd: to,
    }
    const decision = decide(line)
    if (decision.pending) return null
    taxed.push({ net: amount, taxRate: decision.inclusive ? '0' : decision.rate })
  }
  return taxGroups(taxed).reduce((sum, group) => sum + group.amount, 0n)
}

export const makeQuote = async (input: QuoteInput): Promise<Quote> => {
  const { currency, lines } = input
  const money = (amount: bigint): Money => toMoney(amount, currency)
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0n)
  const tax = lines.length === 0 ? 0n : await taxOf(input)
  return {
    effective_at: toInstant(input.effectiveAt), effective_on: input.effectiveOn,
    lines: lines.map((line) => ({ ...line, amount: money(line.amount) })), subtotal: money(subtotal), tax: tax === null ? null : money(tax),
    total: money(subtotal + (tax ?? 0n)),
    fee_before: money(input.feeBefore), fee_after: money(input.feeAfter), invoiced_at: lines.length === 0 ? null : toInstant(input.invoicedAt),
  }
}
