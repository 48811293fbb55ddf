import { z } from 'zod'
import { query } from '../../../core/operation.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { readRunningPeriod } from '../spend/running-period.ts'

export const previewInvoice = query({
  name: 'invoices.preview',
  summary: 'The next invoice as it would be if the period ended now: plan, usage, items, coupons, tax, credit. Nothing is taken or written',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({}),
  output: z.object({
    period: z.object({ start: Instant, end: Instant, from: z.string(), to: z.string() }), as_of: Instant, issued_at: Instant.describe('End of the grace period'), currency: z.string(),
    held_for: z.enum(['tax_check']).nullable().describe('Which tax applies is not known yet: sums are without any'),
    lines: z.array(z.object({
      kind: z.string(), description: z.string(), quantity: z.string(), unit: z.string(), unit_price: z.string().nullable(), amount: Money, discount: Money,
      tax_rate: z.string().nullable(), from: z.string(), to: z.string(),
    })),
    subtotal: Money, discount: Money, taxes: z.array(z.object({ name: z.string(), rate: z.string(), base: Money, amount: Money, inclusive: z.boolean(),
      wording: z.string().nullable() })),
    tax: Money, total: Money, credits_applied: Money, amount_due: Money,
  }),
  rest: { method: 'GET', path: '/invoices/preview', tag: 'Billing' },
  run: async (ctx) => {
    const { currency, period, periodStart, periodEnd, sale, graceMinutes } = await readRunningPeriod(ctx)
    const money = (amount: bigint) => toMoney(amount, currency)
    const sums = sale.held ? { discount: 0n, tax: 0n, total: sale.subtotal, creditsApplied: 0n, amountDue: sale.subtotal, taxes: [] } : sale
    return {
      period: { start: toInstant(periodStart), end: toInstant(periodEnd), from: period.start, to: period.end }, as_of: toInstant(ctx.now),
      issued_at: toInstant(new Date(periodEnd.getTime() + graceMinutes * 60_000)), currency, held_for: sale.held ? 'tax_check' as const : null,
      lines: sale.lines.map((line) => ({
        kind: line.kind, description: line.description, quantity: line.quantity, unit: line.unit, unit_price: line.unitAmount, amount: money(line.amount),
        ...('tax' in line ? { discount: money(line.discount), tax_rate: line.tax.rate } : { discount: money(0n), tax_rate: null }), from: line.periodStart, to: line.periodEnd,
      })),
      subtotal: money(sale.subtotal), discount: money(sums.discount),
      taxes: sums.taxes.map((tax) => ({ name: tax.name, rate: tax.rate, base: money(tax.base), amount: money(tax.amount), inclusive: tax.inclusive,
        wording: tax.wording })),
      tax: money(sums.tax), total: money(sums.total), credits_applied: money(sums.creditsApplied), amount_due: money(sums.amountDue),
    }
  },
})
