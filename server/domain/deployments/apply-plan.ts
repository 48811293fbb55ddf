import { z } from 'zod'
import type { CanaryStep } from '../../contract/canary.ts'
import { Step } from '../../contract/deployment.ts'
import { Strategy } from '../../contract/strategy.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { endSteps, parseSteps } from '../canary/index.ts'
import { lockNodes, removeObject } from '../nodes/index.ts'
import { releaseHostnames, writeRoutesOfApp } from '../routes/index.ts'
import { createInstances, lockPlacement, type Refusal } from './create-instances.ts'
import type { Loaded } from './load-state.ts'
import type { Plan } from './plan.ts'
import { advanceSteps, failSteps, finishSteps } from './steps.ts'

const ACTOR = { type: 'job', name: 'deployments.advance' } as const

/** With so much of its deadline left a deployment still waits for a node: the last refusal is what its owner reads. */
const LAST_TRY_MS = 15_000

interface Applied {
  routesChanged: boolean
  ended: boolean
  /** There is no room now, but a node that just fell silent has some. */
  waits: boolean
}

/** Carries a plan out in the caller's transaction. */
export const applyPlan = async (db: SystemDb, loaded: Loaded, plan: Plan): Promise<Applied> => {
  const { app } = loaded
  await db.instance.updateMany({ where: { id: { in: plan.route } }, data: { routed: true, unroutedAt: null } })
  await db.instance.updateMany({ where: { id: { in: plan.unroute } }, data: { routed: false, unroutedAt: new Date() } })
  await db.instance.updateMany({ where: { id: { in: plan.remove } }, data: { desired: 'absent' } })
  const moved = plan.route.length > 0 || plan.unroute.length > 0 || app.desired !== 'running'
  const divides = plan.share !== undefined || (loaded.active?.canaryShare ?? 0) > 0
  await lockInOrder(db, loaded, plan, moved || divides)
  for (const id of plan.remove) await removeInstance(db, loaded, id)
  const refused = plan.create ? await createInstances(db, loaded, plan.create.releaseId, plan.create.count) : null
  if (plan.create) await tellDrains(db, loaded, refused)
  const waits = refused?.passes === true && (loaded.active?.deadlineAt.getTime() ?? Infinity) - Date.now() > LAST_TRY_MS
  const refusal = waits ? null : refused
  const ended = loaded.active !== null && (refusal !== null || plan.outcome !== null)
  const shareChanged = await divideRequests(db, loaded, ended ? 0 : plan.share)
  const routesChanged = moved || shareChanged
  if (routesChanged) await writeRoutes(db, loaded)
  if (!loaded.active && app.standbyUntil && app.standbyUntil.getTime() <= Date.now()) {
    await db.app.update({ where: { id: app.id }, data: { standbyReleaseId: null, standbyUntil: null } })
  }
  await recordProgress(db, loaded, plan, { refusal, waiting: waits ? refused.detail : null })
  return { routesChanged, ended, waits }
}

/** What the edges are told of a canary; nothing more of it when it is over. */
const divideRequests = async (db: SystemDb, { active }: Loaded, share: number | undefined): Promise<boolean> => {
  if (!active || share === undefined || active.canaryShare === share) return false
  await db.deployment.update({ where: { id: active.id }, data: { canaryShare: share } })
  return true
}

/**
 * What is written below locks nodes as it comes to them; two apps that did so in orders of their own would wait for each other. Volumes are
 * locked before their node by whoever reports them, so an app that has some takes that one when it has them.
 */
const lockInOrder = async (db: SystemDb, { exclusive }: Loaded, plan: Plan, routesMayChange: boolean): Promise<void> => {
  if (plan.create) await lockPlacement(db)
  const takesVolumes = exclusive && plan.create !== null
  if ((routesMayChange || plan.remove.length > 0 || plan.create) && !takesVolumes) await lockNodes(db)
}

