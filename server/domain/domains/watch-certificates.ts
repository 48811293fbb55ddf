import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { mailAboutDomain } from './mails.ts'

const ACTOR = { type: 'job', name: 'domains.watch_certificates' } as const
export const SOON_MS = 14 * 86_400_000

/** Real time, as browsers have it. One notice two weeks before, one when it is over; a new certificate begins again. */
export const watchCertificates = defineJob({
  name: 'domains.watch_certificates',
  payload: z.object({}),
  run: async () => {
    const { databases } = runtime()
    const now = new Date()
    const uploaded = { certificateSource: 'upload', app: { deletedAt: null } }
    const due = await databases.asSystem('job', (db) => db.domain.findMany({
      where: { ...uploaded, OR: [
        { certificateUntil: { lte: now }, OR: [{ certificateNotice: null }, { certificateNotice: 'expiring' }] },
        { certificateUntil: { gt: now, lte: new Date(now.getTime() + SOON_MS) }, certificateNotice: null },
      ] },
      select: { id: true, orgId: true, appId: true, hostname: true, certificateUntil: true, certificateNotice: true },
    }))
    for (const { id, orgId, appId, hostname, certificateUntil, certificateNotice } of due) {
      const notice = certificateUntil && certificateUntil <= now ? 'expired' : 'expiring'
      await databases.asSystem('job', async (db) => {
        const { count } = await db.domain.updateMany({ where: { id, certificateUntil, certificateNotice }, data: { certificateNotice: notice } })
        if (count === 0) return
        const data = { hostname, app_id: appId, expires_at: certificateUntil?.toISOString() ?? null }
        await recordEvent(db, { orgId, type: `domain.certificate_${notice}`, subject: { type: 'domain', id }, data, actor: ACTOR, requestId: null })
        await mailAboutDomain(db, id, `certificate_${notice}`)
      })
    }
  },
})
