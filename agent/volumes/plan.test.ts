import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VolumeDesire } from '../state/desired-table.ts'
import type { ObservedVolume, VolumeStep } from './model.ts'
import { planVolume } from './plan.ts'

const snapshotIds = fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's4'))
const facts = (id: string) => ({ id, volumeId: 'vol_1', sizeMib: 64, addedBytes: 0, checksum: 'c', takenAtMs: 0 })

const desires: fc.Arbitrary<VolumeDesire | null> = fc.option(fc.record({
  id: fc.constant('vol_1'), generation: fc.constant(1), desired: fc.constantFrom('present', 'absent', 'unlisted'),
  spec: fc.record({
    org_id: fc.constant('org_1'), size_mib: fc.constantFrom(64, 128, 256), source: fc.constant(null), snapshots: snapshotIds,
    restore: fc.option(fc.record({ token: fc.constantFrom('t1', 't2'), snapshot_id: fc.constantFrom('s1', 's2') })),
  }),
}))
const observations: fc.Arbitrary<ObservedVolume> = fc.record({
  exists: fc.boolean(), sizeMib: fc.constantFrom(64, 128, 256), usedMib: fc.constant(1), snapshots: snapshotIds.map((ids) => ids.map(facts)),
  restored: fc.option(fc.constantFrom('t1', 't2')), usedBy: fc.option(fc.constant('vm_1')),
}).map((seen) => (seen.exists ? seen : { ...seen, usedBy: null }))

/** What a step does to the world when it works. */
function apply(seen: ObservedVolume, step: VolumeStep, want: VolumeDesire | null): ObservedVolume {
  switch (step.kind) {
    case 'create': return { ...seen, exists: true, sizeMib: want?.spec?.size_mib ?? 0, restored: null }
    case 'snapshot': return { ...seen, snapshots: [...seen.snapshots, facts(step.id)] }
    case 'restore': return { ...seen, restored: want?.spec?.restore?.token ?? null, sizeMib: 64 }
    case 'resize': return { ...seen, sizeMib: step.sizeMib }
    case 'drop': return { ...seen, snapshots: seen.snapshots.filter(({ id }) => id !== step.id) }
    case 'remove': return { ...seen, exists: false, snapshots: [], restored: null }
  }
}

/** As the keeper does: the first step, then a new look. */
function run(want: VolumeDesire | null, from: ObservedVolume): { end: ObservedVolume; done: VolumeStep[] } {
  let seen = from
  const done: VolumeStep[] = []
  for (let step = planVolume(want, seen).steps[0]; step; step = planVolume(want, seen).steps[0]) {
    done.push(step)
    if (done.length > 30) throw new Error(`no end: ${JSON.stringify(done)}`)
    seen = apply(seen, step, want)
  }
  return { end: seen, done }
}

test('the plan comes to an end, and at rest the end is what was wished', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    const { end } = run(want, { ...seen, usedBy: null })
    if (want?.desired !== 'present') return
    expect(end).toMatchObject({ exists: true, sizeMib: want.spec?.size_mib })
    expect(end.snapshots.map(({ id }) => id).sort()).toEqual([...(want.spec?.snapshots ?? [])].sort())
    if (want.spec?.restore) expect(end.restored).toBe(want.spec.restore.token)
    expect(planVolume(want, end).ready).toBe(true)
  }))
})

test('only a tombstone removes a volume, and never one in use', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    const removes = run(want, seen).done.some(({ kind }) => kind === 'remove')
    if (removes) expect([want?.desired, seen.usedBy]).toEqual(['absent', null])
  }))
})

test('a volume in use is neither restored nor made smaller, and the plan says what it waits for', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    const used = { ...seen, exists: true, usedBy: 'vm_1' }
    const plan = planVolume(want, used)
    expect(plan.steps.some((step) => step.kind === 'restore' || step.kind === 'remove' || (step.kind === 'resize' && step.sizeMib < used.sizeMib))).toBe(false)
    const spec = want?.desired === 'present' ? want.spec : null
    const blocked = want?.desired === 'absent' || (spec !== null && spec !== undefined && ((spec.restore !== null && spec.restore.token !== used.restored) || spec.size_mib < used.sizeMib))
    expect(plan.waitsFor).toBe(blocked ? 'vm_1' : null)
  }))
})

test('every snapshot asked for is taken before the content is replaced, and the one to restore is not dropped before', () => {
  fc.assert(fc.property(desires, observations, (want, seen) => {
    const { done } = run(want, { ...seen, usedBy: null })
    const restoredAt = done.findIndex(({ kind }) => kind === 'restore')
    if (restoredAt < 0) return
    expect(done.slice(restoredAt).some(({ kind }) => kind === 'snapshot')).toBe(false)
    expect(done.slice(0, restoredAt).some((step) => step.kind === 'drop' && step.id === want?.spec?.restore?.snapshot_id)).toBe(false)
  }))
})

test('interrupted at any step and planned anew, it ends the same', () => {
  fc.assert(fc.property(desires, observations, fc.nat(6), (want, from, cut) => {
    const seen = { ...from, usedBy: null }
    const whole = run(want, seen)
    const half = whole.done.slice(0, cut).reduce<ObservedVolume>((world, step) => apply(world, step, want), seen)
    expect(run(want, half).end).toEqual(whole.end)
  }))
})

test('what is no longer named is left alone', () => {
  fc.assert(fc.property(observations, (seen) => {
    expect(planVolume(null, seen).steps).toEqual([])
    expect(planVolume({ id: 'vol_1', generation: 1, desired: 'unlisted', spec: null }, seen).steps).toEqual([])
  }))
})
