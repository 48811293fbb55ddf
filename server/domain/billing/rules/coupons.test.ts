import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Coupon } from '../../../contract/billing-preview.ts'
import { discountByCoupon } from './coupons.ts'
import { discounts } from './totals.ts'

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)

test('percent before fixed: each coupon takes of what the last one left', () => {
  const coupons: Coupon[] = [{ type: 'fixed', value: '5.00' }, { type: 'percent', value: '10' }]
  expect(discountByCoupon([20000n, 871n], coupons, 'USD')).toEqual([{ coupon: coupons[1], amount: 2087n }, { coupon: coupons[0], amount: 500n }])
})

test('together they are the discount of the invoice, none is negative, and nothing is left below zero', () => {
  const percent = fc.integer({ min: 1, max: 100 }).map((value): Coupon => ({ type: 'percent', value: String(value) }))
  const fixed = fc.integer({ min: 1, max: 100_000 }).map((value): Coupon => ({ type: 'fixed', value: String(value) }))
  const lines = fc.array(fc.bigInt({ min: -5_000n, max: 1_000_000n }), { minLength: 1, maxLength: 8 })
  fc.assert(fc.property(lines, fc.array(fc.oneof(percent, fixed), { maxLength: 6 }),
    (amounts, coupons) => {
      const parts = discountByCoupon(amounts, coupons, 'JPY')
      const whole = discounts(amounts, coupons, 'JPY')
      expect(sum(parts.map((part) => part.amount))).toBe(sum(whole))
      expect(parts.every((part) => part.amount >= 0n)).toBe(true)
      expect(parts.map((part) => part.coupon.type).join()).not.toMatch(/fixed,percent/)
      for (const [index, amount] of amounts.entries()) expect((whole[index] ?? 0n) <= (amount > 0n ? amount : 0n)).toBe(true)
    }))
})
