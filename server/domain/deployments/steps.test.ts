import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STEP_KEYS, type Step } from '../../contract/deployment.ts'
import { advanceSteps, failSteps, finishSteps } from './steps.ts'

const at = (s: number): Date => new Date(s * 1000)
const waiting = (): Step[] => STEP_KEYS.map((key) => ({ key, state: 'waiting', started_at: null, finished_at: null }))

test('what is done stays done with its times, whatever progress is reported after it', () => {
  fc.assert(fc.property(fc.array(fc.nat(STEP_KEYS.length), { minLength: 1 }), (reports) => {
    let steps = waiting()
    for (const [i, progress] of reports.entries()) {
      const next = advanceSteps(steps, progress, at(i))
      for (const [n, before] of steps.entries()) if (before.state === 'done') expect(next[n]).toEqual(before)
      expect(next.map((s) => s.key)).toEqual([...STEP_KEYS])
      expect(advanceSteps(next, progress, at(i + 100))).toEqual(next)
      steps = next
    }
    const furthest = Math.max(...reports)
    expect(steps.slice(0, furthest).every((s) => s.state === 'done' && s.started_at !== null && s.finished_at !== null)).toBe(true)
  }))
})

test('a failure marks the step that was running', () => {
  const steps = failSteps(advanceSteps(waiting(), 2, at(1)), at(5))
  expect(steps.map((s) => s.state)).toEqual(['done', 'done', 'failed', 'waiting', 'waiting', 'waiting', 'waiting'])
  expect(steps[2]?.finished_at).toBe(at(5).toISOString())
})

test('finishing leaves every step done', () => {
  expect(finishSteps(advanceSteps(waiting(), 3, at(1)), at(2)).every((s) => s.state === 'done')).toBe(true)
})
