import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** A deleted organization is told nothing more: its endpoints go, with what waits for them and the log of what was sent. */
export const forgetWebhooks = defineJob({
  name: 'webhooks.forget_organization',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: async ({ subject_id: orgId }) => {
    await runtime().databases.asSystem('job', (db) => db.webhookEndpoint.deleteMany({ where: { orgId, org: { deletedAt: { not: null } } } }))
  },
})
