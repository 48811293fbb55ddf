import { z } from 'zod'
import type { OrgContext } from '../../core/context.ts'
import { query } from '../../core/operation.ts'
import { Money, toMoney, toWireAmount } from '../../contract/money.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { outlookOf, type Outlook } from './spend/outlook.ts'
import { readRunningPeriod, type RunningPeriod } from './spend/running-period.ts'
import { amountsBy } from './usage/rate-usage.ts'
import { NO_APP } from './usage/report.ts'

const Spend = z.object({
  period: z.object({ start: Instant, end: Instant }), as_of: Instant, currency: z.string(), plan: z.string(),
  next_invoice_at: Instant.describe('When the period is invoiced'),
  spend: Money.describe('Before discounts and tax: the plan\'s fee for the period, usage so far, and what else waits for the invoice'),
  discount: Money, tax: Money, tax_pending: z.boolean().describe('The tax is not known before the tax id was checked'), total: Money,
  credit: Money.describe('Prepaid and promotional credit that settles invoices'), amount_due: Money.describe('Total less credit'),
  forecast: z.object({
    low: Money, expected: Money, high: Money, method: z.string().describe('daily_rate_range_v1, as docs/operations/books.md describes it'), basis_days: z.number().int(),
  }).describe('Of `spend` at the end of the period'),
  previous: Money.nullable(), balance_due: Money,
  coupons: z.array(z.object({ code: z.string(), name: z.string(), amount: Money })),
  lines: z.array(z.object({ description: z.string(), quantity: z.string(), unit: z.string(), unit_price: z.string(), amount: Money })),
  daily: z.array(z.object({ date: z.string(), amount: z.number().int() })),
  by_app: z.array(z.object({ app_id: z.string().nullable(), name: z.string(), amount: Money, forecast: Money })),
})

const openBalance = async ({ db }: OrgContext): Promise<{ previous: bigint | null; due: bigint }> => {
  const last = await db.invoice.findFirst({ where: { number: { not: null }, kind: 'invoice' }, orderBy: { periodStart: 'desc' } })
  const { _sum } = await db.invoice.aggregate({
    where: { state: { in: ['finalised', 'partially_paid'] }, kind: { not: 'pro_forma' } }, _sum: { total: true, amountPaid: true, amountCredited: true },
  })
  return { previous: last?.total ?? null, due: (_sum.total ?? 0n) - (_sum.amountPaid ?? 0n) - (_sum.amountCredited ?? 0n) }
}

const spendByApp = async ({ db }: OrgContext, { price, currency }: RunningPeriod, { cells, rates, fixed, ofApp }: Outlook) => {
  const money = (amount: bigint): Money => toMoney(amount, currency)
  const amounts = amountsBy(cells, (cell) => cell.appId)
  const ids = [...new Set([...amounts.keys(), ...rates.keys()])]
  const apps = await db.app.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(apps.map((app) => [app.id, app.name]))
  const plan = { app_id: null, name: `${price.name} plan`, amount: money(fixed), forecast: money(fixed) }
  return [...(fixed === 0n ? [] : [plan]), ...ids.map((id) => {
    const amount = amounts.get(id) ?? 0n
    return { app_id: id || null, name: id === '' ? NO_APP : names.get(id) ?? id, amount: money(amount), forecast: money(ofApp(amount, rates.get(id) ?? 0n).expected) }
  })]
}

const sumsOf = ({ sale }: RunningPeriod) => (sale.held
  ? { discount: 0n, tax: 0n, total: sale.subtotal, amountDue: sale.subtotal, coupons: [] }
  : { discount: sale.discount, tax: sale.tax, total: sale.total, amountDue: sale.amountDue, coupons: sale.coupons })

export const getSpend = query({
  name: 'billing.spend',
  summary: 'This period\'s spend so far: the next invoice as it stands now, with a forecast and how it was made',
  scope: 'org',
  permission: 'usage:read',
  input: z.strictObject({}),
  output: Spend,
  rest: { method: 'GET', path: '/billing/spend', tag: 'Billing' },
  run: async (ctx) => {
    const running = await readRunningPeriod(ctx)
    const outlook = await outlookOf(ctx, running)
    const { currency, periodStart, periodEnd, lines, graceMinutes } = running
    const money = (amount: bigint): Money => toMoney(amount, currency)
    const [{ discount, tax, total, amountDue, coupons }, { previous, due }] = [sumsOf(running), await openBalance(ctx)]
    const { low, expected, high, method, basisDays } = outlook.whole
    return {
      period: { start: toInstant(periodStart), end: toInstant(periodEnd) }, as_of: toInstant(ctx.now), currency, plan: running.price.name,
      next_invoice_at: toInstant(new Date(periodEnd.getTime() + graceMinutes * 60_000)),
      spend: money(outlook.spend), discount: money(discount), tax: money(tax), tax_pending: running.sale.held, total: money(total),
      credit: money(running.credit), amount_due: money(amountDue),
      forecast: { low: money(low), expected: money(expected), high: money(high), method, basis_days: basisDays },
      previous: previous === null ? null : money(previous), balance_due: money(due),
      coupons: coupons.map(({ coupon, amount }) => ({ code: coupon.code, name: coupon.name, amount: money(amount) })),
      lines: lines.map((line) => ({
        description: line.description, quantity: line.quantity, unit: line.unit, unit_price: line.unitAmount ?? '', amount: money(line.amount),
      })),
      daily: [...amountsBy(outlook.cells, (cell) => cell.day)].map(([date, amount]) => ({ date, amount: toWireAmount(amount) }))
        .sort((a, b) => (a.date < b.date ? -1 : 1)),
      by_app: await spendByApp(ctx, running, outlook),
    }
  },
})
