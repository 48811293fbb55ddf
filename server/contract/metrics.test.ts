import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addBins, binOf, LATENCY_BOUNDS_MS, latencyBins, quantileOf } from './metrics.ts'

const LONGEST = LATENCY_BOUNDS_MS.at(-1) ?? 0
const value = fc.oneof(fc.double({ min: 0, max: 60_000, noNaN: true }), fc.constantFrom<number>(...LATENCY_BOUNDS_MS, 0))
const values = fc.array(value, { minLength: 1, maxLength: 200 })
const counted = (all: readonly number[]): number[] => {
  const bins = latencyBins()
  for (const one of all) bins[binOf(LATENCY_BOUNDS_MS, one)] = (bins[binOf(LATENCY_BOUNDS_MS, one)] ?? 0) + 1
  return bins
}
const of = (bins: readonly number[], q: number): number => quantileOf(LATENCY_BOUNDS_MS, bins, q) ?? NaN

test('a value is counted in the bucket that ends at or after it, and in no other', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 100_000, noNaN: true }), (one) => {
    const at = binOf(LATENCY_BOUNDS_MS, one)
    expect(one).toBeLessThanOrEqual(LATENCY_BOUNDS_MS[at] ?? Infinity)
    if (at > 0) expect(one).toBeGreaterThan(LATENCY_BOUNDS_MS[at - 1] ?? 0)
  }))
})

test('a quantile lies in the bucket of the true one', () => {
  fc.assert(fc.property(values, fc.constantFrom(0.5, 0.9, 0.99, 1), (all, q) => {
    const sorted = all.toSorted((a, b) => a - b)
    const truly = sorted[Math.ceil(q * sorted.length) - 1] ?? 0
    const at = binOf(LATENCY_BOUNDS_MS, truly)
    const said = of(counted(all), q)
    expect(said).toBeGreaterThanOrEqual(Math.min(LONGEST, LATENCY_BOUNDS_MS[at - 1] ?? 0))
    expect(said).toBeLessThanOrEqual(LATENCY_BOUNDS_MS[at] ?? LONGEST)
  }))
})

test('adding histograms is counting everything together, in whatever order; quantiles rise, and lie between those of the parts', () => {
  fc.assert(fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), (parts) => {
    const sum = parts.map(counted).reduce(addBins)
    expect(sum).toEqual(counted(parts.flat()))
    expect(parts.map(counted).reverse().reduce(addBins)).toEqual(sum)
    for (const q of [0.5, 0.9, 0.99]) {
      const each = parts.map((part) => of(counted(part), q))
      expect(of(sum, q)).toBeGreaterThanOrEqual(Math.min(...each) - 1e-6)
      expect(of(sum, q)).toBeLessThanOrEqual(Math.max(...each) + 1e-6)
    }
    expect(of(sum, 0.5)).toBeLessThanOrEqual(of(sum, 0.9))
    expect(of(sum, 0.9)).toBeLessThanOrEqual(of(sum, 0.99))
  }))
})

test('percentiles are not averaged: a quiet minute does not hide a slow one', () => {
  const [slow, quick] = [counted(Array.from({ length: 1_000 }, () => 900)), counted([3])]
  expect((of(slow, 0.99) + of(quick, 0.99)) / 2).toBeLessThan(600)
  expect(of(addBins(slow, quick), 0.99)).toBeGreaterThan(750)
})

test('of nothing there is no quantile, of one value its bucket', () => {
  expect(quantileOf(LATENCY_BOUNDS_MS, latencyBins(), 0.5)).toBeNull()
  expect(quantileOf(LATENCY_BOUNDS_MS, [], 0.5)).toBeNull()
  expect(of(counted([1e9]), 0.5)).toBe(LONGEST)
})
