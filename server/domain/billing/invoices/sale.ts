/** From priced lines to what an invoice says: coupons, tax, prepaid credits, in this order. */
import type { RedeemedCoupon } from '../coupons/coupons-for.ts'
import { discountByCoupon } from '../rules/coupons.ts'
import { spendCredits, type CreditGrant, type CreditUse } from '../rules/credits.ts'
import { discounts } from '../rules/totals.ts'
import { applyTax, type TaxedGroup } from '../taxes/apply-tax.ts'
import type { TaxDecision, TaxTreatment } from '../taxes/tax-for.ts'

/** A priced line; dates are local, the end exclusive. */
export interface SaleLine {
  readonly kind: string
  /** Price, meter or item it comes from. */
  readonly source: string
  readonly description: string
  readonly quantity: string
  readonly unit: string
  readonly unitAmount: string | null
  readonly amount: bigint
  readonly product: string
  readonly periodStart: string
  readonly periodEnd: string
}
export interface ComposedLine extends SaleLine { readonly discount: bigint; readonly net: bigint; readonly tax: TaxTreatment }
export interface ComposedSale {
  readonly held: false
  readonly currency: string
  /** As priced; `lines` differ from them where the price contains tax. */
  readonly priced: readonly SaleLine[]
  readonly lines: readonly ComposedLine[]
  readonly subtotal: bigint
  readonly discount: bigint
  readonly taxes: readonly TaxedGroup[]
  readonly tax: bigint
  readonly total: bigint
  readonly creditsApplied: bigint
  readonly amountDue: bigint
  readonly coupons: readonly { readonly coupon: RedeemedCoupon; readonly amount: bigint }[]
  readonly credits: readonly CreditUse[]
}
/** Nobody knows yet which tax applies. The sums are those without any. */
export interface HeldSale { readonly held: true; readonly currency: string; readonly lines: readonly SaleLine[]; readonly subtotal: bigint }

export interface SaleTerms {
  readonly currency: string
  readonly coupons: readonly RedeemedCoupon[]
  readonly grants: readonly CreditGrant[]
  /** Treatment of one line. */
  readonly taxOf: (line: SaleLine) => TaxDecision
  readonly now: Date
}

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)
/** Bought credit is money, not a service: nothing is taken off it. */
const discountable = (line: SaleLine): bigint => (line.kind === 'credit_purchase' ? 0n : line.amount)

export const composeSale = (lines: readonly SaleLine[], { currency, coupons, grants, taxOf, now }: SaleTerms): ComposedSale | HeldSale => {
  const gross = sum(lines.map((line) => line.amount))
  const taxed: (SaleLine & { tax: TaxTreatment })[] = []
  for (const line of lines) {
    const decision = taxOf(line)
    if (decision.pending) return { held: true, currency, lines, subtotal: gross }
    const { pending: _decided, ...tax } = decision
    taxed.push({ ...line, tax })
  }
  const amounts = lines.map(discountable)
  const taken = discounts(amounts, coupons, currency)
  const { lines: netted, groups } = applyTax(taxed.map((line, index) => ({ ...line, discount: taken[index] ?? 0n })))
  const tax = sum(groups.map((group) => group.amount))
  const total = sum(netted.map((line) => line.net)) + tax
  const { uses } = spendCredits(grants, total, now)
  const creditsApplied = sum(uses.map((use) => use.amount))
  return {
    held: false, currency, priced: lines, lines: netted, taxes: groups, tax, total, creditsApplied, amountDue: total - creditsApplied,
    subtotal: sum(netted.map((line) => line.amount)), discount: sum(taken),
    coupons: discountByCoupon(amounts, coupons, currency), credits: uses,
  }
}
