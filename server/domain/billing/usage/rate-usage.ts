import { allocate } from '../rules/allocate.ts'
import { buildInvoice, type BuiltInvoice, type PriceList } from '../rules/invoice.ts'
import type { UsageTotals } from './measure-totals.ts'
import type { UsageCell } from './measure-usage.ts'

export interface RatedCell extends UsageCell { amount: bigint }

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n)

/**
 * The invoice that totals make, and its metered lines shared out over the cells by their quantity, so that the shares add up to the
 * lines. Totals are measured, not added up: the highest of a month is not the sum of its days.
 */
export const rateUsage = (
  priceList: PriceList, period: { start: string; end: string }, cells: readonly UsageCell[], totals: UsageTotals,
): { invoice: BuiltInvoice; cells: RatedCell[] } => {
  const invoice = buildInvoice({ priceList, period, usage: totals })
  const rated = [...Map.groupBy(cells, (cell) => cell.meter)].flatMap(([meter, of]) => {
    const own = of.filter((cell) => cell.pico > 0n)
    const amount = sum(invoice.lines.filter((line) => line.source === meter).map((line) => line.amount))
    const shares = own.length === 0 ? [] : allocate(amount, own.map((cell) => cell.pico))
    return own.map((cell, index) => ({ ...cell, amount: shares[index] ?? 0n }))
  })
  return { invoice, cells: rated }
}

/** Sums of the rated cells under a key, in order of first appearance. */
export const amountsBy = (cells: readonly RatedCell[], keyOf: (cell: RatedCell) => string): Map<string, bigint> => {
  const sums = new Map<string, bigint>()
  for (const cell of cells) {
    const key = keyOf(cell)
    sums.set(key, (sums.get(key) ?? 0n) + cell.amount)
  }
  return sums
}
