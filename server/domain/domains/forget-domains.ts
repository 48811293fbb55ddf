import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob, enqueueAll } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { releaseHostnames, syncHost } from '../routes/index.ts'

/** The names go first: whether they were a customer's own is told by the domain. */
const forget = async (db: SystemDb, appId: string): Promise<void> => {
  // As its deployments lock, so that the two never wait for each other.
  await db.$executeRaw`SELECT 1 FROM app WHERE id = ${appId} FOR UPDATE`
  await releaseHostnames(db, { appId })
  await db.domain.deleteMany({ where: { appId } })
  const leading = await db.domain.findMany({ where: { paths: { some: { appId } } }, select: { hostname: true } })
  await db.domainPath.deleteMany({ where: { appId } })
  await enqueueAll(db, leading.map(({ hostname }) => ({ job: syncHost, payload: { hostname } })))
}

/** The domains of a deleted app, and the paths that led to it. */
export const forgetApp = defineJob({
  name: 'domains.forget_app',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: ({ subject_id: appId }) => runtime().databases.asSystem('job', async (db) => {
    if (await db.app.count({ where: { id: appId, desired: 'deleted' } }) > 0) await forget(db, appId)
  }),
})

/** What is left of a deleted organization's, keys of certificates among it. */
export const forgetOrganization = defineJob({
  name: 'domains.forget_organization',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: ({ subject_id: orgId }) => runtime().databases.asSystem('job', async (db) => {
    const apps = await db.app.findMany({ where: { orgId, org: { deletedAt: { not: null } }, domains: { some: {} } }, select: { id: true } })
    for (const { id } of apps) await forget(db, id)
  }),
})
