import { expect, test } from 'vitest'
import { faultsOfSpans, spansOf } from './store.ts'

const [A, B] = ['0'.repeat(8), '1'.repeat(8)].map((head) => `${head}-0000-4000-8000-000000000000`)
const lines = (by: string | undefined, found: number, wrote: number): string[] =>
  [`found ${found} by ${by}`, ...Array.from({ length: wrote - found }, (_, at) => `wrote ${found + at + 1} by ${by}`)]
const faults = (...told: string[][]): string[] => faultsOfSpans(spansOf(told.flat()))

test('starts that follow on each other are in order, in whatever order their lines came, and what was written but not told is nothing lost', () => {
  expect(faults(lines(A, 0, 7), lines(B, 7, 9))).toEqual([])
  expect(faults(lines(B, 9, 12), lines(A, 0, 7))).toEqual([])
  expect(faults(lines(A, 0, 7), lines(B, 7, 7))).toEqual([])
})

test('a volume that is empty again, a number that was told and is gone, and two who write at once are faults', () => {
  expect(faults(lines(A, 0, 7), lines(B, 0, 3))).toHaveLength(1)
  expect(faults(lines(A, 0, 7), lines(B, 6, 9))).toHaveLength(1)
  expect(faults(lines(A, 0, 20), lines(B, 5, 20))).toHaveLength(1)
})

test('a first line that was lost takes nothing from what is known', () => {
  expect(faults(lines(A, 0, 7), lines(B, 5, 9).slice(1))).toHaveLength(1)
  expect(faults(lines(A, 0, 7), lines(B, 8, 9).slice(1))).toEqual([])
})
