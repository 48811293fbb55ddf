import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InstallStep } from '../../contract/install.ts'
import { planInstall, type AppProgress } from './plan.ts'

const NOW = '2026-11-21T00:00:00.000Z'
const steps = (count: number): InstallStep[] =>
  Array.from({ length: count }, (_, i) => ({ key: `s${i}`, app_id: `app_${i}`, app_name: `app-${i}`, state: 'waiting', started_at: null, finished_at: null }))
const apps = (progress: AppProgress['deployment'][], over: Partial<AppProgress> = {}) =>
  new Map(progress.map((deployment, i) => [`app_${i}`, { id: `app_${i}`, deployment, detail: null, deleted: false, ...over }]))

test('services start one after the other, each when the one before is healthy', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), (count) => {
    const progress: AppProgress['deployment'][] = Array.from({ length: count }, () => 'none')
    const started: string[] = []
    let current = steps(count)
    for (let round = 0; round < count * 2 + 2; round++) {
      const plan = planInstall(current, apps(progress), NOW)
      expect(plan.steps.filter((s) => s.state === 'running').length).toBeLessThanOrEqual(1)
      current = plan.steps
      if (plan.start) {
        started.push(plan.start)
        progress[Number(plan.start.slice(4))] = 'active'
        expect(planInstall(current, apps(progress), NOW)).toMatchObject({ start: null, state: 'running', steps: current })
      }
      for (const [i, p] of progress.entries()) if (p === 'active') progress[i] = 'succeeded'
    }
    expect(started).toEqual(steps(count).map((s) => s.app_id))
    expect(planInstall(current, apps(progress), NOW)).toMatchObject({ start: null, state: 'healthy', detail: null })
  }))
})

test('a failed service stops the install with its reason and starts nothing more', () => {
  const running = planInstall(steps(3), apps(['none', 'none', 'none']), NOW).steps
  const plan = planInstall(running, apps(['failed', 'none', 'none'], { detail: 'image not found' }), NOW)
  expect(plan).toMatchObject({ start: null, state: 'failed', detail: 'app-0: image not found' })
  expect(plan.steps.map((s) => s.state)).toEqual(['failed', 'waiting', 'waiting'])
})

test('a service deleted while it started fails the install', () => {
  const running = planInstall(steps(1), apps(['none']), NOW).steps
  expect(planInstall(running, apps(['active'], { deleted: true }), NOW)).toMatchObject({ state: 'failed', detail: 'app-0: it was deleted.' })
  expect(planInstall(running, new Map(), NOW).state).toBe('failed')
})
