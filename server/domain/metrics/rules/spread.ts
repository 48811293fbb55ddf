import { MAX_POINTS } from '../../../contract/metrics.ts'

export interface Portion { atMs: number; amounts: number[] }

/**
 * Divides what was counted from one instant to another among the bins it covers, by time. Whole numbers stay whole and sums stay exact:
 * each bin gets the difference of two rounded running totals. Of a very long span only the newest bins are given their part.
 */
export const spread = (fromMs: number, toMs: number, amounts: readonly number[], stepMs: number): Portion[] => {
  const binOf = (ms: number): number => Math.floor(ms / stepMs) * stepMs
  if (toMs <= fromMs) return [{ atMs: binOf(toMs), amounts: [...amounts] }]
  const upTo = (ms: number): number[] => amounts.map((amount) => Math.round(amount * ((ms - fromMs) / (toMs - fromMs))))
  const first = Math.max(binOf(fromMs), binOf(toMs) - (MAX_POINTS - 1) * stepMs)
  const portions: Portion[] = []
  let before = upTo(Math.max(fromMs, first))
  for (let atMs = first; atMs < toMs; atMs += stepMs) {
    const after = upTo(Math.min(toMs, atMs + stepMs))
    portions.push({ atMs, amounts: after.map((total, at) => total - (before[at] ?? 0)) })
    before = after
  }
  return portions
}
