import { expect, test } from 'vitest'
import { planApp, type AppState, type PlannedInstance } from '../plan.ts'

const instance = (id: string, releaseId: string, healthy: boolean, routed: boolean): PlannedInstance => ({
  id, releaseId, desired: 'running', phase: healthy ? 'running' : 'booting', health: healthy ? 'ok' : null, healthyMs: healthy ? 60_000 : null, code: null, reason: null,
  restarts: 0, routed, unroutedMs: null, leaving: null,
})
const state = (instances: PlannedInstance[], wanted: number, told: number): AppState => ({
  desired: 'running', replicas: 4, currentReleaseId: 'old', standbyReleaseId: null, strategy: { type: 'canary', max_surge: 1, max_unavailable: 0, min_healthy_seconds: 0 },
  routesObserved: true, exclusive: false, active: { releaseId: 'new', ageMs: 0, pastDeadline: false, canary: { wanted, told, fault: null } }, instances,
})
const old = ['a', 'b', 'c', 'd'].map((id) => instance(id, 'old', true, true))

test('nobody of the new release gets requests before its share is told: without one each instance would get as many', () => {
  const [first, second] = [instance('e', 'new', true, false), instance('f', 'new', false, false)]
  expect(planApp(state([...old, first, second], 50, 0))).toMatchObject({ route: [], create: null })
  expect(planApp(state([...old, first, instance('f', 'new', true, false)], 50, 0))).toMatchObject({ route: ['e', 'f'], share: 50 })
})

test('an instance of the new release that was away joins those that have the share already', () => {
  const again = [...old.slice(0, 2), instance('e', 'new', true, true), instance('f', 'new', true, false)]
  expect(planApp(state(again, 50, 50)).route).toEqual(['f'])
})

test('instances of a release given up before serve until others do, and get no share of the new one', () => {
  const passing = [instance('x', 'between', true, true), instance('y', 'between', true, true)]
  const start = planApp(state([...old.slice(0, 2), ...passing], 5, 0))
  expect(start).toMatchObject({ create: { releaseId: 'new', count: 1 }, unroute: [], remove: [] })
  const later = planApp(state([...old.slice(0, 2), ...passing, instance('e', 'new', true, true)], 5, 5))
  expect([later.create, later.unroute]).toEqual([{ releaseId: 'old', count: 2 }, []])
  const end = planApp(state([...old, ...passing, instance('e', 'new', true, true)], 5, 5))
  expect(end.unroute).toEqual(['x', 'y'])
})
