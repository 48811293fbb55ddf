import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FAULTS, planFaults } from './plan.ts'

test('the same seed plans the same faults, another seed others', () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 120_000, max: 600_000 }), (seed, totalMs) => {
    expect(planFaults(seed, totalMs)).toEqual(planFaults(seed, totalMs))
  }))
  expect(planFaults(1, 600_000)).not.toEqual(planFaults(2, 600_000))
})

test('in an hour every kind of fault comes, and the time is kept within one fault', () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const plan = planFaults(seed, 3_600_000)
    expect(new Set(plan.map(({ name }) => name)).size).toBe(FAULTS.length)
    expect(plan.slice(0, -1).reduce((sum, { pauseMs, holdMs }) => sum + pauseMs + holdMs, 0)).toBeLessThan(3_600_000)
  }))
})
