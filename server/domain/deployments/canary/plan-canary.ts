import { choose, free, gone, healthy, ids, progress, proven, serves, type AppState, type CanaryState, type Plan, type PlannedInstance } from '../planned.ts'

/** As many as carry that share of what all of them carry, one at least. */
const instancesFor = (percent: number, replicas: number): number =>
  (percent <= 0 ? 0 : Math.min(replicas, Math.ceil((replicas * percent) / 100)))

interface Sides {
  fresh: PlannedInstance[]
  surplus: PlannedInstance[]
  /** Of the release that served before. */
  old: PlannedInstance[]
  /** They serve until others do: of a release given up, or on their way off a node. */
  passing: PlannedInstance[]
  /** Of no use: they never served. */
  stray: PlannedInstance[]
}

const sidesOf = (s: AppState, live: PlannedInstance[], target: string, wanted: number): Sides => {
  const { keep: fresh, surplus } = choose(live.filter((i) => i.releaseId === target && i.leaving === null), wanted)
  const others = live.filter((i) => !fresh.includes(i) && !surplus.includes(i) && !gone(i))
  const old = others.filter((i) => i.releaseId === s.currentReleaseId && i.leaving === null)
  const passing = others.filter((i) => !old.includes(i) && i.routed)
  return { fresh, surplus, old, passing, stray: others.filter((i) => !old.includes(i) && !i.routed) }
}

/** The share is told to every edge, and all who shall answer it do. */
export const isDivided = (s: AppState, target: string, { wanted, told }: Pick<CanaryState, 'wanted' | 'told'>): boolean => {
  const needed = instancesFor(wanted, s.replicas)
  const serving = s.instances.filter((i) => i.releaseId === target && i.desired === 'running' && i.leaving === null && serves(i) && proven(s, i))
  return told === wanted && serving.length >= needed && s.routesObserved
}

/** The new release gets as many instances as its share needs; then the share grows; then as many old ones go as are not needed any more. */
export const planCanary = (s: AppState, live: PlannedInstance[], target: string, { wanted, told }: Pick<CanaryState, 'wanted' | 'told'>): Plan => {
  const needed = instancesFor(wanted, s.replicas)
  const sides = sidesOf(s, live, target, needed)
  const { fresh, surplus, old, passing, stray } = sides
  const serving = fresh.filter((i) => serves(i) && proven(s, i)).length
  const ready = fresh.length === needed && fresh.every((i) => proven(s, i))
  const settled = ready && serving === needed && isDivided(s, target, { wanted, told })
  const rest = Math.max(instancesFor(100 - wanted, s.replicas), s.replicas - serving)
  const { keep: stay, surplus: spare } = choose(old, settled ? rest : s.replicas)
  const due = settled ? rest : s.replicas - (s.routesObserved ? serving : 0)
  const { keep: wait, surplus: passed } = choose(passing, Math.max(0, due - stay.filter(serves).length))
  const forced = live.filter((i) => i.leaving === 'forced')
  const done = settled && wanted === 100
  const going = [...surplus, ...spare, ...passed, ...stray, ...forced, ...(done ? [...stay, ...wait] : [])]
  return {
    create: creation(s, live, target, { fresh: needed - fresh.length, old: rest - old.length }),
    remove: ids(going.filter(free)),
    route: ids([...fresh.filter((i) => !i.routed && proven(s, i) && (ready || told > 0)), ...(done ? [] : stay.filter((i) => !i.routed && healthy(i)))]),
    unroute: ids([...going, ...live.filter((i) => i.leaving === 'lost')].filter((i) => i.routed)),
    progress: progress(fresh, needed),
    outcome: done ? { state: 'succeeded' } : null,
    ...(ready && told !== wanted ? { share: wanted } : {}),
  }
}

/** The new ones first; of the old release only what is missing, as when its node was lost, and never beyond twice the wanted number. */
const creation = (s: AppState, live: PlannedInstance[], target: string, missing: { fresh: number; old: number }): Plan['create'] => {
  if (missing.fresh > 0) return { releaseId: target, count: missing.fresh }
  const count = Math.min(missing.old, 2 * s.replicas - live.length)
  return s.currentReleaseId !== null && count > 0 ? { releaseId: s.currentReleaseId, count } : null
}
