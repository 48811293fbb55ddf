import fc from 'fast-check'
import { expect, test } from 'vitest'
import { budgetOf, type Strategy } from '../../contract/strategy.ts'
import { DRAIN_MS, planApp, type AppState, type Plan, type PlannedInstance } from './plan.ts'

const OLD = 'rel_old'
const NEW = 'rel_new'
let ids = 0
const instance = (releaseId: string, over: Partial<PlannedInstance> = {}): PlannedInstance => ({
  id: `inst_${ids += 1}`, releaseId, desired: 'running', phase: 'pending', health: null, healthyMs: null, code: null, reason: null, restarts: 0, routed: false, unroutedMs: null,
  leaving: null, ...over,
})
const serving = (releaseId: string): PlannedInstance => instance(releaseId, { phase: 'running', health: 'ok', healthyMs: 3_600_000, routed: true })
const isHealthy = (i: PlannedInstance): boolean => i.phase === 'running' && i.health === 'ok'
const isServing = (i: PlannedInstance): boolean => i.routed && isHealthy(i)
const ROLLING: AppState['strategy'] = { type: 'rolling', max_surge: 1, max_unavailable: 0, min_healthy_seconds: 0 }
const state = (over: Partial<AppState> = {}): AppState => ({
  desired: 'running', replicas: 2, currentReleaseId: OLD, standbyReleaseId: null, active: null, strategy: ROLLING, instances: [serving(OLD), serving(OLD)],
  routesObserved: true, exclusive: false, ...over,
})
const fresh = ({ type }: AppState['strategy']): NonNullable<AppState['active']> =>
  ({ releaseId: NEW, ageMs: 0, pastDeadline: false, ...(type === 'canary' ? { canary: { wanted: 5, told: 0, fault: null } } : {}) })
const rollout = (replicas: number, strategy = ROLLING): AppState => ({
  ...state({ replicas, strategy }), instances: Array.from({ length: replicas }, () => serving(OLD)), active: fresh(strategy),
})

/** What the database and the nodes make of a plan. */
const carriedOut = (s: AppState, plan: Plan): AppState => {
  const added = Array.from({ length: plan.create?.count ?? 0 }, () => instance(plan.create?.releaseId ?? ''))
  const kept = s.instances.filter((i) => !plan.remove.includes(i.id)).map((i) => {
    if (plan.route.includes(i.id)) return { ...i, routed: true, unroutedMs: null }
    return plan.unroute.includes(i.id) ? { ...i, routed: false, unroutedMs: 0 } : i
  })
  const currentReleaseId = plan.outcome?.state === 'succeeded' ? s.active?.releaseId ?? null : s.currentReleaseId
  return { ...s, currentReleaseId, active: plan.outcome ? null : withShare(s.active, plan.share), instances: [...kept, ...added] }
}
const withShare = (active: AppState['active'], told: number | undefined): AppState['active'] =>
  (active?.canary && told !== undefined ? { ...active, canary: { ...active.canary, told } } : active)
/** What the judge does when it has seen enough. */
const nextStep = (s: AppState): AppState => {
  const canary = s.active?.canary
  const next = [5, 25, 50, 100].find((share) => canary && share > canary.wanted)
  return s.active && canary && next && canary.told === canary.wanted ? { ...s, active: { ...s.active, canary: { ...canary, wanted: next } } } : s
}
const advance = (s: AppState): AppState => carriedOut(s, planApp(s))
const plus = (time: number | null, ms: number): number | null => (time === null ? null : time + ms)
const later = (s: AppState, ms: number): AppState =>
  ({ ...s, instances: s.instances.map((i) => ({ ...i, unroutedMs: plus(i.unroutedMs, ms), healthyMs: plus(i.healthyMs, ms) })) })
const allHealthy = (s: AppState): AppState => ({ ...s, instances: s.instances.map((i) => (i.phase === 'failed' ? i : { ...i, phase: 'running', health: 'ok', healthyMs: i.healthyMs ?? 0 })) })
const settled = (s: AppState): AppState => {
  let now = s
  for (let i = 0; i < 40; i++) now = nextStep(later(allHealthy(advance(now)), DRAIN_MS))
  return now
}
const IDLE: Plan = { create: null, remove: [], route: [], unroute: [], progress: null, outcome: null }

