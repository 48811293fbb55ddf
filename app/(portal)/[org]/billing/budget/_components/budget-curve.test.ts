import { expect, test } from 'vitest'
import type { Budget } from '../../../../../_lib/wire.ts'
import { budgetCurve } from './budget-curve.ts'

const usd = (amount: number) => ({ amount, currency: 'USD' })
const budget = (over: Partial<Budget>): Budget => ({
  amount: usd(1000), hard_cap: false, stop_apps: false, spent: usd(700), forecast: usd(1200), period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' }, reached: false,
  stopped_apps: 0, alerts: [], daily: [{ date: '2026-11-01', amount: 100 }, { date: '2026-11-02', amount: 400 }], etag: 'x', ...over,
})

test('the curve starts at what does not depend on use, ends at the spend, and goes on to the forecast', () => {
  expect(budgetCurve(budget({})).map(({ values }) => [values['spent'], values['ahead'], values['budget']])).toEqual([[300, null, 1000], [700, 700, 1000], [null, 1200, 1000]])
})

test('without use there is nothing to draw, without a budget no line of it', () => {
  expect(budgetCurve(budget({ daily: [] }))).toEqual([])
  expect(budgetCurve(budget({ amount: null }))[0]?.values['budget']).toBeNull()
})
