import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthlyAmount, mrrMovements } from './mrr.ts'
import type { Phase, RecurringPlan } from './recurring.ts'

const plan = (interval: RecurringPlan['interval'], amount: string): RecurringPlan =>
  ({ id: interval, planKey: interval, name: interval, currency: 'USD', interval, timing: 'arrears', recurring: { model: 'per_unit', unit_amount: amount }, commitment: null })
const phase = (over: Partial<Phase> = {}): Phase =>
  ({ from: '2024-01-10', to: null, priceListId: 'p', quantity: 1, paused: false, trial: false, anchor: { mode: 'calendar', date: '2000-01-01' }, ...over })

test.each([['month', '10', 1, 1000n], ['year', '120', 2, 2000n], ['quarter', '10', 1, 333n], ['week', '3', 1, 1300n]] as const)('a plan by the %s at %s times %i is %i a month', (interval, amount, quantity, expected) => {
  expect(monthlyAmount([phase({ quantity })], () => plan(interval, amount), '2024-02-01')).toBe(expected)
})

test('trials, pauses, and days before and after the subscription count nothing', () => {
  const at = (own: Phase, date = '2024-02-01') => monthlyAmount([own], () => plan('month', '10'), date)
  expect([at(phase({ trial: true })), at(phase({ paused: true })), at(phase(), '2024-01-09'), at(phase({ to: '2024-02-01' }))]).toEqual([0n, 0n, 0n, 0n])
})

test('new, more, less, gone and back again are told apart', () => {
  const months = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05']
  const moved = mrrMovements(months, [{ amounts: [0n, 100n, 150n, 120n, 0n, 80n], known: false }])
  expect(moved.map(({ fresh, expansion, contraction, churn, returned }) => [fresh, expansion, contraction, churn, returned])).toEqual([
    [100n, 0n, 0n, 0n, 0n], [0n, 50n, 0n, 0n, 0n], [0n, 0n, 30n, 0n, 0n], [0n, 0n, 0n, 120n, 0n], [0n, 0n, 0n, 0n, 80n]])
})

test('start + new + returned + more - less - gone is the end, and one month\'s end the next one\'s start', () => {
  const amounts = fc.array(fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10n ** 9n })), { minLength: 5, maxLength: 5 })
  fc.assert(fc.property(fc.array(fc.record({ amounts, known: fc.boolean() }), { maxLength: 20 }), (customers) => {
    const months = mrrMovements(['a', 'b', 'c', 'd'], customers)
    for (const [index, m] of months.entries()) {
      expect(m.start + m.fresh + m.returned + m.expansion - m.contraction - m.churn).toBe(m.end)
      if (index > 0) expect(m.start).toBe(months[index - 1]?.end)
      expect(m.customers).toBe(customers.filter((c) => (c.amounts[index + 1] ?? 0n) > 0n).length)
    }
  }))
})
