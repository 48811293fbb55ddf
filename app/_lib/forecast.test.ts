import { expect, test } from 'vitest'
import { spendCurve } from './forecast.ts'

const usd = (amount: number) => ({ amount, currency: 'USD' })

test('the band opens at what was spent and ends at the forecast on the last day', () => {
  const curve = spendCurve({
    period: { start: '2026-11-01', end: '2026-12-01' },
    spend: usd(300),
    forecast: { low: usd(900), expected: usd(1100), high: usd(1300), method: 'x', basis_days: 7 },
    daily: [
      { date: '2026-11-27', amount: 100 },
      { date: '2026-11-28', amount: 190 },
    ],
  })
  expect(curve.map((point) => point.x)).toEqual(['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'])
  expect(curve[0]?.values.spent).toBe(100)
  expect(curve[1]?.values).toEqual({ spent: 300, low: 300, high: 300 })
  expect(curve[3]?.values).toEqual({ spent: null, low: 900, high: 1300 })
})

test('a month without usage has no curve', () => {
  expect(
    spendCurve({
      period: { start: '2026-11-01', end: '2026-12-01' },
      spend: usd(0),
      forecast: { low: usd(0), expected: usd(0), high: usd(0), method: 'x', basis_days: 0 },
      daily: [],
    }),
  ).toEqual([])
})
