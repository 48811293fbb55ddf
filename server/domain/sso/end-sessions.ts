import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** Sign-in by single sign-on alone begins with everybody signed out: sessions of before were opened in other ways. */
export const endOtherSessions = defineJob({
  name: 'sso.end_other_sessions',
  payload: z.object({ org_id: z.string(), keep: z.string().nullable() }),
  run: async ({ org_id: orgId, keep }) => {
    await runtime().databases.asSystem('job', async (db) => {
      const count = await db.$executeRaw`DELETE FROM session s USING "user" u, sso_domain d, sso_connection c
        WHERE s.user_id = u.id AND NOT u.staff AND d.org_id = ${orgId} AND d.verified_at IS NOT NULL AND d.brand_id = u.brand_id
          AND d.domain = split_part(u.email, '@', 2) AND c.org_id = d.org_id AND c.enforced_at IS NOT NULL AND s.created_at < c.enforced_at AND s.id <> ${keep ?? ''}`
      if (count === 0) return
      const actor = { type: 'job' as const, name: 'sso.end_other_sessions' }
      await recordEvent(db, { orgId, type: 'sso.sessions_ended', subject: { type: 'organization', id: orgId }, data: { ended: count }, actor, requestId: null })
    })
  },
})