type Happening = 'step' | 'boot' | 'sicken' | 'wait' | 'edges_behind' | 'edges_up_to_date' | 'scale_down' | 'scale_up'
const happenings = fc.array(fc.constantFrom<Happening>('boot', 'boot', 'step', 'wait', 'sicken', 'edges_behind', 'edges_up_to_date', 'scale_down', 'scale_up'), { maxLength: 25 })
const happen = (s: AppState, what: Happening): AppState => {
  if (what === 'wait') return later(s, DRAIN_MS / 2)
  if (what === 'step') return nextStep(s)
  if (what === 'edges_behind' || what === 'edges_up_to_date') return { ...s, routesObserved: what === 'edges_up_to_date' }
  if (what === 'scale_down') return { ...s, replicas: Math.max(1, s.replicas - 1) }
  if (what === 'scale_up') return { ...s, replicas: s.replicas + 1 }
  if (what === 'sicken') {
    const ill = s.instances.findLast(isHealthy)
    return { ...s, instances: s.instances.map((i) => (i === ill ? { ...i, health: 'bad', healthyMs: null } : i)) }
  }
  const next = s.instances.find((i) => !isHealthy(i) && i.phase !== 'failed')
  return { ...s, instances: s.instances.map((i) => (i === next ? { ...i, phase: 'running', health: 'ok', healthyMs: 0 } : i)) }
}

const some = fc.integer({ min: 1, max: 5 })
const amounts = fc.tuple(fc.constantFrom<Strategy['max_surge']>(0, 1, 2, '25%', '100%'), fc.constantFrom<Strategy['max_surge']>(0, 1, 2, '30%', '100%'))
const strategies = fc.record({ type: fc.constantFrom<Strategy['type']>('rolling', 'blue_green', 'canary', 'immediate'), amounts, min: fc.constantFrom(0, 4) })
  .map(({ type, amounts: [surge, unavailable], min }): AppState['strategy'] => ({ type, max_surge: surge, max_unavailable: unavailable, min_healthy_seconds: min }))
const leastOf = ({ strategy, replicas }: AppState): number => replicas - budgetOf(strategy, replicas).unavailable
const isScale = (e: Happening): boolean => e.startsWith('scale')

test('carrying plans out ends with the wanted instances serving, and then asks for nothing, whatever the strategy', () => {
  fc.assert(fc.property(some, strategies, happenings, fc.boolean(), (replicas, strategy, events, deploying) => {
    let s = deploying ? rollout(replicas, strategy) : { ...rollout(replicas, strategy), active: null }
    for (const event of events) s = advance(happen(s, event))
    const end = settled({ ...s, routesObserved: true })
    expect(end.active).toBeNull()
    expect(end.instances.length).toBe(end.replicas)
    expect(end.instances.every((i) => isServing(i) && i.releaseId === (deploying ? NEW : OLD))).toBe(true)
    expect(planApp(end)).toEqual(IDLE)
  }), { numRuns: 400 })
})

/** The bounds of a strategy hold after every act: enough serve, not too many live, nobody goes before requests in flight could end. */
const withinBounds = (before: AppState, plan: Plan): AppState => {
  for (const i of before.instances.filter((x) => plan.remove.includes(x.id))) {
    expect(i.routed).toBe(false)
    expect(i.unroutedMs === null || i.unroutedMs >= DRAIN_MS).toBe(true)
  }
  const after = carriedOut(before, plan)
  // Of a release that serves badly nothing counts.
  const counts = before.active?.canary?.fault ? before.instances.filter((i) => i.releaseId !== NEW) : before.instances
  const least = Math.min(leastOf(before), counts.filter(isServing).length)
  expect(after.instances.filter(isServing).length).toBeGreaterThanOrEqual(least)
  expect(after.instances.length).toBeLessThanOrEqual(before.replicas + budgetOf(before.strategy, before.replicas).surge)
  return after
}

