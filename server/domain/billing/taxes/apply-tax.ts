/** Tax of an invoice: one group per treatment, each rounded once. Where prices contain the tax it is taken out of the lines. */
import { add, divide, exact, multiply, ONE, roundHalfAwayFromZero, whole } from '../rules/rational.ts'
import type { TaxTreatment } from './tax-for.ts'

export interface TaxableLine { readonly amount: bigint; readonly discount: bigint; readonly tax: TaxTreatment }
export interface TaxedGroup extends TaxTreatment { readonly base: bigint; readonly amount: bigint }
export type NetLine<L> = L & { readonly net: bigint }

const plainRate = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate)
const identity = ({ category, rate, inclusive, wording, name }: TaxTreatment): string =>
  JSON.stringify([category, plainRate(rate), inclusive, wording, name])

/** Shares of a tax over lines that may be negative: differences of the rounded running total, so that they add up to it. */
const sharesOf = (tax: bigint, gross: readonly bigint[]): bigint[] => {
  const total = gross.reduce((a, b) => a + b, 0n)
  if (total === 0n) return gross.map(() => 0n)
  let [running, given] = [0n, 0n]
  return gross.map((value) => {
    running += value
    const upTo = roundHalfAwayFromZero(total < 0n ? { n: -tax * running, d: -total } : { n: tax * running, d: total })
    const share = upTo - given
    given = upTo
    return share
  })
}

/**
 * Lines come with their amount and discount as priced. Without included tax they stay; with it `amount` becomes what is left of the
 * price without the tax, so that lines - discounts + tax is the total either way.
 */
export const applyTax = <L extends TaxableLine>(lines: readonly L[]): { lines: NetLine<L>[]; groups: TaxedGroup[] } => {
  const groups: TaxedGroup[] = []
  const nets = new Map<L, NetLine<L>>()
  for (const own of Map.groupBy(lines, (line) => identity(line.tax)).values()) {
    const [first] = own
    if (!first) continue
    const priced = own.map((line) => line.amount - line.discount)
    const sum = priced.reduce((a, b) => a + b, 0n)
    const rate = exact(first.tax.rate)
    const part = first.tax.inclusive ? divide(rate, add(ONE, rate)) : rate
    const amount = roundHalfAwayFromZero(multiply(whole(sum), part))
    const inside = first.tax.inclusive ? sharesOf(amount, priced) : own.map(() => 0n)
    own.forEach((line, index) => {
      const taken = inside[index] ?? 0n
      nets.set(line, { ...line, amount: line.amount - taken, net: line.amount - line.discount - taken })
    })
    groups.push({ ...first.tax, base: first.tax.inclusive ? sum - amount : sum, amount })
  }
  return { lines: lines.flatMap((line) => nets.get(line) ?? []), groups }
}
