/** From rated lines to the amount due: coupons, then tax per rate, then credits. All sums in minor units. */
import type { Coupon } from '../../../contract/billing-preview.ts'
import { allocate } from './allocate.ts'
import { exact, multiply, roundHalfAwayFromZero, toMinorExactly, whole } from './rational.ts'

export type RatedLine = { readonly amount: bigint; readonly taxRate: string }
export type TotalledLine = RatedLine & { readonly discount: bigint; readonly net: bigint }
export type TaxGroup = { readonly rate: string; readonly base: bigint; readonly amount: bigint }
export type Totals<L extends RatedLine> = {
  readonly lines: readonly (L & TotalledLine)[]
  readonly subtotal: bigint
  readonly discount: bigint
  readonly taxes: readonly TaxGroup[]
  readonly tax: bigint
  readonly total: bigint
  readonly creditsApplied: bigint
  readonly amountDue: bigint
}

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)
const positive = (value: bigint): bigint => (value > 0n ? value : 0n)

/** Percent coupons first, then fixed ones, each on what the last one left; lines at or below zero take none. */
export function discounts(amounts: readonly bigint[], coupons: readonly Coupon[], currency: string): bigint[] {
  const remaining = [...amounts]
  const ordered = [...coupons.filter((c) => c.type === 'percent'), ...coupons.filter((c) => c.type === 'fixed')]
  for (const coupon of ordered) {
    const weights = remaining.map(positive)
    const available = sum(weights)
    if (available === 0n) break
    const wanted = coupon.type === 'percent'
      ? roundHalfAwayFromZero(multiply(exact(coupon.value), { n: available, d: 100n }))
      : toMinorExactly(exact(coupon.value), currency)
    if (wanted === null) throw new RangeError('a fixed coupon must not be finer than the minor unit')
    const shares = allocate(wanted < available ? wanted : available, weights)
    shares.forEach((share, index) => { remaining[index] = (remaining[index] ?? 0n) - share })
  }
  return amounts.map((amount, index) => amount - (remaining[index] ?? 0n))
}

/** One group per equal rate in order of first appearance; each group is rounded once. */
export function taxGroups(lines: readonly { readonly net: bigint; readonly taxRate: string }[]): TaxGroup[] {
  const groups = new Map<string, { rate: string; base: bigint }>()
  for (const line of lines) {
    const identity = normalizedRate(line.taxRate)
    const group = groups.get(identity)
    groups.set(identity, { rate: group?.rate ?? line.taxRate, base: (group?.base ?? 0n) + line.net })
  }
  return [...groups.values()].map((group) => ({
    ...group, amount: roundHalfAwayFromZero(multiply(whole(group.base), exact(group.rate))),
  }))
}

const normalizedRate = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate)

export type TotalsOptions = { readonly currency: string; readonly coupons?: readonly Coupon[]; readonly credits?: bigint }

export function totals<L extends RatedLine>(rated: readonly L[], { currency, coupons = [], credits = 0n }: TotalsOptions): Totals<L> {
  const lineDiscounts = discounts(rated.map((line) => line.amount), coupons, currency)
  const lines = rated.map((line, index) => {
    const discount = lineDiscounts[index] ?? 0n
    return { ...line, discount, net: line.amount - discount }
  })
  const taxes = taxGroups(lines)
  const tax = sum(taxes.map((group) => group.amount))
  const total = sum(lines.map((line) => line.net)) + tax
  const creditsApplied = credits < positive(total) ? credits : positive(total)
  return {
    lines, taxes, tax, total, creditsApplied,
    subtotal: sum(rated.map((line) => line.amount)),
    discount: sum(lineDiscounts),
    amountDue: total - creditsApplied,
  }
}
