/** Wire shapes of `POST /v1/billing/preview`: rating without side effects. */
import { z } from 'zod'
import { CurrencyCode, DecimalString, MinorAmount, WholeCount } from './money.ts'

const bounds = { minimum: DecimalString.optional(), maximum: DecimalString.optional() }

export const PriceTier = z.strictObject({
  up_to: z.union([WholeCount, z.null()], { error: 'must be a whole number or null' }),
  unit_amount: DecimalString,
  flat_amount: DecimalString.default('0'),
})
export type PriceTier = z.infer<typeof PriceTier>

const tiers = z.array(PriceTier).min(1).max(1000)

export const Price = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('flat'), unit_amount: DecimalString, ...bounds }),
  z.strictObject({ model: z.literal('per_unit'), unit_amount: DecimalString, ...bounds }),
  z.strictObject({ model: z.literal('graduated'), tiers, ...bounds }),
  z.strictObject({ model: z.literal('volume'), tiers, ...bounds }),
  z.strictObject({
    model: z.literal('package'), unit_amount: DecimalString, package_size: WholeCount, free_units: WholeCount.default(0), ...bounds,
  }),
  z.strictObject({
    model: z.literal('percentage'), rate: DecimalString, fixed_amount: DecimalString.default('0'), free_events: WholeCount.default(0), ...bounds,
  }),
])
export type Price = z.infer<typeof Price>
export type PriceInput = z.input<typeof Price>

export const LocalDate = z.iso.date('must be a date, YYYY-MM-DD')

export const DateRange = z.strictObject({ start: LocalDate, end: LocalDate })
export type DateRange = z.infer<typeof DateRange>

export const Prorate = z.strictObject({ from: LocalDate, to: LocalDate })
export type Prorate = z.infer<typeof Prorate>

export const PreviewLine = z.strictObject({
  key: z.string().min(1).max(200),
  price: Price,
  /** Required for every model but flat, where it is ignored. */
  quantity: DecimalString.optional(),
  events: WholeCount.optional(),
  already_billed: DecimalString.optional(),
  already_billed_events: WholeCount.optional(),
  prorate: Prorate.optional(),
  tax_rate: DecimalString.default('0'),
})
export type PreviewLine = z.infer<typeof PreviewLine>

export const Coupon = z.strictObject({ type: z.enum(['percent', 'fixed']), value: DecimalString })
export type Coupon = z.infer<typeof Coupon>

export const PREVIEW_MAX_LINES = 1000

export const BillingPreviewRequest = z.strictObject({
  currency: CurrencyCode,
  timezone: z.string().min(1).max(64).default('UTC'),
  period: DateRange,
  lines: z.array(PreviewLine).min(1).max(PREVIEW_MAX_LINES),
  coupons: z.array(Coupon).max(100).default([]),
  prepaid_credits: DecimalString.default('0'),
})
export type BillingPreviewRequest = z.infer<typeof BillingPreviewRequest>

export const BillingPreviewReply = z.strictObject({
  lines: z.array(z.strictObject({
    key: z.string(), quantity: DecimalString, amount: MinorAmount, discount: MinorAmount, net: MinorAmount, tax_rate: DecimalString,
  })),
  subtotal: MinorAmount,
  discount: MinorAmount,
  tax: MinorAmount,
  taxes: z.array(z.strictObject({ rate: DecimalString, base: MinorAmount, amount: MinorAmount })),
  total: MinorAmount,
  credits_applied: MinorAmount,
  amount_due: MinorAmount,
  currency: CurrencyCode,
})
export type BillingPreviewReply = z.infer<typeof BillingPreviewReply>
