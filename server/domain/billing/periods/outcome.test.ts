import { expect, test } from 'vitest'
import { composeSale, type SaleLine } from '../invoices/sale.ts'
import { outcomeOf } from './outcome.ts'

const line = (amount: bigint): SaleLine => ({ kind: 'usage', source: 'x', description: 'x', quantity: '1', unit: '', unitAmount: null, amount, product: 'x', periodStart: '2026-01-01', periodEnd: '2026-02-01' })
const taxOf = () => ({ pending: false as const, category: 'O' as const, rate: '0', name: 'VAT', inclusive: false, wording: null })
const terms = { currency: 'USD', coupons: [], grants: [], now: new Date(0), taxOf }
const FREE = { redemptionId: 'cpr_1', couponId: 'cou_1', code: 'FREE', name: 'Free', type: 'percent' as const, value: '100', currency: null, planKeys: [], currencies: [] }
const outcome = (amounts: bigint[], { coupons = [], ...facts }: { hasItems?: boolean; last?: boolean; coupons?: typeof FREE[] } = {}) =>
  outcomeOf({ sale: composeSale(amounts.map(line), { ...terms, coupons }), hasItems: facts.hasItems ?? false, last: facts.last ?? false, minimum: 50n })

test('0 is not issued, too little and less than nothing are carried over, all else is issued', () => {
  expect(outcome([])).toBe('nothing')
  expect(outcome([0n])).toBe('nothing')
  expect(outcome([50n])).toBe('issue')
  expect(outcome([49n])).toBe('carry')
  expect(outcome([-1n])).toBe('carry')
})

test('charges that items cancel out are carried with them, never lost', () => { expect(outcome([10n, -10n], { hasItems: true })).toBe('carry') })

test('what a coupon takes altogether is not invoiced, also where items are among it', () => {
  expect(outcome([100n, 50n], { hasItems: true, coupons: [FREE] })).toBe('nothing')
  expect(outcome([100n], { coupons: [FREE] })).toBe('nothing')
})

test('the last invoice of a customer is asked for, however small', () => { expect(outcome([1n], { last: true })).toBe('issue') })

test('where the tax is not known the draft waits', () => {
  const sale = composeSale([line(100n)], { ...terms, taxOf: () => ({ pending: true }) })
  expect(outcomeOf({ sale, hasItems: false, last: false, minimum: 0n })).toBe('hold')
})
