import { z } from 'zod'
import type { TenantDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { queueDeployment } from '../apps/index.ts'
import { planInstall, type AppProgress } from './plan.ts'
import { stepsOf } from './wire.ts'

const ACTOR = { type: 'job', name: 'installs.advance' } as const

/** Starts the next service of an install when the one before is healthy. Woken by the install and by its apps' deployments. */
export const advanceInstall = defineJob({
  name: 'installs.advance',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: subjectId, org_id: orgId }) => {
    if (!orgId) return
    const org = await runtime().databases.asSystem('job', (db) => db.organization.findUnique({ where: { id: orgId }, select: { brandId: true } }))
    if (!org) return
    await runtime().databases.inTenant({ orgId, brandId: org.brandId, appIds: null }, async (db) => {
      const installId = await installOf(db, subjectId)
      if (installId) await advance(db, orgId, installId)
    })
  },
})

const installOf = async (db: TenantDb, id: string): Promise<string | null> => {
  if (id.startsWith('ins_')) return id
  const deployment = await db.deployment.findFirst({ where: { id }, select: { app: { select: { installId: true } } } })
  return deployment?.app.installId ?? null
}

const advance = async (db: TenantDb, orgId: string, installId: string): Promise<void> => {
  // Waits for a deletion or suspension under way, and holds one back: what it stopped must not be started here.
  const [org] = await db.$queryRaw<{ stopped: boolean }[]>`
    SELECT delete_after IS NOT NULL OR standing IN ('suspended', 'terminated') AS stopped FROM organization WHERE id = ${orgId} FOR SHARE`
  if (org?.stopped !== false) return
  await db.$executeRaw`SELECT 1 FROM catalog_install WHERE id = ${installId} FOR UPDATE`
  const row = await db.catalogInstall.findFirst({ where: { id: installId, state: { in: ['running', 'failed'] } } })
  if (!row) return
  const emit = (type: string, subject: { type: string; id: string }, data = {}) =>
    recordEvent(db, { orgId, type, subject, data, actor: ACTOR, requestId: null })
  const plan = planInstall(stepsOf(row), await progressOf(db, installId), new Date().toISOString())
  if (plan.start) {
    const app = await db.app.update({ where: { id: plan.start }, data: { desired: 'running' } })
    await queueDeployment({ db, emit, userId: row.createdBy }, app, 'create')
  }
  const ended = plan.state !== 'running'
  await db.catalogInstall.update({
    where: { id: installId }, data: { services: plan.steps, state: plan.state, errorDetail: plan.detail, finishedAt: ended ? new Date() : null },
  })
  if (plan.state !== row.state || plan.start) await emit(ended ? `install.${plan.state}` : 'install.progressed', { type: 'install', id: installId })
}

const progressOf = async (db: TenantDb, installId: string): Promise<Map<string, AppProgress>> => {
  const apps = await db.app.findMany({ where: { installId }, include: { deployments: { orderBy: { createdAt: 'desc' }, take: 1 } } })
  return new Map(apps.map((a) => {
    const last = a.deployments[0]
    const deployment = !last ? 'none' : last.state === 'succeeded' ? 'succeeded' : last.state === 'queued' || last.state === 'running' ? 'active' : 'failed'
    return [a.id, { id: a.id, deployment, detail: last?.errorDetail ?? null, deleted: a.deletedAt !== null }]
  }))
}
