import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forecast } from './forecast.ts'

const PERIOD = { periodStart: new Date('2024-03-01T00:00:00Z'), periodEnd: new Date('2024-04-01T00:00:00Z') }

test('ten days left at 100 to 300 a day add 1000 to 3000', () => {
  expect(forecast({ ...PERIOD, now: new Date('2024-03-22T00:00:00Z'), spentSoFar: 5000n, fixed: 700n, recentDays: [900n, 100n, 150n, 150n, 150n, 150n, 150n, 300n], currentDailyRate: 200n }))
    .toEqual({ low: 6700n, expected: 7700n, high: 8700n, method: 'daily_rate_range_v1', basisDays: 7 })
})

test('after the end nothing is added, and the range closes', () => {
  expect(forecast({ ...PERIOD, now: new Date('2024-04-02'), spentSoFar: 5000n, fixed: 0n, recentDays: [1n, 900n], currentDailyRate: 5n }))
    .toMatchObject({ low: 5000n, expected: 5000n, high: 5000n })
})

test('low <= expected <= high, never below what is already spent', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 9n })
  fc.assert(fc.property(amount, amount, fc.array(amount, { maxLength: 10 }), amount, fc.date({ min: new Date('2024-02-20'), max: new Date('2024-04-10'), noInvalidDate: true }),
    (spentSoFar, fixed, recentDays, currentDailyRate, now) => {
      const range = forecast({ ...PERIOD, now, spentSoFar, fixed, recentDays, currentDailyRate })
      expect(range.low >= spentSoFar + fixed && range.low <= range.expected && range.expected <= range.high).toBe(true)
    }))
})
