import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AutoscalingPolicy, DAYS } from '../../../contract/autoscaling.ts'
import { decide, type History, type Situation } from './decide.ts'
import type { Loads } from './loads.ts'
import { leastAt } from './schedule.ts'

const NOW = { ms: Date.UTC(2026, 10, 20, 9, 0), timeZone: 'Africa/Lagos' }
const count = fc.integer({ min: 1, max: 20 })
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'))
const window = fc.record({ days: fc.subarray([...DAYS], { minLength: 1 }), from: clock, to: clock, at_least: count })
const share = fc.option(fc.integer({ min: 10, max: 90 }), { nil: null })
const seconds = fc.nat(600)
const policies = fc.record({
  bounds: fc.tuple(count, count), schedule: fc.array(window, { maxLength: 3 }), tolerance_percent: fc.nat(50), stabilization_seconds: seconds,
  targets: fc.record({ cpu_percent: share, memory_percent: share, requests_per_second: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }) }),
  cool_down: fc.record({ up_seconds: seconds, down_seconds: seconds }), max_step: fc.record({ up: count, down: count }),
}).map(({ bounds, ...rest }): AutoscalingPolicy => {
  const [min, max] = [Math.min(...bounds), Math.max(...bounds)]
  return { ...rest, min, max, schedule: rest.schedule.map((one) => ({ ...one, at_least: Math.min(max, one.at_least) })) }
})
const load = fc.option(fc.nat(3000), { nil: null })
const loads: fc.Arbitrary<Loads> = fc.record({ cpu: load, memory: load, requests: load })
const situations: fc.Arbitrary<Situation> = fc.record({
  replicas: count, loads, deploying: fc.constantFrom('no' as const, 'may_grow' as const, 'wait' as const), unplaced: fc.constantFrom(0, 0, 1),
})
const past = fc.option(fc.nat(900_000).map((ago) => NOW.ms - ago), { nil: null })
const histories: fc.Arbitrary<History> = fc.record({
  wishes: fc.array(fc.record({ ms: fc.nat(900_000).map((ago) => NOW.ms - ago), wish: count }), { maxLength: 8 }), scaledUpMs: past, scaledDownMs: past,
})
const bounded = (policy: AutoscalingPolicy, s: Situation): Situation => ({ ...s, replicas: Math.min(policy.max, Math.max(policy.min, s.replicas)) })

test('never outside the bounds, whatever happens; a deployment only delays coming back into them', () => {
  fc.assert(fc.property(policies, situations, histories, (policy, s, history) => {
    const { replicas } = decide(policy, s, history, NOW)
    const { least } = leastAt(policy, NOW)
    if (s.deploying === 'no') expect(replicas >= least && replicas <= policy.max, `${replicas} of ${least} to ${policy.max}`).toBe(true)
    if (s.deploying === 'may_grow') expect(replicas).toBeGreaterThanOrEqual(Math.max(s.replicas, Math.min(least, policy.max)))
    if (s.deploying === 'wait') expect(replicas).toBe(s.replicas)
  }), { numRuns: 2_000 })
})

test('metrics move it by no more than a step', () => {
  fc.assert(fc.property(policies, situations, histories, (policy, raw, history) => {
    const s = bounded(policy, raw)
    const { replicas } = decide(policy, s, history, NOW)
    expect(replicas).toBeLessThanOrEqual(Math.max(s.replicas + policy.max_step.up, leastAt(policy, NOW).least))
    expect(replicas).toBeGreaterThanOrEqual(s.replicas - policy.max_step.down)
  }), { numRuns: 2_000 })
})

test('more load never leads to fewer instances', () => {
  fc.assert(fc.property(policies, situations, histories, fc.nat(500), fc.constantFrom('cpu' as const, 'memory' as const, 'requests' as const), (policy, s, history, more, metric) => {
    const before = s.loads[metric]
    if (before === null) return
    const busier = { ...s, loads: { ...s.loads, [metric]: before + more } }
    expect(decide(policy, busier, history, NOW).replicas).toBeGreaterThanOrEqual(decide(policy, s, history, NOW).replicas)
  }), { numRuns: 2_000 })
})

test('with a figure missing the number does not go down, and goes up as far as the others ask', () => {
  fc.assert(fc.property(policies, situations, histories, fc.nat(500), (policy, raw, history, cpu) => {
    const s = bounded(policy, raw)
    const watched = { ...policy, targets: { ...policy.targets, cpu_percent: 50, memory_percent: 50 } }
    const blind = decide(watched, { ...s, loads: { ...s.loads, cpu, memory: null } }, history, NOW)
    expect(blind.replicas).toBeGreaterThanOrEqual(s.replicas)
    const seeing = decide({ ...watched, targets: { ...watched.targets, memory_percent: null } }, { ...s, loads: { ...s.loads, cpu } }, history, NOW)
    expect(blind.replicas).toBe(Math.max(s.replicas, seeing.replicas))
  }), { numRuns: 2_000 })
})

