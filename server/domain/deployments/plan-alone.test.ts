import { expect, test } from 'vitest'
import { planApp, type AppState, type PlannedInstance } from './plan.ts'

const instance = (id: string, releaseId: string, phase: string): PlannedInstance => ({
  id, releaseId, desired: 'running', phase, health: 'ok', healthyMs: 3_600_000, code: null, reason: null, restarts: 0, routed: true, unroutedMs: null, leaving: null,
})
const asleep = instance('inst_1', 'rel_old', 'sleeping')
const state: AppState = {
  desired: 'running', replicas: 1, currentReleaseId: 'rel_old', standbyReleaseId: null, active: null,
  strategy: { type: 'rolling', max_surge: 1, max_unavailable: 0, min_healthy_seconds: 0 }, instances: [asleep], routesObserved: true, exclusive: false,
}

test('one that sleeps serves: nothing is replaced for it, and a new release takes its place like any other', () => {
  expect(planApp(state)).toEqual({ create: null, remove: [], route: [], unroute: [], progress: null, outcome: null })
  const active = { releaseId: 'rel_new', ageMs: 0, pastDeadline: false }
  const next = { ...state, active, instances: [asleep, instance('inst_2', 'rel_new', 'running')] }
  expect(planApp(next)).toMatchObject({ outcome: { state: 'succeeded' }, unroute: [asleep.id] })
})

// Seed 12 of chaos: its node was back before the portal had taken it back, and turned visitors away from what ran all the time.
test('a lost instance stays with the edge while nobody else serves: steady, rolling and cutting over', () => {
  const lost: PlannedInstance = { ...instance('inst_1', 'rel_old', 'running'), leaving: 'lost' }
  const alone = { ...state, instances: [lost] }
  expect(planApp(alone)).toMatchObject({ create: { releaseId: 'rel_old', count: 1 }, unroute: [], remove: [] })
  for (const type of ['rolling', 'blue_green'] as const) {
    const active = { releaseId: 'rel_new', ageMs: 0, pastDeadline: false }
    expect(planApp({ ...alone, active, strategy: { ...state.strategy, type } })).toMatchObject({ create: { releaseId: 'rel_new', count: 1 }, unroute: [], remove: [] })
  }
  expect(planApp({ ...alone, instances: [lost, instance('inst_2', 'rel_old', 'running')] }).unroute).toEqual([lost.id])
})
