import type { OrgContext } from '../../../core/context.ts'
import { ruleViolated } from '../../../core/error.ts'
import { toMoney, toWireAmount } from '../../../contract/money.ts'
import { toInstant } from '../../../contract/time.ts'
import type { Aggregation, UsageReport } from '../../../contract/usage.ts'
import { metersOf, type MeterRow } from '../catalogue/meters.ts'
import { subscribedPriceList } from '../prices/subscribed-price-list.ts'
import { loadTerms } from '../subscriptions/load-terms.ts'
import { calendarMonth, localDateOf, startOfLocalDate } from '../rules/period.ts'
import { divide, exact, toDecimalString } from '../rules/rational.ts'
import { measureUsage, type UsageCell } from './measure-usage.ts'
import { priceUsage, type PricedWindow, type UsagePrices } from './price-usage.ts'
import { picoToDecimal, picoToRational } from './quantity.ts'
import { amountsBy, type RatedCell } from './rate-usage.ts'
import { bucketStart } from './spans.ts'
import { usageSourceOf } from './usage-source.ts'

export interface UsageQuestion {
  from?: string | undefined; to?: string | undefined; app_id?: string | undefined; meter?: string | undefined
  granularity: UsageReport['granularity']; group_by: UsageReport['group_by']
}

const DAY_MS = 86_400_000
const LONGEST_DAYS = { minute: 1, hour: 62, day: 400, month: 1830 }
/** The name of what belongs to no app: events without one among their words. */
export const NO_APP = 'No app'

const instantOf = (point: string, timezone: string): Date => (point.length === 10 ? startOfLocalDate(point, timezone) : new Date(point))

/** What is shown unless said: the month, in hours the day, in minutes the last hour. */
const usualStart = (granularity: UsageReport['granularity'], now: Date, timezone: string): Date => {
  if (granularity === 'minute') return bucketStart(new Date(now.getTime() - DAY_MS / 24), 'minute', timezone)
  return granularity === 'hour' ? bucketStart(now, 'day', timezone) : calendarMonth(now, timezone).startsAt
}

export const rangeOf = ({ from, to, granularity }: UsageQuestion, timezone: string, now: Date): { from: Date; to: Date } => {
  const ends = to ? instantOf(to, timezone) : granularity === 'day' || granularity === 'month' ? calendarMonth(now, timezone).endsAt : new Date(now.getTime() + 60_000)
  const starts = from ? instantOf(from, timezone) : usualStart(granularity, now, timezone)
  if (ends <= starts) throw ruleViolated('/to', 'before_from', 'Choose an end after the start.')
  const longest = LONGEST_DAYS[granularity]
  if (ends.getTime() - starts.getTime() > longest * DAY_MS) throw ruleViolated('/to', 'range_too_long', `By ${granularity}, choose a range of at most ${longest} days.`)
  return { from: starts, to: ends }
}

const MEASURED_IN: Record<string, string> = { vcpu_seconds: 'vCPU seconds', memory_mib_seconds: 'MiB seconds', sleeping_mib_seconds: 'MiB seconds', egress_bytes: 'bytes' }

const meterWire = ({ key, name, unit, meterUnits, aggregation }: MeterRow): UsageReport['meters'][number] => (
  { key, name, unit, unit_quantity: meterUnits, measured_in: MEASURED_IN[key] ?? (meterUnits === '1' ? unit : key), aggregation: aggregation as Aggregation })

const sumAmount = (cells: readonly RatedCell[]): bigint => cells.reduce((total, cell) => total + cell.amount, 0n)
const appAndMeter = (cell: UsageCell): string => `${cell.appId} ${cell.meter}`
const inBilledUnits = ({ pico }: UsageCell, meter: MeterRow | undefined): { unit: string; billed_quantity: string } => (
  { unit: meter?.unit ?? '', billed_quantity: toDecimalString(divide(picoToRational(pico), exact(meter?.meterUnits ?? '1')), 6) })

interface Measured {
  cells: RatedCell[]
  /** Over the whole range, by app and meter. */
  whole: UsageCell[]
  /** Of each bucket without regard to apps, where points are grouped by meter. */
  together: UsageCell[]
  /** Meters of which there is anything, whatever the report is narrowed to. */
  used: ReadonlySet<string>
}

