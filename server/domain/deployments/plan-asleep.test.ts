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
