import { z } from 'zod'
import { lookUp, proofName, proofValue } from '../../core/dns.ts'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

const GRACE_MS = 72 * 3_600_000

/** A domain whose record stays away for three days is nobody's again. A resolver that does not answer proves nothing. Real time. */
export const recheckDomains = defineJob({
  name: 'sso.recheck_domains',
  payload: z.object({}),
  run: async () => {
    const { databases } = runtime()
    const domains = await databases.asSystem('job', (db) => db.ssoDomain.findMany({ where: { verifiedAt: { not: null } } }))
    for (const { id, orgId, domain, token, missingSince } of domains) {
      const { values, fault } = await lookUp(proofName(domain), 'TXT')
      if (fault === 'unreachable') continue
      const present = values.includes(proofValue(token))
      const since = present ? null : missingSince ?? new Date()
      const lost = since !== null && Date.now() - since.getTime() > GRACE_MS
      await databases.asSystem('job', async (db) => {
        const data = { checkedAt: new Date(), answer: values, missingSince: since, ...(lost ? { verifiedAt: null } : {}) }
        await db.ssoDomain.updateMany({ where: { id }, data })
        if (!lost) return
        const actor = { type: 'job' as const, name: 'sso.recheck_domains' }
        await recordEvent(db, { orgId, type: 'sso_domain.lost', subject: { type: 'sso_domain', id }, data: { domain }, actor, requestId: null })
      })
    }
  },
})