/** Whoever drains a node sees why what is there does not go. */
const tellDrains = async (db: SystemDb, { app }: Loaded, refusal: Refusal | null): Promise<void> => {
  const nodeIds = app.instances.filter((i) => i.leaving !== null).map((i) => i.nodeId)
  if (nodeIds.length === 0) return
  await db.nodeDrain.updateMany({ where: { nodeId: { in: nodeIds }, state: 'running' }, data: { detail: refusal ? `${app.name}: ${refusal.detail}` : null } })
}

const removeInstance = async (db: SystemDb, { app }: Loaded, id: string): Promise<void> => {
  const instance = app.instances.find((i) => i.id === id)
  if (instance) await removeObject(db, instance.nodeId, 'vm', id)
}

/** Every edge gets the names that lead to the app; a deleted app's names go. */
const writeRoutes = async (db: SystemDb, { app }: Loaded): Promise<void> => {
  if (app.desired === 'deleted') await releaseHostnames(db, { appId: app.id })
  await writeRoutesOfApp(db, app.id)
}

/** `waiting`: why it does not go on, though it is not given up. */
interface Room { refusal: Refusal | null; waiting: string | null }

const recordProgress = async (db: SystemDb, loaded: Loaded, plan: Plan, { refusal, waiting }: Room): Promise<void> => {
  const { app, active } = loaded
  if (!active) return
  const now = new Date()
  const steps = z.array(Step).parse(active.steps)
  const outcome = refusal ? ({ state: 'failed', code: refusal.code, detail: refusal.detail } as const) : plan.outcome
  const emit = (type: string, data: Record<string, string> = {}) =>
    recordEvent(db, { orgId: app.orgId, type, subject: { type: 'deployment', id: active.id }, data: { app_id: app.id, ...data }, actor: ACTOR, requestId: null })
  if (!outcome) {
    const next = plan.progress === null ? steps : advanceSteps(steps, plan.progress, now)
    if (JSON.stringify(next) === JSON.stringify(steps) && active.state === 'running' && active.errorDetail === waiting) return
    await db.deployment.update({ where: { id: active.id }, data: { state: 'running', steps: next, errorDetail: waiting } })
    return emit('deployment.progressed')
  }
  if (outcome.state === 'succeeded') {
    await db.deployment.update({ where: { id: active.id }, data: { state: 'succeeded', steps: finishSteps(steps, now), errorDetail: null, finishedAt: now, ...endedCanary(active, 'done', null, now) } })
    await db.release.update({ where: { id: active.releaseId }, data: { servedAt: now, retiredAt: null } })
    await takeOver(db, loaded, active, now)
    return emit('deployment.succeeded')
  }
  await db.deployment.update({
    where: { id: active.id },
    data: { state: 'failed', steps: failSteps(steps, now), errorCode: outcome.code, errorDetail: outcome.detail, finishedAt: now, ...endedCanary(active, 'aborted', outcome.detail, now) },
  })
  await emit('deployment.failed', { code: outcome.code })
}

const endedCanary = ({ canary }: NonNullable<Loaded['active']>, how: 'done' | 'aborted', note: string | null, now: Date): { canary?: CanaryStep[] } => {
  const steps = parseSteps(canary)
  return steps ? { canary: endSteps(steps, how, note, now) } : {}
}

/** After a blue-green deployment what served before is kept for a while, to go back to at once. */
const takeOver = async (db: SystemDb, { app, exclusive }: Loaded, active: NonNullable<Loaded['active']>, now: Date): Promise<void> => {
  const strategy = Strategy.parse(active.strategy)
  const before = app.currentReleaseId
  const keeps = strategy.type === 'blue_green' && !exclusive && strategy.rollback_window_minutes > 0 && before !== null && before !== active.releaseId
  const until = keeps ? new Date(now.getTime() + strategy.rollback_window_minutes * 60_000) : null
  await db.app.update({ where: { id: app.id }, data: { currentReleaseId: active.releaseId, standbyReleaseId: keeps ? before : null, standbyUntil: until } })
}
