import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { defineJob, enqueue } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { applyPlan } from './apply-plan.ts'
import { loadState, toState } from './load-state.ts'
import { DRAIN_MS, planApp, ROUTING } from './plan.ts'

/** How long one run waits for the edges to take over new routes before it leaves the rest to the next run. */
const ROUTE_WAIT_MS = 5_000

/** Brings one app nearer to what its owner asked for. Woken by events and by the sweep; safe to run at any time. */
export const advanceApp = defineJob({
  name: 'deployments.advance',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: subjectId }) => {
    const appId = await appOf(subjectId)
    if (!appId) return
    const first = await advanceOnce(appId)
    if (first.awaitsRoutes && (await routesObserved(ROUTE_WAIT_MS))) await advanceOnce(appId)
  },
})

const appOf = async (id: string): Promise<string | null> => {
  if (id.startsWith('app_')) return id
  return runtime().databases.asSystem('job', async (db) => {
    if (id.startsWith('inst_')) return (await db.instance.findUnique({ where: { id }, select: { appId: true } }))?.appId ?? null
    return (await db.deployment.findUnique({ where: { id }, select: { appId: true } }))?.appId ?? null
  })
}

const advanceOnce = (appId: string): Promise<{ awaitsRoutes: boolean }> =>
  runtime().databases.asSystem('job', async (db) => {
    const loaded = await loadState(db, appId)
    if (!loaded) return { awaitsRoutes: false }
    const state = toState(loaded, await edgesUpToDate(db), Date.now())
    const plan = planApp(state)
    const routesChanged = await applyPlan(db, loaded, plan)
    const draining = plan.unroute.length > 0 || state.instances.some((i) => i.desired === 'running' && !i.routed && i.unroutedMs !== null && i.unroutedMs < DRAIN_MS)
    if (draining && state.desired === 'running') {
      await enqueue(db, advanceApp, { subject_id: appId, org_id: null }, { key: `drain:${appId}`, runAt: new Date(Date.now() + DRAIN_MS) })
    }
    if (!loaded.active) return { awaitsRoutes: routesChanged && state.instances.some((i) => i.leaving !== null) }
    return { awaitsRoutes: plan.outcome === null && (routesChanged || plan.progress === ROUTING) }
  })

const edgesUpToDate = async (db: { $queryRaw: <T>(q: TemplateStringsArray) => Promise<T> }): Promise<boolean> => {
  const [row] = await db.$queryRaw<{ late: number }[]>`SELECT count(*)::int AS late FROM node WHERE status = 'ready' AND observed_index < desired_index`
  return (row?.late ?? 0) === 0
}

const routesObserved = async (limitMs: number): Promise<boolean> => {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(30)) {
    const { rows } = await runtime().databases.systemPool.query<{ late: number }>(
      `SELECT count(*)::int AS late FROM node WHERE status = 'ready' AND observed_index < desired_index`)
    if (rows[0]?.late === 0) return true
  }
  return false
}
