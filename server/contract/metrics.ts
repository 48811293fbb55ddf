/** What is measured and how it is added up, for portal, agent, pages and CLI. Everything stored is a sum, so that sums of sums are right. */
import { z } from 'zod'

export const STEP_S = { '1m': 60, '5m': 300, '1h': 3_600, '1d': 86_400 } as const
export const Resolution = z.enum(['1m', '5m', '1h', '1d'])
export type Resolution = z.infer<typeof Resolution>
/** How long each step is kept. */
export const KEPT_DAYS: Record<Resolution, number> = { '1m': 2, '5m': 15, '1h': 100, '1d': 800 }
export const MAX_POINTS = 1_500

/** Upper ends of the buckets; a last bucket takes what is longer. Part of the node API and of stored rows: never changed, only replaced. */
export const LATENCY_BOUNDS_MS = [1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000, 30_000] as const
export const SPAWN_BOUNDS_MS = [50, 100, 200, 350, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000, 20_000, 30_000, 60_000] as const
/** 1xx, 2xx, 3xx, 4xx, 5xx. */
export const STATUS_CLASSES = 5

type Bounds = readonly number[]
export const emptyBins = (count: number): number[] => Array.from({ length: count }, () => 0)
export const latencyBins = (): number[] => emptyBins(LATENCY_BOUNDS_MS.length + 1)
export const spawnBins = (): number[] => emptyBins(SPAWN_BOUNDS_MS.length + 1)

/** Place of a value: the first bucket whose end is not below it. */
export const binOf = (bounds: Bounds, value: number): number => {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value <= (bounds[middle] ?? Infinity)) high = middle
    else low = middle + 1
  }
  return low
}

export const addBins = (left: readonly number[], right: readonly number[]): number[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, at) => (left[at] ?? 0) + (right[at] ?? 0))

/** Of all that was counted, evenly spread within a bucket; of the last bucket no more is known than where it begins. Null of nothing. */
export const quantileOf = (bounds: Bounds, bins: readonly number[], q: number): number | null => {
  const total = bins.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const wanted = q * total
  let below = 0
  for (const [at, count] of bins.entries()) {
    const [from, to] = [bounds[at - 1] ?? 0, bounds[at] ?? bounds.at(-1) ?? 0]
    if (count > 0 && below + count >= wanted) return from + (to - from) * Math.max(0, wanted - below) / count
    below += count
  }
  return bounds.at(-1) ?? null
}
