import type { Spend } from './wire.ts'

export type SpendPoint = { x: string; values: { spent: number | null; low: number | null; high: number | null } }

const dayMs = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Spend day by day added up, then a band that opens from today's figure to the forecast's low and high at the end of the period. */
export function spendCurve({ period, daily, spend, forecast }: Pick<Spend, 'period' | 'daily' | 'spend' | 'forecast'>): SpendPoint[] {
  const points: SpendPoint[] = []
  let total = 0
  for (const one of daily) {
    total += one.amount
    points.push({ x: one.date, values: { spent: total, low: null, high: null } })
  }
  const last = points.at(-1)
  if (last === undefined) return []
  last.values = { spent: spend.amount, low: spend.amount, high: spend.amount }
  const from = Date.parse(last.x)
  const days = Math.round((Date.parse(period.end.slice(0, 10)) - dayMs - from) / dayMs)
  for (let day = 1; day <= days; day++) {
    const share = day / days
    const at = (end: number) => Math.round(spend.amount + (end - spend.amount) * share)
    points.push({ x: iso(from + day * dayMs), values: { spent: null, low: at(forecast.low.amount), high: at(forecast.high.amount) } })
  }
  return points
}