test('the order of windows, days and wishes says nothing', () => {
  fc.assert(fc.property(policies, situations, histories, fc.infiniteStream(fc.nat()), (policy, s, history, random) => {
    const shuffled = <T>(list: readonly T[]): T[] => list.map((one) => ({ one, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at).map((x) => x.one)
    const other = { ...policy, schedule: shuffled(policy.schedule.map((w) => ({ ...w, days: shuffled(w.days) }))) }
    expect(decide(other, s, { ...history, wishes: shuffled(history.wishes) }, NOW)).toEqual(decide(policy, s, history, NOW))
  }), { numRuns: 1_000 })
})

test('wishes that are forgotten would have changed nothing', () => {
  fc.assert(fc.property(policies, situations, histories, situations, (policy, first, history, second) => {
    const later = { ...NOW, ms: NOW.ms + 15_000 }
    const kept = decide(policy, first, history, NOW).wishes
    const [short, long] = [kept, [...history.wishes, ...kept]].map((wishes) => decide(policy, second, { ...history, wishes }, later))
    expect(short).toEqual(long)
  }), { numRuns: 2_000 })
})

const PLAIN = AutoscalingPolicy.parse({ max: 6, targets: { cpu_percent: 60, requests_per_second: 20 } })
const QUIET: History = { wishes: [], scaledUpMs: null, scaledDownMs: null }
const plain = (over: Partial<Situation>, history: Partial<History> = {}, policy = PLAIN) =>
  decide(policy, { replicas: 2, loads: { cpu: 60, memory: null, requests: 10 }, deploying: 'no', unplaced: 0, ...over }, { ...QUIET, ...history }, NOW)

test.each([
  ['the metric that asks for most decides', plain({ loads: { cpu: 200, memory: null, requests: 30 } }), { replicas: 4, cause: 'cpu', state: 'scaling_up', reason: 'CPU is at 100 % per instance (2 running); the target is 60 %.' }],
  ['requests count per instance', plain({ loads: { cpu: 10, memory: null, requests: 61 } }), { replicas: 4, cause: 'requests', reason: 'Requests are at 30.5 per second per instance (2 running); the target is 20 per second.' }],
  ['a tenth more than the target is near enough', plain({ loads: { cpu: 132, memory: null, requests: 0 } }), { replicas: 2, state: 'steady' }],
  ['after an increase it waits', plain({ loads: { cpu: 200, memory: null, requests: 0 } }, { scaledUpMs: NOW.ms - 20_000 }), { replicas: 2, state: 'cooling_down', reason: 'Waits 40 s after the last change before it goes up.' }],
  ['what was needed a minute ago may be needed again', plain({ loads: { cpu: 20, memory: null, requests: 0 } }, { wishes: [{ ms: NOW.ms - 60_000, wish: 2 }] }), { replicas: 2, state: 'stabilizing', reason: '2 instances were needed within the last 5 minutes.' }],
  ['quiet for long enough it goes down', plain({ loads: { cpu: 20, memory: null, requests: 0 } }), { replicas: 1, state: 'scaling_down' }],
  ['at its upper bound it says what it would want', plain({ replicas: 6, loads: { cpu: 540, memory: null, requests: 0 } }), { replicas: 6, state: 'at_max', reason: 'The metrics ask for 9, at most 6 may run.' }],
  ['while instances wait for a node it asks for no more', plain({ unplaced: 1, loads: { cpu: 200, memory: null, requests: 0 } }), { replicas: 2, state: 'no_room' }],
  ['the schedule is kept at once', plain({ unplaced: 1 }, { scaledUpMs: NOW.ms }, { ...PLAIN, schedule: [{ days: ['fri'], from: '10:00', to: '11:00', at_least: 5 }] }), { replicas: 5, cause: 'schedule', reason: 'The schedule asks for at least 5: Fri 10:00–11:00.' }],
  ['nothing known', plain({ loads: { cpu: null, memory: null, requests: null } }), { replicas: 2, state: 'no_figures', reason: 'CPU and Requests: no figures yet, so the number does not go down.' }],
] as const)('%s', (_, decision, expected) => { expect(decision).toMatchObject(expected) })