test('never fewer serve than allowed and never more live than allowed, in any order of events; while the edges are behind nothing that serves is taken away', () => {
  fc.assert(fc.property(some, strategies, happenings, (replicas, strategy, events) => {
    let s = rollout(replicas, strategy)
    for (const event of events.filter((e) => !isScale(e))) {
      s = happen(s, event)
      const plan = planApp(s)
      if (!s.routesObserved && strategy.type === 'rolling') expect(s.instances.filter((i) => isServing(i) && !plan.unroute.includes(i.id)).length).toBeGreaterThanOrEqual(Math.min(leastOf(s), s.instances.filter(isServing).length))
      s = withinBounds(s, plan)
    }
  }), { numRuns: 600 })
})

/** What may go wrong while a deployment runs. */
const FAULTS = ['failed', 'deadline', 'cancelled', 'worse'] as const
const breakIt = (s: AppState, how: typeof FAULTS[number], one: number): AppState => {
  if (how === 'cancelled') return { ...s, active: null }
  if (how === 'worse') return { ...s, active: { ...fresh(s.strategy), canary: { wanted: 50, told: 50, fault: { code: 'canary_errors', detail: 'Too many.' } } } }
  if (how === 'deadline') return { ...s, active: { ...fresh(s.strategy), ageMs: 700_000, pastDeadline: true } }
  const mine = s.instances.filter((i) => i.releaseId === NEW)
  const bad = mine[one % Math.max(1, mine.length)]
  return { ...s, instances: s.instances.map((i) => (i === bad ? { ...i, phase: 'failed', health: null, healthyMs: null, code: 'process_exited', reason: 'exit 1' } : i)) }
}

test('a deployment that fails or is cancelled at any moment ends with the old release at its full number, and on the way enough serve', () => {
  fc.assert(fc.property(some, strategies, happenings, fc.constantFrom(...FAULTS), fc.nat(5), happenings, (replicas, strategy, events, how, one, later_) => {
    let s = rollout(replicas, strategy)
    for (const event of events.filter((e) => !isScale(e))) s = advance(happen(s, event))
    fc.pre(s.active !== null && (how !== 'worse' || strategy.type === 'canary') && (how !== 'failed' || s.instances.some((i) => i.releaseId === NEW)))
    s = breakIt(s, how, one)
    if (how !== 'cancelled') expect(planApp(s).outcome?.state).toBe('failed')
    for (const event of later_.filter((e) => !isScale(e))) {
      const plan = planApp(s)
      s = happen(withinBounds(s, plan), event)
    }
    const end = settled({ ...s, routesObserved: true })
    expect(end.instances.map((i) => i.releaseId)).toEqual(Array.from({ length: replicas }, () => OLD))
    expect(end.instances.every(isServing)).toBe(true)
    expect(planApp(end)).toEqual(IDLE)
  }), { numRuns: 600 })
})

test('an act that was carried out only in part, as by a crash between two of them, is asked for again', () => {
  fc.assert(fc.property(some, strategies, fc.array(fc.record({ event: fc.constantFrom<Happening>('boot', 'step', 'wait', 'edges_behind', 'edges_up_to_date'), lost: fc.boolean() }), { maxLength: 40 }), (replicas, strategy, events) => {
    let s = rollout(replicas, strategy)
    for (const { event, lost } of events) {
      const plan = planApp(s)
      // One transaction: all of it or nothing.
      s = happen(lost ? s : carriedOut(s, plan), event)
      expect(planApp(s)).toEqual(planApp(s))
    }
    const end = settled({ ...s, routesObserved: true })
    expect(end.instances.filter((i) => isServing(i) && i.releaseId === NEW)).toHaveLength(replicas)
  }), { numRuns: 300 })
})

test('rolling replaces one at a time by default: the old one goes only when the edges know the new one', () => {
  let s = rollout(3)
  expect(planApp(s)).toMatchObject({ create: { count: 1 }, unroute: [], remove: [] })
  s = allHealthy(advance(s))
  const plan = planApp(s)
  expect(plan).toMatchObject({ route: [expect.any(String)], unroute: [], progress: 4 })
  s = carriedOut(s, plan)
  expect(planApp({ ...s, routesObserved: false })).toMatchObject({ unroute: [], create: null, outcome: null })
  expect(planApp(s).unroute).toHaveLength(1)
})

