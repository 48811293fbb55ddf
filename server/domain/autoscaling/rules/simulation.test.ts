import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AutoscalingPolicy } from '../../../contract/autoscaling.ts'
import { decide, type History } from './decide.ts'
import { loadsOf, type AskedMinute, type UsedMinute } from './loads.ts'

const TICK_S = 15
const START = Date.UTC(2026, 10, 20, 0, 0)

/** An app whose instances serve so many requests a second each before they are full. Sums per minute arrive as late as they really do. */
const simulate = (
  given: Parameters<typeof AutoscalingPolicy.parse>[0], demandAt: (second: number) => number,
  { seconds, capacity = 50, replicas: first = 1, jitter = 0 }: { seconds: number; capacity?: number; replicas?: number; jitter?: number },
): number[] => {
  const policy = AutoscalingPolicy.parse(given)
  const [used, asked] = [new Map<number, UsedMinute>(), new Map<number, AskedMinute>()]
  let history: History = { wishes: [], scaledUpMs: null, scaledDownMs: null }
  let replicas = first
  const curve: number[] = []
  for (let second = 0; second < seconds; second += 1) {
    const nowMs = START + second * 1_000
    const late = (lag: number): number => Math.floor((nowMs - lag) / 60_000) * 60_000
    // What arrives now happened some seconds ago.
    const demand = demandAt(Math.max(0, second - 10))
    const u = used.get(late(10_000)) ?? { atMs: late(10_000), spanMs: 0, cpuUs: 0, capacityUs: 0, memory: 0 }
    used.set(u.atMs, {
      ...u, spanMs: u.spanMs + replicas * 1_000, capacityUs: u.capacityUs + replicas * 1e6, cpuUs: u.cpuUs + Math.min(replicas, demand / capacity) * 1e6,
      memory: u.memory + replicas * 40 * 1_000,
    })
    const a = asked.get(late(30_000)) ?? { atMs: late(30_000), requests: 0 }
    asked.set(a.atMs, { ...a, requests: a.requests + Math.min(replicas * capacity, demandAt(Math.max(0, second - 30))) })
    if (second % TICK_S !== (second === 0 ? 0 : jitter % TICK_S)) continue
    const loads = loadsOf({ used: [...used.values()], asked: [...asked.values()], memoryMib: 100, instancesUnheard: false, edgesUnheard: false }, nowMs)
    const made = decide(policy, { replicas, loads, deploying: 'no', unplaced: 0 }, history, { ms: nowMs, timeZone: 'UTC' })
    history = {
      wishes: made.wishes,
      scaledUpMs: made.replicas > replicas ? nowMs : history.scaledUpMs, scaledDownMs: made.replicas < replicas ? nowMs : history.scaledDownMs,
    }
    replicas = made.replicas
    curve.push(replicas)
  }
  return curve
}
const at = (curve: number[], minute: number): number => curve[minute * 60 / TICK_S] ?? NaN
const turns = (curve: number[]): number => curve.filter((n, i) => i > 0 && n !== curve[i - 1]).length

test('a working day: it rises with the load, stays while the load swings, and comes back when it is quiet', () => {
  const day = (s: number): number => (s < 600 ? 10 : s < 1_800 ? 130 + 40 * Math.sin(s / 20) : 10)
  const curve = simulate({ max: 8, targets: { cpu_percent: 70 } }, day, { seconds: 3_600 })
  expect(at(curve, 9)).toBe(1)
  expect([4, 5]).toContain(at(curve, 16))
  expect(turns(curve.slice(16 * 4, 30 * 4)), `no flapping while the load swings: ${curve.join(' ')}`).toBeLessThanOrEqual(1)
  expect(curve.slice(16 * 4, 30 * 4)).toEqual(curve.slice(16 * 4, 30 * 4).toSorted())
  expect(at(curve, 33), 'still up: needed within five minutes').toBe(at(curve, 29))
  expect(at(curve, 59)).toBe(1)
})

test('a burst beyond what instances can serve is followed step by step up to the maximum', () => {
  const curve = simulate({ max: 6, targets: { requests_per_second: 25 }, max_step: { up: 2 } }, (s) => (s < 300 ? 0 : 10_000), { seconds: 1_500 })
  expect(at(curve, 4)).toBe(1)
  expect(at(curve, 24)).toBe(6)
  expect(Math.max(...curve.map((n, i) => n - (curve[i - 1] ?? 1)))).toBeLessThanOrEqual(2)
})

test('under constant load it settles and stays, from any number, with any tolerance, at any load', () => {
  const number = (min: number, max: number) => fc.integer({ min, max })
  fc.assert(fc.property(number(1, 10), number(0, 700), number(30, 80), number(0, 20), number(0, 14), (replicas, load, target, tolerance, jitter) => {
    const targets = { cpu_percent: target, memory_percent: 60 }
    const policy = { max: 10, targets, tolerance_percent: tolerance, stabilization_seconds: 60, cool_down: { up_seconds: 0, down_seconds: 0 } }
    const curve = simulate(policy, () => load, { seconds: 2_400, replicas, jitter })
    const steps = curve.map((n, i) => n - (curve[i - 1] ?? replicas)).filter((n) => n !== 0)
    expect(new Set(steps.map(Math.sign)).size, `${replicas} under ${load}: ${curve.join(' ')}`).toBeLessThanOrEqual(1)
    expect(turns(curve.slice(-60))).toBe(0)
  }), { numRuns: 60 })
})

test('memory that does not shrink with more instances ends at a number, too', () => {
  // Every instance holds 40 of 100 MiB whatever it does.
  const curve = simulate({ max: 10, targets: { memory_percent: 30 } }, () => 0, { seconds: 3_000 })
  expect(turns(curve.slice(-20))).toBe(0)
})
