import type { OrgContext } from '../../core/context.ts'
import { newId } from '../../core/id.ts'
import { canarySeconds } from '../../contract/canary.ts'
import { STEP_KEYS, type Step } from '../../contract/deployment.ts'
import { Strategy } from '../../contract/strategy.ts'
import { firstSteps as firstShares } from '../canary/index.ts'
import { anyNodeCan } from '../nodes/index.ts'
import { freezeSecrets } from '../secrets/index.ts'

/** Pull, boot and health check of every instance must end within this real time, unless another was asked for. */
const DEADLINE_S = { base: 600, each: 30 }

interface AppRow {
  id: string; orgId: string; image: string; command: string[]; env: unknown; port: number | null; vcpu: number; memoryMib: number; diskMib: number
  health: unknown; public: boolean; name: string; strategy: unknown; replicas: number; sleepAfterMinutes: number | null
}
type Reason = 'create' | 'deploy' | 'update' | 'start' | 'restart' | 'rollback'

const firstSteps = (now: Date): Step[] =>
  STEP_KEYS.map((key, i) => ({ key, state: i === 0 ? 'running' : 'waiting', started_at: i === 0 ? now.toISOString() : null, finished_at: null }))

/** Also what a job that acts for an organization can bring. */
export type DeployContext = Pick<OrgContext, 'db' | 'emit'> & { userId: string | null }

/** Freezes the app's settings as its next release and queues the deployment; an unfinished one gives way. */
export const queueDeployment = async (ctx: DeployContext, app: AppRow, reason: Reason, strategy: unknown = app.strategy): Promise<string> => {
  const { releaseCount } = await ctx.db.app.update({ where: { id: app.id }, data: { releaseCount: { increment: 1 } }, select: { releaseCount: true } })
  const release = await ctx.db.release.create({
    data: {
      id: newId('release'), orgId: app.orgId, appId: app.id, number: releaseCount, image: app.image,
      config: {
        command: app.command, env: app.env as object, port: app.port, vcpu: app.vcpu, memoryMib: app.memoryMib, diskMib: app.diskMib,
        health: app.health as object, public: app.public, sleepAfterMinutes: app.sleepAfterMinutes,
      },
    },
  })
  await freezeSecrets(ctx.db, release, app.env)
  return deployRelease(ctx, app, release, { reason, strategy: Strategy.parse(strategy) })
}

/** A canary needs somebody to be compared with, and edges that divide requests. */
const possible = async ({ db }: DeployContext, appId: string, releaseId: string, strategy: Strategy): Promise<Strategy> => {
  if (strategy.type !== 'canary') return strategy
  const serving = await db.instance.count({ where: { appId, releaseId: { not: releaseId }, desired: 'running', endedAt: null, routed: true } })
  return serving > 0 && await anyNodeCan('share') ? strategy : { ...strategy, type: 'rolling' }
}

/** The caller holds the app's row. What waits to be gone back to goes, unless it is this. */
export const deployRelease = async (
  ctx: DeployContext, app: Pick<AppRow, 'id' | 'orgId' | 'replicas'>, release: { id: string; number: number }, { reason, strategy: asked }: { reason: Reason; strategy: Strategy },
): Promise<string> => {
  const now = new Date()
  const strategy = await possible(ctx, app.id, release.id, asked)
  const canary = strategy.type === 'canary' ? strategy.canary : null
  await ctx.db.deployment.updateMany({ where: { appId: app.id, state: { in: ['queued', 'running'] } }, data: { state: 'superseded', finishedAt: now } })
  await ctx.db.app.updateMany({ where: { id: app.id, standbyReleaseId: { not: release.id } }, data: { standbyReleaseId: null, standbyUntil: null } })
  const seconds = strategy.deadline_seconds ?? DEADLINE_S.base + DEADLINE_S.each * app.replicas + (canary ? canarySeconds(canary) : 0)
  const deployment = await ctx.db.deployment.create({
    data: {
      id: newId('deployment'), orgId: app.orgId, appId: app.id, releaseId: release.id, reason, state: 'queued', steps: firstSteps(now), strategy,
      ...(canary ? { canary: firstShares(canary) } : {}),
      deadlineAt: new Date(now.getTime() + seconds * 1000), createdBy: ctx.userId,
    },
  })
  await ctx.emit('deployment.queued', { type: 'deployment', id: deployment.id }, { app_id: app.id, reason, release: release.number, strategy: strategy.type })
  return deployment.id
}