test('blue-green makes all new ones, changes over in one act, and keeps the old ones running without requests until the window is over', () => {
  const strategy: AppState['strategy'] = { ...ROLLING, type: 'blue_green' }
  let s = rollout(3, strategy)
  const old = s.instances.map((i) => i.id)
  expect(planApp(s).create).toEqual({ releaseId: NEW, count: 3 })
  s = happen(advance(s), 'boot')
  expect(planApp(s)).toMatchObject({ route: [], unroute: [] })
  s = allHealthy(s)
  const over = planApp(s)
  expect([over.route.length, over.unroute.toSorted(), over.remove]).toEqual([3, old.toSorted(), []])
  s = carriedOut(s, over)
  expect(planApp(s)).toMatchObject({ outcome: { state: 'succeeded' }, remove: [] })
  s = later({ ...advance(s), standbyReleaseId: OLD }, DRAIN_MS * 10)
  expect(planApp(s)).toEqual(IDLE)
  expect(planApp({ ...s, standbyReleaseId: null }).remove.toSorted()).toEqual(old.toSorted())
  const back: AppState = { ...s, active: { releaseId: OLD, ageMs: 0, pastDeadline: false } }
  expect(planApp(back)).toMatchObject({ create: null, route: old, unroute: over.route })
  expect(planApp(advance(back)).outcome).toEqual({ state: 'succeeded' })
})

test('a canary makes as many as its share needs, tells the edges the share with the first of them, and lets old ones go only as far as they are not needed', () => {
  let s = rollout(4, { ...ROLLING, type: 'canary' })
  const old = s.instances.map((i) => i.id)
  expect(planApp(s)).toMatchObject({ create: { releaseId: NEW, count: 1 }, route: [] })
  s = allHealthy(advance(s))
  expect(planApp(s)).toMatchObject({ share: 5, route: [expect.any(String)], unroute: [], remove: [] })
  s = advance(s)
  expect(planApp(s)).toEqual({ ...IDLE, progress: 5 })
  const counts: unknown[] = []
  for (const share of [25, 50, 100]) {
    s = nextStep(s)
    if (share > 25) s = allHealthy(advance(s))
    expect(planApp(s).share).toBe(share)
    s = advance(s)
    expect(planApp({ ...s, routesObserved: false })).toMatchObject({ unroute: [], outcome: null })
    s = advance(later(advance(s), DRAIN_MS))
    counts.push([share, s.instances.filter((i) => i.releaseId === NEW).length, s.instances.filter((i) => old.includes(i.id)).length, s.active === null])
  }
  expect(counts).toEqual([[25, 1, 3, false], [50, 2, 2, false], [100, 4, 0, true]])
})

test('a canary that serves worse than what was before gets nothing more in the act that finds it; the old release is filled up again', () => {
  let s = rollout(4, { ...ROLLING, type: 'canary' })
  while (s.active?.canary?.told !== 50) s = later(allHealthy(advance(nextStep(s))), DRAIN_MS)
  s = later(advance(later(advance(s), DRAIN_MS)), DRAIN_MS)
  s = { ...s, active: { ...fresh(s.strategy), canary: { wanted: 50, told: 50, fault: { code: 'canary_errors', detail: '9 of 40 failed.' } } } }
  const mine = s.instances.filter((i) => i.releaseId === NEW && i.routed).map((i) => i.id)
  const plan = planApp(s)
  expect([plan.outcome, plan.create]).toEqual([{ state: 'failed', code: 'canary_errors', detail: '9 of 40 failed.' }, null])
  expect([mine.length, plan.unroute.toSorted()]).toEqual([2, mine.toSorted()])
  expect(settled(carriedOut(s, plan)).instances.map((i) => [i.releaseId, i.routed])).toEqual(Array.from({ length: 4 }, () => [OLD, true]))
})

