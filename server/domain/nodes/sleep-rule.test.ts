import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planSleep, type Sleep, type SleepChange } from './sleep-rule.ts'

const at = (ms: number): Date => new Date(ms)
const applied = (sleeps: Sleep[], changes: SleepChange[]): Sleep[] => changes.reduce<Sleep[]>((list, change) => {
  if (change.type === 'fall') return [...list, { startedAt: change.at, endedAt: null, toldMs: change.toldMs }]
  if (change.type === 'missed') return [...list, { startedAt: change.from, endedAt: change.to, toldMs: change.toldMs }]
  return list.map((sleep) => (sleep.endedAt === null ? { ...sleep, endedAt: change.at, toldMs: change.toldMs } : sleep))
}, sleeps)
const total = (sleeps: Sleep[], now: number): number =>
  sleeps.reduce((sum, { startedAt, endedAt }) => sum + (endedAt?.getTime() ?? now) - startedAt.getTime(), 0)

test('it falls asleep when the phase began, and rises when the next one did', () => {
  const first = applied([], planSleep({ phase: 'sleeping', since_ms: 3_000, slept_ms: 3_000 }, at(0), [], at(10_000)))
  expect(first).toEqual([{ startedAt: at(7_000), endedAt: null, toldMs: 0 }])
  expect(planSleep({ phase: 'sleeping', since_ms: 9_000, slept_ms: 9_000 }, at(0), first, at(16_000))).toEqual([])
  const risen = applied(first, planSleep({ phase: 'running', since_ms: 500, slept_ms: 12_500 }, at(0), first, at(20_000)))
  expect(risen).toEqual([{ startedAt: at(7_000), endedAt: at(19_500), toldMs: 12_500 }])
  expect(planSleep({ phase: 'running', since_ms: 1_500, slept_ms: 12_500 }, at(0), risen, at(21_000))).toEqual([])
})

test('what was slept while nobody listened is found by its sum', () => {
  expect(planSleep({ phase: 'running', since_ms: 1_000, slept_ms: 4_000 }, at(0), [], at(60_000)))
    .toEqual([{ type: 'missed', from: at(55_000), to: at(59_000), toldMs: 4_000 }])
})

/** A start that runs and sleeps in turn, of which the portal hears now and then; each report may come twice. */
const lives = fc.array(fc.record({
  runMs: fc.integer({ min: 1, max: 9_000 }), sleepMs: fc.integer({ min: 1, max: 9_000 }),
  heardAwake: fc.boolean(), heardAsleep: fc.boolean(), twice: fc.boolean(),
}), { minLength: 1, maxLength: 12 })

test('whatever is heard of a life, sleeping and waking time are its length, to the millisecond', () => {
  fc.assert(fc.property(lives, (nights) => {
    let [now, slept] = [1_000_000, 0]
    const start = at(now)
    let sleeps: Sleep[] = []
    const hear = (told: Parameters<typeof planSleep>[0], twice: boolean): void => {
      for (let time = 0; time < (twice ? 2 : 1); time += 1) sleeps = applied(sleeps, planSleep(told, start, sleeps, at(now)))
    }
    for (const { runMs, sleepMs, heardAwake, heardAsleep, twice } of nights) {
      now += runMs
      if (heardAwake) hear({ phase: 'running', since_ms: runMs, ...(slept > 0 ? { slept_ms: slept } : {}) }, twice)
      now += sleepMs
      slept += sleepMs
      if (heardAsleep) hear({ phase: 'sleeping', since_ms: sleepMs, slept_ms: slept }, twice)
    }
    now += 100
    hear({ phase: 'running', since_ms: 100, slept_ms: slept }, true)
    const sorted = sleeps.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
    for (const [index, sleep] of sorted.entries()) {
      expect(sleep.startedAt.getTime()).toBeGreaterThanOrEqual(start.getTime())
      expect(sleep.endedAt?.getTime()).toBeLessThanOrEqual(now)
      const next = sorted[index + 1]
      if (next) expect(next.startedAt.getTime()).toBeGreaterThanOrEqual(sleep.endedAt?.getTime() ?? Infinity)
    }
    const awakeReports = nights.every((night) => night.heardAwake && night.heardAsleep)
    // Of a night whose end nobody heard the waking time before the next one counts as slept: never to the customer's cost.
    if (awakeReports) expect(total(sleeps, now)).toBe(slept)
    else expect(total(sleeps, now)).toBeGreaterThanOrEqual(slept)
    expect(total(sleeps, now)).toBeLessThanOrEqual(now - start.getTime())
  }))
})
