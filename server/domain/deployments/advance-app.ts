import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob, enqueue, type JobDefinition } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { lateEdges } from '../routes/index.ts'
import { applyPlan } from './apply-plan.ts'
import { LOOK_MS, watchedState } from './canary/watch.ts'
import { loadState, type Loaded } from './load-state.ts'
import { DRAIN_MS, planApp, type AppState, type Plan } from './plan.ts'

/** How long one run waits for the edges to take over new routes before it leaves the rest to the next run. */
const ROUTE_WAIT_MS = 5_000
const MAX_PAUSE_MS = 300
/** A node that came back has room again; nobody else tells us. */
const ROOM_MS = 5_000
/** Acts of one run that wait for the one before; more than these are left to the next run. */
const ACTS = 4
const Payload = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

/** Brings one app nearer to what its owner asked for. Woken by events and by the sweep; safe to run at any time. */
export const advanceApp: JobDefinition<typeof Payload> = defineJob({
  name: 'deployments.advance',
  payload: Payload,
  run: async ({ subject_id: subjectId }) => {
    const appId = await appOf(subjectId)
    if (!appId) return
    for (let act = 0; act < ACTS; act += 1) {
      const next = await advanceOnce(appId)
      if (next === 'nothing') return
      if (next === 'routes' && !(await routesObserved(appId, ROUTE_WAIT_MS))) break
    }
    await runtime().databases.asSystem('job', (db) => wakeIn(db, appId, 'act', 1_000))
  },
})

const wakeIn = (db: SystemDb, appId: string, why: string, ms: number): Promise<void> =>
  enqueue(db, advanceApp, { subject_id: appId, org_id: null }, { key: `${why}:${appId}`, runAt: new Date(Date.now() + ms) })

const appOf = async (id: string): Promise<string | null> => {
  if (id.startsWith('app_')) return id
  return runtime().databases.asSystem('job', async (db) => {
    if (id.startsWith('inst_')) return (await db.instance.findUnique({ where: { id }, select: { appId: true } }))?.appId ?? null
    return (await db.deployment.findUnique({ where: { id }, select: { appId: true } }))?.appId ?? null
  })
}

/** What to do next: nothing before something happens, the next act at once, or the next act when the edges know the routes. */
const advanceOnce = (appId: string): Promise<'nothing' | 'act' | 'routes'> =>
  runtime().databases.asSystem('job', async (db) => {
    const loaded = await loadState(db, appId)
    if (!loaded) return 'nothing'
    const state = await watchedState(db, loaded, await lateEdges(db, appId) === 0, Date.now())
    const plan = planApp(state)
    const { routesChanged, ended, waits } = await applyPlan(db, loaded, plan)
    await wakeLater(db, loaded, state, plan)
    if (waits) await wakeIn(db, appId, 'room', ROOM_MS)
    if (ended) return 'act'
    if (state.desired !== 'running') return 'nothing'
    const replaces = state.active !== null || state.instances.some((i) => i.leaving !== null || (i.routed && i.releaseId !== state.currentReleaseId))
    return (routesChanged && replaces) || isHeldUp(state, plan) ? 'routes' : 'nothing'
  })

/** It could go on if the edges knew the routes; while it waits for anything else they do not matter. */
const isHeldUp = (state: AppState, plan: Plan): boolean =>
  !state.routesObserved && JSON.stringify(planApp({ ...state, routesObserved: true })) !== JSON.stringify(plan)

/** Time alone brings these further: nobody tells us. */
const wakeLater = async (db: SystemDb, { app }: Loaded, state: AppState, plan: Plan): Promise<void> => {
  if (state.desired !== 'running') return
  const appId = app.id
  if (state.standbyReleaseId && app.standbyUntil) await wakeIn(db, appId, 'standby', app.standbyUntil.getTime() - Date.now())
  const live = state.instances.filter((i) => i.desired === 'running')
  if (plan.unroute.length > 0 || live.some((i) => !i.routed && i.unroutedMs !== null && i.unroutedMs < DRAIN_MS)) await wakeIn(db, appId, 'drain', DRAIN_MS)
  if (state.active?.canary && plan.outcome === null) await wakeIn(db, appId, 'canary', LOOK_MS)
  const proof = state.strategy.min_healthy_seconds * 1000
  const waiting = live.flatMap((i) => (state.active && i.healthyMs !== null && i.healthyMs < proof ? proof - i.healthyMs : []))
  if (waiting.length > 0) await wakeIn(db, appId, 'proof', Math.min(...waiting) + 50)
}

const routesObserved = async (appId: string, limitMs: number): Promise<boolean> => {
  const end = Date.now() + limitMs
  for (let pauseMs = 30; Date.now() < end; pauseMs = Math.min(MAX_PAUSE_MS, 1.5 * pauseMs)) {
    await sleep(pauseMs)
    if (await runtime().databases.asSystem('job', (db) => lateEdges(db, appId)) === 0) return true
  }
  return false
}
