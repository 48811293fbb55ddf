import { z } from 'zod'
import type { OrgContext } from '../../core/context.ts'
import { query } from '../../core/operation.ts'
import { Money, toMoney, toWireAmount } from '../../contract/money.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { enginePriceList } from './prices/engine-price-list.ts'
import { subscribedPriceList } from './prices/subscribed-price-list.ts'
import { forecast } from './rules/forecast.ts'
import { calendarMonth, localDateOf } from './rules/period.ts'
import { billedPeriod, periodColumns } from './subscription.ts'
import { measureWindows } from './usage/measure-totals.ts'
import { measureUsage, type UsageCell } from './usage/measure-usage.ts'
import { amountsBy, rateUsage } from './usage/rate-usage.ts'
import { costOf, runningDailyRates } from './usage/running-rate.ts'

const BASIS_DAYS = 7
const DAY_MS = 86_400_000

const Spend = z.object({
  period: z.object({ start: Instant, end: Instant }), as_of: Instant, currency: z.string(),
  /** Before tax: the plan's fee for the period and the usage so far. */
  spend: Money, tax: Money, total: Money,
  forecast: z.object({ low: Money, expected: Money, high: Money, method: z.string(), basis_days: z.number().int() }),
  previous: Money.nullable(), balance_due: Money,
  lines: z.array(z.object({ description: z.string(), quantity: z.string(), unit: z.string(), unit_price: z.string(), amount: Money })),
  daily: z.array(z.object({ date: z.string(), amount: z.number().int() })),
  by_app: z.array(z.object({ app_id: z.string().nullable(), name: z.string(), amount: Money, forecast: Money })),
})

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n)

/** The running period as `subscription` has it; before its first row was written, the calendar month. */
const runningPeriod = async ({ db, orgId, now }: OrgContext) => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { brand: true, subscription: true } })
  const month = calendarMonth(now, org.timezone)
  const row = org.subscription && org.subscription.periodEnd > now
    ? org.subscription
    : { startedAt: org.subscription?.startedAt ?? now, ...periodColumns(month), endedAt: null }
  return { org, row, price: await subscribedPriceList(db, org, now) }
}

/** Cost of each complete day of the last seven on which the customer was there. */
const recentDays = (cells: readonly UsageCell[], from: Date, startedAt: Date, now: Date, timezone: string, cost: (own: UsageCell[]) => bigint): bigint[] => {
  const [firstDay, today] = [localDateOf(startedAt > from ? startedAt : from, timezone), localDateOf(now, timezone)]
  const days = Array.from({ length: BASIS_DAYS }, (_, i) => localDateOf(new Date(now.getTime() - (BASIS_DAYS - i) * DAY_MS), timezone))
  return [...new Set(days)].filter((day) => day > firstDay && day < today).map((day) => cost(cells.filter((cell) => cell.day === day)))
}

const openBalance = async ({ db }: OrgContext): Promise<{ previous: bigint | null; due: bigint }> => {
  const last = await db.invoice.findFirst({ where: { number: { not: null }, kind: 'invoice' }, orderBy: { periodStart: 'desc' } })
  const { _sum } = await db.invoice.aggregate({ where: { state: { in: ['finalised', 'partially_paid'] } }, _sum: { total: true, amountPaid: true, amountCredited: true } })
  return { previous: last?.total ?? null, due: (_sum.total ?? 0n) - (_sum.amountPaid ?? 0n) - (_sum.amountCredited ?? 0n) }
}

/** Metered and fixed sums of the running period, and what runs right now. */
const readRunning = async (ctx: OrgContext) => {
  const { db, orgId, now } = ctx
  const { org, row, price } = await runningPeriod(ctx)
  const { month, use } = billedPeriod(row, org.timezone)
  const from = new Date(Math.min(row.periodStart.getTime(), now.getTime() - (BASIS_DAYS + 1) * DAY_MS))
  const measured = await measureUsage(db, { orgId, from, to: now, now, timezone: org.timezone })
  const [totals = new Map()] = await measureWindows(db, [{ orgId, from: row.periodStart, to: row.periodEnd, now }])
  const firstDay = localDateOf(row.periodStart, org.timezone)
  const { invoice, cells } = rateUsage(enginePriceList(price, org.brand.taxRate, use), month, measured.filter((cell) => cell.day >= firstDay), totals)
  const metered = sum(cells.map((cell) => cell.amount))
  const rates = await runningDailyRates(db, orgId, price)
  const basis = recentDays(measured, from, row.startedAt, now, org.timezone, (own) => costOf(own, price))
  const ahead = (spentSoFar: bigint, currentDailyRate: bigint, recent: readonly bigint[], fixed: bigint) =>
    forecast({ periodStart: row.periodStart, periodEnd: row.periodEnd, now, spentSoFar, fixed, recentDays: recent, currentDailyRate })
  const fixed = invoice.subtotal - metered
  return { row, price, invoice, cells, rates, fixed, currency: org.currency, ahead, outlook: ahead(metered, sum(rates.values()), basis, fixed) }
}
type Running = Awaited<ReturnType<typeof readRunning>>

const spendByApp = async ({ db }: OrgContext, { price, cells, rates, fixed, currency, ahead }: Running) => {
  const money = (amount: bigint): Money => toMoney(amount, currency)
  const amounts = amountsBy(cells, (cell) => cell.appId)
  const ids = [...new Set([...amounts.keys(), ...rates.keys()])]
  const apps = await db.app.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(apps.map((app) => [app.id, app.name]))
  const plan = { app_id: null, name: `${price.name} plan`, amount: money(fixed), forecast: money(fixed) }
  return [...(fixed > 0n ? [plan] : []), ...ids.map((id) => {
    const amount = amounts.get(id) ?? 0n
    return { app_id: id, name: names.get(id) ?? id, amount: money(amount), forecast: money(ahead(amount, rates.get(id) ?? 0n, [], 0n).expected) }
  })]
}

export const getSpend = query({
  name: 'billing.spend',
  summary: 'This month\'s spend so far: the invoice as it stands now, with a forecast and how it was made',
  scope: 'org',
  permission: 'usage:read',
  input: z.strictObject({}),
  output: Spend,
  rest: { method: 'GET', path: '/billing/spend', tag: 'Billing' },
  run: async (ctx) => {
    const running = await readRunning(ctx)
    const { row, invoice, cells, outlook, currency } = running
    const money = (amount: bigint): Money => toMoney(amount, currency)
    const { previous, due } = await openBalance(ctx)
    return {
      period: { start: toInstant(row.periodStart), end: toInstant(row.periodEnd) }, as_of: toInstant(ctx.now), currency,
      spend: money(invoice.subtotal), tax: money(invoice.tax), total: money(invoice.total),
      forecast: {
        low: money(outlook.low), expected: money(outlook.expected), high: money(outlook.high), method: outlook.method, basis_days: outlook.basisDays,
      },
      previous: previous === null ? null : money(previous), balance_due: money(due),
      lines: invoice.lines.map((line) => ({
        description: line.description, quantity: line.quantity, unit: line.unit, unit_price: line.unitAmount ?? '', amount: money(line.amount),
      })),
      daily: [...amountsBy(cells, (cell) => cell.day)].map(([date, amount]) => ({ date, amount: toWireAmount(amount) }))
        .sort((a, b) => (a.date < b.date ? -1 : 1)),
      by_app: await spendByApp(ctx, running),
    }
  },
})
