import type { Budget } from '../../../../../_lib/wire.ts'
import type { ChartPoint } from '../../../../../_ui/chart.tsx'

/** Spend summed up day by day from the plan's fee on, beside the budget and the forecast's end. */
export const budgetCurve = ({ amount, spent, forecast, daily, period }: Budget): ChartPoint[] => {
  const used = daily.reduce((sum, day) => sum + day.amount, 0)
  let sum = spent.amount - used
  const limit = amount?.amount ?? null
  const points = daily.map((day): ChartPoint => {
    sum += day.amount
    return { x: day.date, values: { spent: sum, budget: limit, ahead: null } }
  })
  const last = points.at(-1)
  if (last === undefined) return []
  last.values['ahead'] = spent.amount
  return [...points, { x: period.end.slice(0, 10), values: { spent: null, budget: limit, ahead: forecast.amount } }]
}
