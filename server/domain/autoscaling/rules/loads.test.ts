import { expect, test } from 'vitest'
import { loadsOf, type Measured } from './loads.ts'

const MIN = 60_000
const START = Date.UTC(2026, 10, 20, 9, 0)
/** Two instances of one processor and 100 MiB each, a third busy. */
const used = (minute: number, share = 1) => ({
  atMs: START + minute * MIN, spanMs: 2 * MIN * share, cpuUs: 0.7 * MIN * 1_000 * share, capacityUs: 2 * MIN * 1_000 * share, memory: 90 * MIN * share,
})
const asked = (minute: number, requests: number) => ({ atMs: START + minute * MIN, requests })
const of = (over: Partial<Measured>): Measured => ({ used: [], asked: [], memoryMib: 100, instancesUnheard: false, edgesUnheard: false, ...over })
const second = (n: number): number => START + n * 1_000

test('all instances together, in percent of one', () => {
  const loads = loadsOf(of({ used: [used(0)], asked: [asked(0, 600)] }), second(110))
  expect({ ...loads, cpu: Math.round(loads.cpu ?? 0) }).toEqual({ cpu: 70, memory: 90, requests: 10 })
})

test('a minute under way counts only where it is more already', () => {
  expect(loadsOf(of({ used: [used(0), used(1, 0.2)] }), second(90)).cpu).toBeCloseTo(70)
  expect(loadsOf(of({ used: [used(0, 0.1), used(1, 0.5)] }), second(90)).cpu).toBeCloseTo(35)
  expect(loadsOf(of({ used: [used(0)], asked: [asked(0, 60), asked(1, 600)] }), second(106)).requests).toBe(10)
})

test('a minute is whole when what happened in it had time to arrive', () => {
  const bins = of({ used: [used(-1, 0.5), used(0, 0.1)], asked: [asked(-1, 600), asked(0, 60)] })
  expect([loadsOf(bins, second(84)).cpu, loadsOf(bins, second(86)).cpu].map((n) => Math.round(n ?? -1))).toEqual([35, 7])
  expect([loadsOf(bins, second(104)).requests, loadsOf(bins, second(106)).requests]).toEqual([10, 1])
})

test('what was not measured is not known, no requests are none', () => {
  expect(loadsOf(of({ asked: [asked(0, 60)] }), second(110))).toEqual({ cpu: null, memory: null, requests: null })
  expect(loadsOf(of({ used: [used(0)] }), second(110)).requests).toBe(0)
  expect(loadsOf(of({ used: [used(1)] }), second(90)).cpu, 'only a part').toBeNull()
  expect(loadsOf(of({ used: [used(0)], edgesUnheard: true }), second(110))).toMatchObject({ memory: 90, requests: null })
  expect(loadsOf(of({ used: [used(0)], instancesUnheard: true }), second(110))).toEqual({ cpu: null, memory: null, requests: null })
})
