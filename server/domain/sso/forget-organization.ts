import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** A deleted organization holds neither its provider's secret nor its domains: somebody else may prove them. */
export const forgetSso = defineJob({
  name: 'sso.forget_organization',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: async ({ subject_id: orgId }) => {
    await runtime().databases.asSystem('job', async (db) => {
      if (!(await db.organization.findFirst({ where: { id: orgId, deletedAt: { not: null } }, select: { id: true } }))) return
      await db.ssoConnection.deleteMany({ where: { orgId } })
      await db.ssoDomain.deleteMany({ where: { orgId } })
    })
  },
})
