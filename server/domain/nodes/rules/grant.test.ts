import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRIFT_MS, GRACE_MS, mayGrant, type GrantFacts } from './grant.ts'

const facts: fc.Arbitrary<GrantFacts> = fc.record({
  silentMs: fc.integer({ min: 0, max: 400_000 }), leaseMs: fc.integer({ min: 40_000, max: 200_000 }), held: fc.boolean(),
  mode: fc.constantFrom('pinned', 'strict'), armed: fc.boolean(), declaredDead: fc.boolean(),
})
const granted = (f: GrantFacts): boolean => 'by' in mayGrant(f)

test('with the lease of the guide it takes 65 seconds', () => {
  const f: GrantFacts = { silentMs: 64_999, leaseMs: 40_000, held: true, mode: 'strict', armed: true, declaredDead: false }
  expect(mayGrant(f)).toEqual({ refused: 'too_early', waitMs: 1 })
  expect(mayGrant({ ...f, silentMs: 65_000 })).toEqual({ by: 'self_fence' })
  expect(mayGrant({ ...f, silentMs: 65_000, armed: false })).toEqual({ refused: 'may_run' })
  expect(mayGrant({ ...f, silentMs: 65_000, mode: 'pinned' })).toEqual({ refused: 'may_run' })
  expect(mayGrant({ ...f, silentMs: 65_000, mode: 'pinned', declaredDead: true })).toEqual({ by: 'operator' })
  expect(mayGrant({ ...f, silentMs: 65_000, held: false, mode: 'pinned' })).toEqual({ by: 'stopped' })
  expect(granted({ ...f, silentMs: Number.NaN })).toBe(false)
})

test('nothing is granted before lease, grace and drift are over, whatever else is said', () => {
  fc.assert(fc.property(facts, (f) => { if (granted(f)) expect(f.silentMs).toBeGreaterThanOrEqual(f.leaseMs + GRACE_MS + DRIFT_MS) }))
})

test('a pinned volume that somebody holds is granted by the operator alone', () => {
  fc.assert(fc.property(facts, (f) => { if (granted(f) && f.held && f.mode === 'pinned') expect(f.declaredDead).toBe(true) }))
})

test('who knows more refuses less: waiting longer, a confirmed stop and the operator never turn a yes into a no', () => {
  fc.assert(fc.property(facts, fc.nat(100_000), (f, more) => {
    if (!granted(f)) return
    for (const change of [{ silentMs: f.silentMs + more }, { held: false }, { declaredDead: true }]) expect(granted({ ...f, ...change })).toBe(true)
  }))
})

/**
 * A world of two nodes and a portal with clocks of their own. The agent counts its lease from the sending of each report that was answered,
 * the fence process looks every 200 ms by the node's clock, the portal counts from receipt by its own. The log holds who could write when.
 */
interface World {
  driftPpm: number
  reports: { everyMs: number; thereMs: number; backMs: number }[]
  cutAtReport: number
  /** What gets lost from then on: the way there, or only the answers. */
  cut: 'there' | 'back'
  agent: 'lives' | 'killed' | 'stopped'
  /** A start that was checked before the agent stood still, and is made when it goes on. */
  lateStartMs: number | null
  mode: 'pinned' | 'strict'
  armed: boolean
  powerLost: boolean
  operator: boolean
}

const LEASE_MS = 40_000
const LOOK_MS = 200
/** A kernel must boot before anything can be written. */
const BOOT_MS = 300

const delay = fc.integer({ min: 0, max: 15_000 })
const world: fc.Arbitrary<World> = fc.record({
  // Up to five seconds in the time a grant takes, either way.
  driftPpm: fc.integer({ min: -75_000, max: 75_000 }),
  reports: fc.array(fc.record({ everyMs: fc.integer({ min: 20, max: 15_000 }), thereMs: delay, backMs: delay }), { minLength: 1, maxLength: 12 }),
  cutAtReport: fc.nat(11), cut: fc.constantFrom('there', 'back'), agent: fc.constantFrom('lives', 'killed', 'stopped'),
  lateStartMs: fc.option(fc.integer({ min: 0, max: 300_000 })), mode: fc.constantFrom('pinned', 'strict'), armed: fc.boolean(), powerLost: fc.boolean(), operator: fc.boolean(),
})

