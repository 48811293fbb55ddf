import { z } from 'zod'
import { recordEvent, subscribe } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { needsRedeploy, readUses } from '../secrets/index.ts'
import { queueDeployment } from './queue-deployment.ts'

const ACTOR = { type: 'job', name: 'apps.roll_out_secrets' } as const

/** Deploys what runs with another version of that secret than the newest, or still with a deleted one. Run twice it finds nothing left. */
const rollOutSecrets = defineJob({
  name: 'apps.roll_out_secrets',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: secretId, org_id: orgId }) => {
    if (!orgId) return
    const org = await runtime().databases.asSystem('job', (db) => db.organization.findUnique({ where: { id: orgId }, select: { brandId: true } }))
    if (!org) return
    await runtime().databases.inTenant({ orgId, brandId: org.brandId, appIds: null }, async (db) => {
      const emit = (type: string, subject: { type: string; id: string }, data = {}) =>
        recordEvent(db, { orgId, type, subject, data, actor: ACTOR, requestId: null })
      const uses = (await readUses(db, orgId)).filter((use) => needsRedeploy(use) && [...use.wanted, ...use.held].some((d) => d.secretId === secretId))
      for (const { appId } of uses) {
        await db.$executeRaw`SELECT 1 FROM app WHERE id = ${appId} FOR UPDATE`
        const app = await db.app.findFirst({ where: { id: appId, desired: 'running', deletedAt: null } })
        if (app) await queueDeployment({ db, emit, userId: null }, app, 'update')
      }
    })
  },
})

export const subscribeApps = (): void => subscribe('secret.rollout_requested', rollOutSecrets)
export const appJobs = [rollOutSecrets]