test('while a canary is watched, an old instance whose machine is lost is replaced by one of its own release', () => {
  let s = rollout(2, { ...ROLLING, type: 'canary' })
  for (let i = 0; i < 3; i += 1) s = allHealthy(advance(s))
  const lost = s.instances.find((i) => i.releaseId === OLD)
  s = { ...s, instances: s.instances.map((i) => (i === lost ? { ...i, leaving: 'lost' } : i)) }
  expect(planApp(s)).toMatchObject({ create: { releaseId: OLD, count: 1 }, unroute: [lost?.id], remove: [], outcome: null })
})

test('nobody gets requests before it was healthy for as long as was asked for', () => {
  const s = { ...allHealthy(advance(rollout(1, { ...ROLLING, min_healthy_seconds: 10 }))) }
  const at = (ms: number): AppState => ({ ...s, instances: s.instances.map((i) => (i.releaseId === NEW ? { ...i, healthyMs: ms } : i)) })
  expect(planApp(at(9_999)).route).toEqual([])
  expect(planApp(at(10_000)).route).toHaveLength(1)
})

test('scaling down takes the surplus out of the edge first and removes it after the drain', () => {
  const serve = state({ replicas: 1 })
  const first = planApp(serve)
  expect(first).toMatchObject({ remove: [], unroute: [expect.any(String)], create: null })
  const draining = carriedOut(serve, first)
  expect(planApp(draining)).toEqual(IDLE)
  const plan = planApp(later(draining, DRAIN_MS))
  expect(plan.remove).toHaveLength(1)
})

test('what is kept when scaling down is healthy and serving before it is old', () => {
  const [sick, well] = [instance(OLD, { phase: 'backoff', routed: true }), serving(OLD)]
  expect(planApp(state({ replicas: 1, instances: [sick, well] })).unroute).toEqual([sick.id])
})

test.each(['stopped', 'deleted'])('an app that shall be %s loses every instance', (desired) => {
  const s = state({ desired })
  expect(planApp(s)).toEqual({ ...IDLE, remove: s.instances.map((i) => i.id), unroute: s.instances.map((i) => i.id) })
  expect(planApp(carriedOut(s, planApp(s)))).toEqual(IDLE)
})

test.each([
  [{ phase: 'failed', code: 'image_not_found', reason: 'No such image.' }, { ageMs: 0, pastDeadline: false }, 'image_not_found'],
  [{ phase: 'backoff', code: 'process_exited', restarts: 2 }, { ageMs: 0, pastDeadline: false }, 'process_exited'],
  [{ phase: 'pulling', code: 'registry_unavailable' }, { ageMs: 91_000, pastDeadline: false }, 'registry_unavailable'],
  [{ phase: 'pulling', code: 'registry_unavailable' }, { ageMs: 89_000, pastDeadline: false }, null],
  [{ phase: 'booting' }, { ageMs: 600_001, pastDeadline: true }, 'deadline_exceeded'],
  [{ phase: 'running', health: 'failing' }, { ageMs: 10, pastDeadline: false }, null],
])('a first rollout whose instance is %j ends as it should', (over, age, code) => {
  const s = state({ currentReleaseId: null, replicas: 1, active: { releaseId: NEW, ...age }, instances: [instance(NEW, over)] })
  const { outcome } = planApp(s)
  expect(outcome?.state === 'failed' ? outcome.code : null).toBe(code)
})

test('an app without any release and without a deployment runs nothing', () => {
  const s = state({ currentReleaseId: null, instances: [instance(NEW)] })
  expect(planApp(s)).toEqual({ ...IDLE, remove: s.instances.map((i) => i.id) })
})

/** As {@link carriedOut}, but what is removed lives on until it is said to have ended. */
const carriedOutSlowly = (s: AppState, plan: Plan): AppState => {
  const leaving = s.instances.filter((i) => plan.remove.includes(i.id)).map((i) => ({ ...i, desired: 'absent' as const, routed: false }))
  const next = carriedOut(s, plan)
  return { ...next, instances: [...leaving, ...next.instances] }
}