const measure = async ({ db, orgId }: OrgContext, question: UsageQuestion, window: PricedWindow, prices: UsagePrices): Promise<Measured> => {
  const { group_by: groupBy, granularity } = question
  const { appId, meters, ...plain } = window
  const wanted = (cell: UsageCell): boolean => (appId === undefined || cell.appId === appId) && (meters?.includes(cell.meter) ?? true)
  const source = await usageSourceOf(db, orgId)
  const cells = await priceUsage(db, source, prices, { ...window, granularity, by: groupBy === 'subject' ? 'subject' : 'app' })
  const byMeter = groupBy === 'meter' && appId === undefined ? [{ ...plain, granularity, by: 'nothing' as const }] : []
  const [all = [], together = []] = await measureUsage(db, [{ ...plain, granularity: 'range' }, ...byMeter], source)
  return { cells, whole: all.filter(wanted), together: together.filter(wanted), used: new Set(all.map((cell) => cell.meter)) }
}

const groupOf = (groupBy: UsageReport['group_by'], cell: UsageCell): string => ({ app: cell.appId, meter: cell.meter, subject: cell.subject })[groupBy]

const pointsOf = (groupBy: UsageReport['group_by'], { cells, together }: Measured): UsageReport['points'] => {
  const quantities = new Map(together.map((cell) => [`${cell.day} ${cell.meter}`, cell.pico]))
  const grouped = Map.groupBy(cells, (cell) => `${cell.day} ${cell.meter} ${groupOf(groupBy, cell)}`)
  return [...grouped.values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const pico = quantities.get(`${first.day} ${first.meter}`) ?? own.reduce((sum, cell) => sum + cell.pico, 0n)
    return [{ at: first.day, group: groupOf(groupBy, first), meter: first.meter, quantity: picoToDecimal(pico), amount: toWireAmount(sumAmount(own)) }]
  })
}

/** The report: everything measured in a range, with its cost as the invoices rate it. */
export const reportUsage = async (ctx: OrgContext, question: UsageQuestion): Promise<UsageReport> => {
  const { db, orgId, now } = ctx
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { subscription: true } })
  const { currency, timezone } = org
  const range = rangeOf(question, timezone, now)
  const meters = new Map((await metersOf(db, org.brandId, true)).map((meter) => [meter.key, meter]))
  if (question.meter !== undefined && !meters.has(question.meter)) throw ruleViolated('/meter', 'unknown_meter', 'There is no meter with that key.')
  const narrowed = { ...(question.app_id ? { appId: question.app_id } : {}), ...(question.meter ? { meters: [question.meter] } : {}) }
  const prices = { terms: await loadTerms(db, [orgId]), fallback: () => subscribedPriceList(db, org, now) }
  const measured = await measure(ctx, question, { orgId, ...range, now, timezone, ...narrowed }, prices)
  const { cells, whole, used } = measured
  const apps = await db.app.findMany({ where: { id: { in: [...new Set(cells.map((cell) => cell.appId))] } }, select: { id: true, name: true } })
  const appNames = new Map([['', NO_APP], ...apps.map((app): [string, string] => [app.id, app.name])])
  const costs = amountsBy(cells, appAndMeter)
  const money = (amount: bigint) => toMoney(amount, currency)
  const nameOf = (key: string): string => ({ app: appNames.get(key) ?? key, meter: meters.get(key)?.name ?? key, subject: key === '' ? 'No subject' : appNames.get(key) ?? key })[question.group_by]
  const amountOf = amountsBy(cells, (cell) => groupOf(question.group_by, cell))
  return {
    from: toInstant(range.from), to: toInstant(range.to), as_of: toInstant(now), currency, granularity: question.granularity, group_by: question.group_by,
    meters: [...meters.values()].filter((m) => used.has(m.key)).map(meterWire),
    rows: whole.map((cell) => ({
      app_id: cell.appId || null, app_name: appNames.get(cell.appId) ?? cell.appId, meter: cell.meter, quantity: picoToDecimal(cell.pico),
      ...inBilledUnits(cell, meters.get(cell.meter)), amount: money(costs.get(appAndMeter(cell)) ?? 0n),
    })),
    days: question.granularity !== 'day' || question.group_by === 'subject' ? [] : cells.map((cell) => (
      { date: cell.day, app_id: cell.appId || null, meter: cell.meter, quantity: picoToDecimal(cell.pico), amount: money(cell.amount) })),
    daily: question.granularity === 'month' ? [] : [...amountsBy(cells, (cell) => (cell.day.length === 10 ? cell.day : localDateOf(new Date(cell.day), timezone)))]
      .map(([date, amount]) => ({ date, amount: toWireAmount(amount) })),
    groups: [...amountOf].sort(([, a], [, b]) => (b > a ? 1 : b < a ? -1 : 0)).map(([key, amount]) => ({ key, name: nameOf(key), amount: money(amount) })),
    points: pointsOf(question.group_by, measured), total: money(sumAmount(cells)),
  }
}
