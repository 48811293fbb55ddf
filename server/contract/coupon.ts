/** Wire truth of coupons: a code that takes something off invoices. */
import { z } from 'zod'
import { CurrencyCode, DecimalString, Money } from './money.ts'
import { Instant } from './time.ts'

export const COUPON_TYPES = ['percent', 'fixed'] as const
export const COUPON_DURATIONS = ['once', 'repeating', 'forever'] as const
export const COUPON_STATES = ['active', 'scheduled', 'ended', 'used_up', 'archived'] as const

export const CouponCode = z.string().trim().toUpperCase().regex(/^[A-Z0-9][A-Z0-9_-]{2,39}$/, 'Use 3 to 40 letters, digits, - and _.')

const terms = {
  code: z.string(), name: z.string(), type: z.enum(COUPON_TYPES), value: DecimalString.describe('Percent, or major units of `currency`'),
  currency: CurrencyCode.nullable(), duration: z.enum(COUPON_DURATIONS), periods: z.number().int().nullable().describe('With `repeating`: billing periods it discounts'),
}

export const Coupon = z.object({
  id: z.string(), brand_id: z.string(), ...terms, state: z.enum(COUPON_STATES), max_redemptions: z.number().int().nullable(),
  max_per_organization: z.number().int(), redeemed: z.number().int(), valid_from: Instant, valid_until: Instant.nullable(),
  plans: z.array(z.string()).describe('Empty = every plan'), currencies: z.array(z.string()).describe('Empty = every currency'),
  first_time_only: z.boolean(), discounted: z.array(Money).describe('Taken off invoices so far, by currency'), created_at: Instant,
})
export type Coupon = z.infer<typeof Coupon>

export const Redemption = z.object({
  id: z.string(), ...terms, periods_used: z.number().int(), periods_left: z.number().int().nullable().describe('Null = for ever'),
  active: z.boolean(), discounted: z.array(Money), redeemed_at: Instant, ended_at: Instant.nullable(),
})
export type Redemption = z.infer<typeof Redemption>
