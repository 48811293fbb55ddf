/** What each coupon takes off an invoice, in the order the totals apply them. */
import type { Coupon } from '../../../contract/billing-preview.ts'
import { discounts } from './totals.ts'

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)

/** Percent coupons before fixed ones, each in the order given. */
export const couponOrder = <C extends Coupon>(coupons: readonly C[]): C[] =>
  [...coupons.filter((coupon) => coupon.type === 'percent'), ...coupons.filter((coupon) => coupon.type === 'fixed')]

/** The discount of each coupon; together they are the invoice's discount. */
export const discountByCoupon = <C extends Coupon>(amounts: readonly bigint[], coupons: readonly C[], currency: string): { coupon: C; amount: bigint }[] => {
  const ordered = couponOrder(coupons)
  const upTo = ordered.map((_, index) => sum(discounts(amounts, ordered.slice(0, index + 1), currency)))
  return ordered.map((coupon, index) => ({ coupon, amount: (upTo[index] ?? 0n) - (upTo[index - 1] ?? 0n) }))
}
