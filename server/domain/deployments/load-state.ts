import type { SystemDb } from '../../core/db.ts'
import { Strategy } from '../../contract/strategy.ts'
import type { AppState } from './plan.ts'

/** Locks the app and reads what the planner decides on. Null when the app does not exist. */
export const loadState = async (db: SystemDb, appId: string) => {
  await db.$executeRaw`SELECT 1 FROM app WHERE id = ${appId} FOR UPDATE`
  const app = await db.app.findUnique({
    where: { id: appId },
    include: {
      org: { select: { id: true, networkIndex: true, regions: true, trusted: true } },
      deployments: { where: { state: { in: ['queued', 'running'] } }, include: { release: true } },
      _count: { select: { volumes: true } },
      // One whose right to write was taken counts as ended, whatever its silent node does.
      instances: { where: { endedAt: null, fencedAt: null }, orderBy: { createdAt: 'asc' } },
    },
  })
  if (!app) return null
  return { app, active: app.deployments[0] ?? null, exclusive: app._count.volumes > 0 }
}

export type Loaded = NonNullable<Awaited<ReturnType<typeof loadState>>>

/** Leases, deadlines and drains run on real time. */
export const toState = ({ app, active, exclusive }: Loaded, routesObserved: boolean, nowMs: number): AppState => ({
  desired: app.desired, replicas: app.replicas, currentReleaseId: app.currentReleaseId, routesObserved, exclusive,
  active: active
    ? { releaseId: active.releaseId, ageMs: nowMs - active.createdAt.getTime(), pastDeadline: nowMs > active.deadlineAt.getTime() }
    : null,
  strategy: Strategy.parse(active?.strategy ?? app.strategy),
  standbyReleaseId: app.standbyUntil && app.standbyUntil.getTime() > nowMs ? app.standbyReleaseId : null,
  instances: app.instances.map((i) => ({
    id: i.id, releaseId: i.releaseId, desired: i.desired === 'running' ? 'running' : 'absent', phase: i.phase, health: i.health, code: i.code,
    healthyMs: i.healthyAt ? nowMs - i.healthyAt.getTime() : null,
    reason: i.reason, restarts: i.restarts, routed: i.routed, unroutedMs: i.unroutedAt ? nowMs - i.unroutedAt.getTime() : null,
    leaving: i.nodeLost ? 'lost' : i.leaving === 'forced' ? 'forced' : i.leaving === null ? null : 'moving',
  })),
})