interface Writer { fence: number; from: number; until: number }

/** Real time in ms; the node's clock shows `t * (1 + drift)`. */
const play = (w: World, rule = mayGrant): Writer[] => {
  const rate = 1 + w.driftPpm / 1e6
  const cutAt = Math.min(w.cutAtReport, w.reports.length - 1)
  let [now, deadline, heardAt] = [0, LEASE_MS / rate, 0]
  for (const [index, { everyMs, thereMs, backMs }] of w.reports.entries()) {
    now += everyMs / rate
    const sentAt = now
    const lost = index >= cutAt
    if (lost && w.cut === 'there') continue
    now += thereMs
    heardAt = now
    if (lost) continue
    now += backMs
    deadline = sentAt + LEASE_MS / rate
  }
  const ends = fenceEnds(w, deadline, rate)
  const powerAt = w.powerLost ? now : Infinity
  const first: Writer = { fence: 1, from: 0, until: Math.min(ends, powerAt) }
  const late = lateWriter(w, deadline, rate, powerAt)
  const grantAt = firstGrant(w, heardAt, powerAt, rule)
  return [first, ...late, ...(grantAt === null ? [] : [{ fence: 2, from: grantAt, until: Infinity }])]
}

const fenceEnds = (w: World, deadline: number, rate: number): number => (w.mode === 'strict' && w.armed ? deadline + LOOK_MS / rate : Infinity)

/** It is ended at the next look after it was made, which is before it can write. */
const lateWriter = (w: World, deadline: number, rate: number, powerAt: number): Writer[] => {
  if (w.agent !== 'stopped' || w.lateStartMs === null || w.mode === 'pinned') return []
  const madeAt = deadline + w.lateStartMs
  const writesFrom = madeAt + BOOT_MS
  const until = Math.min(powerAt, w.armed ? madeAt + LOOK_MS / rate : Infinity)
  return until > writesFrom ? [{ fence: 1, from: writesFrom, until }] : []
}

/** The operator tells the truth: he speaks only when the machine is without power. */
const firstGrant = (w: World, heardAt: number, powerAt: number, rule: typeof mayGrant): number | null => {
  for (let at = heardAt; at < heardAt + 300_000; at += 500) {
    const declaredDead = w.operator && w.powerLost && at >= powerAt
    const grant = rule({ silentMs: at - heardAt, leaseMs: LEASE_MS, held: true, mode: w.mode, armed: w.armed, declaredDead })
    if ('by' in grant) return at
  }
  return null
}

const PARTITIONS = 1_000

/** Somebody writes under one fence while another does under the next. */
const overlaps = (log: readonly Writer[]): boolean => log.some((next) => log.some((before) => before.fence < next.fence && before.until > next.from))

test(`in ${PARTITIONS} random partitions there are never two writers in the fence log`, () => {
  let grants = 0
  fc.assert(fc.property(world, (w) => {
    const log = play(w)
    grants += log.filter(({ fence }) => fence === 2).length
    expect(overlaps(log)).toBe(false)
  }), { numRuns: PARTITIONS })
  expect(grants).toBeGreaterThan(PARTITIONS / 10)
})

test('the checker sees what it is for: by the lease alone, without grace and drift, it finds two writers', () => {
  const hasty: typeof mayGrant = (f) => mayGrant({ ...f, silentMs: f.silentMs + GRACE_MS + DRIFT_MS })
  const careless: typeof mayGrant = (f) => mayGrant({ ...f, armed: true })
  for (const rule of [hasty, careless]) {
    expect(fc.check(fc.property(world, (w) => !overlaps(play(w, rule))), { numRuns: 5 * PARTITIONS }).failed).toBe(true)
  }
})
