import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_POINTS, STEP_S } from '../../../contract/metrics.ts'
import { spread } from './spread.ts'
import { rowsOf, type Measured } from './sums.ts'

const START = Date.UTC(2026, 10, 20, 22, 58)
const span = fc.record({ from: fc.integer({ min: 0, max: 4 * 3_600_000 }), length: fc.integer({ min: 0, max: 20 * 60_000 }) })
const used = fc.record({ app: fc.constantFrom('a', 'b'), span, amounts: fc.tuple(fc.nat(1_000_000), fc.nat(7)) })
const measured = ({ app, span: { from, length }, amounts }: { app: string; span: { from: number; length: number }; amounts: readonly number[] }): Measured =>
  ({ key: ['org', app], fromMs: START + from, toMs: START + from + length, sums: amounts, bins: [[1, 2], [3]] })

test('dividing a span loses and adds nothing, and gives each bin its share of the time', () => {
  fc.assert(fc.property(span, fc.nat(1e9), fc.constantFrom(...Object.values(STEP_S)), ({ from, length }, amount, stepS) => {
    const [begin, step] = [START + from, stepS * 1_000]
    const portions = spread(begin, begin + length, [amount], step)
    expect(portions.reduce((sum, p) => sum + (p.amounts[0] ?? 0), 0)).toBe(amount)
    for (const { atMs, amounts: [part = 0] } of portions) {
      expect(atMs % step).toBe(0)
      if (length === 0) continue
      const inside = Math.min(begin + length, atMs + step) - Math.max(begin, atMs)
      expect(Math.abs(part - amount * inside / length)).toBeLessThanOrEqual(1)
    }
  }))
})

test('of a span of weeks only the newest bins are written, each with its own part', () => {
  const days = 30 * 86_400_000
  const portions = spread(START, START + days, [days], 60_000)
  expect(portions).toHaveLength(MAX_POINTS - 1)
  expect(portions.slice(1, -1).every((p) => p.amounts[0] === 60_000)).toBe(true)
})

test('every step holds the same sums, and a coarse bin is the sum of the finer ones in it', () => {
  fc.assert(fc.property(fc.array(used, { maxLength: 20 }), (all) => {
    const rows = rowsOf(all.map(measured))
    const steps = Object.values(STEP_S)
    for (const [at, stepS] of steps.entries()) {
      const finer = rows.filter((row) => row.stepS === steps[Math.max(0, at - 1)])
      for (const row of rows.filter((one) => one.stepS === stepS)) {
        const within = finer.filter((one) => one.key[1] === row.key[1] && Math.floor(one.atMs / (stepS * 1_000)) * stepS * 1_000 === row.atMs)
        expect(row.sums.map((_, place) => within.reduce((sum, one) => sum + (one.sums[place] ?? 0), 0))).toEqual(row.sums)
        expect(row.bins.map((_, place) => within.reduce((sum, one) => sum + (one.bins[place]?.reduce((a, b) => a + b, 0) ?? 0), 0)))
          .toEqual(row.bins.map((bins) => bins.reduce((a, b) => a + b, 0)))
      }
      const total = rows.filter((row) => row.stepS === stepS).reduce((sum, row) => sum + (row.sums[0] ?? 0), 0)
      expect(total).toBe(all.reduce((sum, one) => sum + one.amounts[0], 0))
    }
  }))
})

test('in whatever batches measures come, the sums are the same', () => {
  fc.assert(fc.property(fc.array(used, { minLength: 1, maxLength: 12 }), fc.nat(12), (all, cut) => {
    const added = new Map<string, number[]>()
    for (const batch of [all.slice(cut), all.slice(0, cut)]) {
      for (const { key, stepS, atMs, sums } of rowsOf(batch.map(measured))) {
        const id = `${key.join()} ${stepS} ${atMs}`
        added.set(id, sums.map((sum, at) => sum + (added.get(id)?.[at] ?? 0)))
      }
    }
    expect(added).toEqual(new Map(rowsOf(all.map(measured)).map(({ key, stepS, atMs, sums }) => [`${key.join()} ${stepS} ${atMs}`, sums])))
  }))
})

test('one row per key, step and bin, in one order', () => {
  fc.assert(fc.property(fc.array(used, { maxLength: 20 }), (all) => {
    const ids = rowsOf(all.map(measured)).map(({ key, stepS, atMs }) => [...key, String(stepS).padStart(6, '0'), atMs].join(' '))
    expect(ids).toEqual([...new Set(ids)].sort())
  }))
})
