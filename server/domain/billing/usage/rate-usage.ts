import { allocate } from '../rules/allocate.ts'
import { buildInvoice, type BuiltInvoice, type MeterUsage, type PriceList } from '../rules/invoice.ts'
import type { Meter } from '../prices/default-prices.ts'
import { METERS } from '../prices/default-prices.ts'
import { milliToDecimal, type UsageCell } from './measure-usage.ts'

export interface RatedCell extends UsageCell { amount: bigint }

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n)

export const usageByMeter = (milli: ReadonlyMap<Meter, bigint>): Map<string, MeterUsage> =>
  new Map([...milli].map(([meter, value]) => [meter, { quantity: milliToDecimal(value) }]))

export const totalsByMeter = (cells: readonly UsageCell[]): Map<Meter, bigint> =>
  new Map(METERS.map((meter) => [meter, sum(cells.filter((c) => c.meter === meter).map((c) => c.milli))]))

/** The invoice these quantities make, and its metered lines shared out over the cells so that the shares add up to the lines. */
export const rateUsage = (
  priceList: PriceList, period: { start: string; end: string }, cells: readonly UsageCell[],
): { invoice: BuiltInvoice; cells: RatedCell[] } => {
  const invoice = buildInvoice({ priceList, period, usage: usageByMeter(totalsByMeter(cells)) })
  const rated = METERS.flatMap((meter) => {
    const own = cells.filter((c) => c.meter === meter && c.milli > 0n)
    const amount = sum(invoice.lines.filter((line) => line.source === meter).map((line) => line.amount))
    const shares = own.length === 0 ? [] : allocate(amount, own.map((c) => c.milli))
    return own.map((cell, index) => ({ ...cell, amount: shares[index] ?? 0n }))
  })
  return { invoice, cells: rated }
}

/** Sums of the rated cells under a key, in order of first appearance. */
export const amountsBy = (cells: readonly RatedCell[], keyOf: (cell: RatedCell) => string): Map<string, bigint> => {
  const sums = new Map<string, bigint>()
  for (const cell of cells) sums.set(keyOf(cell), (sums.get(keyOf(cell)) ?? 0n) + cell.amount)
  return sums
}