test('of an app with volumes never two instances live at once, and it ends serving the new release', () => {
  const events = fc.array(fc.constantFrom('boot', 'wait', 'end', 'deploy', 'fail'), { maxLength: 40 })
  fc.assert(fc.property(events, (list) => {
    let s: AppState = { ...rollout(1), exclusive: true }
    const step = (): void => {
      s = carriedOutSlowly(s, planApp(s))
      expect(s.instances.length).toBeLessThanOrEqual(1)
    }
    for (const event of list) {
      step()
      if (event === 'end') s = { ...s, instances: s.instances.filter((i) => i.desired === 'running') }
      else if (event === 'deploy') s = { ...s, active: { releaseId: NEW, ageMs: 0, pastDeadline: false } }
      else if (event === 'fail') s = { ...s, instances: s.instances.map((i) => ({ ...i, phase: 'failed', health: null, code: 'process_exited' })) }
      else s = happen(s, event)
    }
    for (let i = 0; i < 12; i++) {
      step()
      s = later(allHealthy({ ...s, instances: s.instances.filter((one) => one.desired === 'running' && one.phase !== 'failed') }), DRAIN_MS)
    }
    expect(s.instances.length).toBe(1)
    expect(s.instances.every(isServing)).toBe(true)
    expect(s.active).toBeNull()
  }))
})

const marked = (s: AppState, leaving: PlannedInstance['leaving'], count: number): AppState =>
  ({ ...s, instances: s.instances.map((i, n) => (n < count ? { ...i, leaving } : i)) })

test('instances that move keep serving until others do, whatever the order of health and time, and then go', () => {
  fc.assert(fc.property(some, some, fc.infiniteStream(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())), (replicas, count, coins) => {
    let now = marked({ ...state({ replicas }), instances: Array.from({ length: replicas }, () => serving(OLD)) }, 'moving', count)
    for (let i = 0; i < 30; i += 1) {
      const [healthyNow, waits, observed] = coins.next().value as [boolean, boolean, boolean]
      now = advance({ ...now, routesObserved: observed })
      if (healthyNow) now = allHealthy(now)
      if (waits) now = later(now, DRAIN_MS)
      expect(now.instances.filter(isServing).length).toBeGreaterThanOrEqual(replicas)
    }
    now = settled({ ...now, routesObserved: true })
    expect([now.instances.length, now.instances.filter((i) => i.leaving === null && isServing(i)).length]).toEqual([replicas, replicas])
  }))
})

test('lost instances leave the edge at once, stay where no other has room, and go when replaced', () => {
  const start = marked(state({ replicas: 3, instances: [serving(OLD), serving(OLD), serving(OLD)] }), 'lost', 2)
  const plan = planApp(start)
  expect(plan).toMatchObject({ create: { releaseId: OLD, count: 2 }, remove: [], unroute: start.instances.slice(0, 2).map((i) => i.id) })
  let stuck = start
  for (let i = 0; i < 5; i += 1) stuck = later(carriedOut(stuck, { ...planApp(stuck), create: null }), DRAIN_MS)
  expect(stuck.instances).toHaveLength(3)
  const back = settled({ ...stuck, instances: stuck.instances.map((i) => ({ ...i, leaving: null })) })
  expect(back.instances.map((i) => i.id)).toEqual(start.instances.map((i) => i.id))
  const replaced = settled(start)
  expect(replaced.instances.filter(isServing)).toHaveLength(3)
  expect(replaced.instances.filter((i) => i.leaving !== null)).toEqual([])
})

test('what is forced goes without waiting; an app with volumes is never started beside the one that is lost', () => {
  const forced = marked(state(), 'forced', 1)
  const after = later(advance(forced), DRAIN_MS)
  expect(planApp(after).remove).toEqual([forced.instances[0]?.id])
  const exclusive = marked(state({ replicas: 1, exclusive: true, instances: [serving(OLD)] }), 'lost', 1)
  expect(settled(exclusive).instances.map((i) => i.id)).toEqual(exclusive.instances.map((i) => i.id))
})
