import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'

/** A deleted organization's lines are sent nowhere any more. */
export const forgetDrains = defineJob({
  name: 'logs.forget_organization',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: async ({ subject_id: orgId }) => {
    await runtime().databases.asSystem('job', (db) => db.logDrain.deleteMany({ where: { orgId, org: { deletedAt: { not: null } } } }))
  },
})
