import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vmSpec } from '../testing/world.ts'
import { CREATE_STEPS, type CreateStep, type Step, type VmDesire } from './model.ts'
import { plan, QUARANTINE_MS, type ObservedVm } from './plan.ts'

const NOW = 10 * QUARANTINE_MS

const desires: fc.Arbitrary<VmDesire | null> = fc.option(fc.record({
  id: fc.constant('vm_1'),
  generation: fc.integer({ min: 1, max: 3 }),
  desired: fc.constantFrom('running', 'stopped', 'absent', 'unlisted'),
  spec: fc.constant(vmSpec()),
  unlistedSinceMs: fc.integer({ min: 0, max: NOW }),
}))

const starts = fc.record({
  generation: fc.integer({ min: 0, max: 3 }), done: fc.integer({ min: 1, max: CREATE_STEPS.length }).map((count) => CREATE_STEPS.slice(0, count)),
  alive: fc.boolean(), ended: fc.boolean(),
}).map((start) => {
  const alive = start.alive && start.done.length === CREATE_STEPS.length && !start.ended
  // A VM that was started and is not alive has ended; the record says so before anybody plans.
  return { ...start, alive, ended: start.ended || (start.done.length === CREATE_STEPS.length && !alive) }
})

const observations: fc.Arbitrary<ObservedVm | null> = fc.option(fc.record({
  start: fc.option(starts),
  sleep: fc.constantFrom(null, 'due' as const, 'wake' as const),
  disk: fc.boolean(),
  hold: fc.option(fc.record({
    generation: fc.integer({ min: 1, max: 3 }), untilMs: fc.option(fc.integer({ min: 0, max: 2 * NOW })), phase: fc.constant('backoff' as const),
  })),
}))

/** What a step does to the world when it works. */
function apply(seen: ObservedVm | null, step: Step, want: VmDesire | null): ObservedVm | null {
  const base = seen ?? { start: null, disk: false, hold: null }
  const { start } = base
  switch (step) {
    case 'stop': return { ...base, start: start && { ...start, alive: false, ended: true } }
    case 'release': return { ...base, start: null }
    case 'discard': return { ...base, disk: false }
    case 'forget': return null
    case 'anchor': return { ...base, hold: null, sleep: null, start: { generation: want?.generation ?? 0, done: ['anchor'], alive: false, ended: false } }
    case 'sleep': return { ...base, sleep: null, start: start && { ...start, alive: false, asleep: true } }
    case 'wake': return { ...base, sleep: null, start: start && { ...start, alive: true, asleep: false } }
    default: {
      const done: CreateStep[] = [...(start?.done ?? []), step]
      return { ...base, disk: base.disk || step === 'disk', ...(step === 'vmm' ? { sleep: null } : {}), start: start && { ...start, done, alive: step === 'vmm' } }
    }
  }
}

const run = (want: VmDesire | null, seen: ObservedVm | null): ObservedVm | null =>
  plan(want, seen, NOW).steps.reduce<ObservedVm | null>((world, step) => apply(world, step, want), seen)

test('the plan of an applied plan is empty', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    expect(plan(want, run(want, seen), NOW).steps).toEqual([])
  }))
})

test('a live VM is never released before it was stopped, and never two starts are held', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    let world = seen
    for (const step of plan(want, seen, NOW).steps) {
      if (step === 'release') expect(world?.start?.alive ?? false).toBe(false)
      if (step === 'anchor') expect(world?.start ?? null).toBeNull()
      world = apply(world, step, want)
    }
  }))
})

test('a disk is deleted only for a tombstone, an unknown VM, or after a day in quarantine', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    if (!plan(want, seen, NOW).steps.includes('discard')) return
    const expired = want?.desired === 'unlisted' && NOW - (want.unlistedSinceMs ?? NOW) >= QUARANTINE_MS
    expect(want === null || want.desired === 'absent' || expired).toBe(true)
  }))
})

test('stopping at any step and planning anew leads to the same end', () => {
  fc.assert(fc.property(desires, observations, fc.nat(8), (want, seen, cut) => {
    const steps = plan(want, seen, NOW).steps.slice(0, cut)
    const interrupted = steps.reduce<ObservedVm | null>((world, step) => apply(world, step, want), seen)
    expect(run(want, interrupted)).toEqual(run(want, seen))
  }))
})

test('a hold keeps its generation waiting and lets another one through', () => {
  const want: VmDesire = { id: 'vm_1', generation: 2, desired: 'running', spec: vmSpec(), unlistedSinceMs: null }
  const held = (generation: number): ObservedVm => ({ start: null, disk: true, hold: { generation, untilMs: NOW + 500, phase: 'backoff' } })
  expect(plan(want, held(2), NOW)).toEqual({ steps: [], wakeAtMs: NOW + 500 })
  expect(plan(want, held(2), NOW + 500).steps).toEqual([...CREATE_STEPS])
  expect(plan(want, held(1), NOW).steps).toEqual([...CREATE_STEPS])
})
