import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planChange, prorated } from './proration.ts'

const MARCH = { start: '2024-03-01', end: '2024-04-01' }

test.each([['1000', 'JPY', '2024-03-05', 871n], ['599.95', 'USD', '2024-03-03', 56124n]])('%s %s from %s costs %i', (amount, currency, from, expected) => {
  expect(prorated(amount, currency, { from, to: MARCH.end }, MARCH)).toBe(expected)
})

test('an upgrade credits and charges the same days, the day of change to the new plan', () => {
  const lines = planChange({ name: 'Small', amount: '31', currency: 'USD' }, { name: 'Large', amount: '62', currency: 'USD' }, '2024-03-31', MARCH)
  expect(lines.map((line) => [line.kind, line.amount, line.from, line.to])).toEqual([
    ['credit', -100n, '2024-03-31', '2024-04-01'], ['charge', 200n, '2024-03-31', '2024-04-01']])
})

test('a change to an equal price costs nothing on any day', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 31 }), fc.nat(10 ** 9), (day, cents) => {
    const plan = { name: 'P', amount: (cents / 100).toFixed(2), currency: 'USD' }
    expect(planChange(plan, plan, `2024-03-${String(day).padStart(2, '0')}`, MARCH).reduce((sum, line) => sum + line.amount, 0n)).toBe(0n)
  }))
})
