import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'

/** Personal tokens made for one organization end with the membership: a later one must not bring them back to life. */
export const revokeTokensOf = defineJob({
  name: 'orgs.revoke_tokens',
  payload: z.object({ org_id: z.string(), user_id: z.string() }),
  run: async ({ org_id: orgId, user_id: userId }) => {
    await runtime().databases.asSystem('job', async (db) => {
      if (await db.membership.findFirst({ where: { orgId, userId }, select: { userId: true } })) return
      await db.apiToken.updateMany({ where: { orgId, userId, revokedAt: null }, data: { revokedAt: new Date() } })
    })
  },
})
