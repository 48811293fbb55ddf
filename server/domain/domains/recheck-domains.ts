import { z } from 'zod'
import { lookUp, proofFault, proofName, proofValue, type DnsAnswer } from '../../core/dns.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import type { Domain as Row } from '../../../prisma/generated/client.ts'
import { releaseHostnames } from '../routes/index.ts'
import { mailAboutDomain } from './mails.ts'
import { baseOf } from './rules/hostname.ts'
import { judge, type Verdict } from './rules/proof.ts'

const ACTOR = { type: 'job', name: 'domains.recheck' } as const
const DAILY_MS = 23 * 3_600_000
const AT_ONCE = 20
const EVENTS: Partial<Record<Verdict, string>> = { failing: 'domain.failing', recovered: 'domain.recovered', lost: 'domain.lost' }

/** Real time. Each hour those whose record was missing, and of the others who was not looked at for a day. */
export const recheckDomains = defineJob({
  name: 'domains.recheck',
  payload: z.object({}),
  run: async () => {
    const { databases } = runtime()
    const stale = { OR: [{ missingSince: { not: null } }, { checkedAt: null }, { checkedAt: { lt: new Date(Date.now() - DAILY_MS) } }] }
    const due = await databases.asSystem('job', (db) => db.domain.findMany({ where: { verifiedAt: { not: null }, ...stale }, orderBy: { checkedAt: 'asc' } }))
    while (due.length > 0) await Promise.all(due.splice(0, AT_ONCE).map(recheck))
  },
})

const recheck = async (row: Row): Promise<void> => {
  const answer = await lookUp(proofName(baseOf(row.hostname)), 'TXT')
  await runtime().databases.asSystem('job', (db) => note(db, row, answer, new Date()))
}

const note = async (db: SystemDb, row: Row, answer: DnsAnswer, now: Date): Promise<void> => {
  const fault = proofFault(answer, proofValue(row.token))
  const verdict = judge(row, { present: fault === null, unreachable: answer.fault === 'unreachable' }, now)
  if (verdict === 'unknown') return
  const missingSince = verdict === 'proven' || verdict === 'recovered' ? null : row.missingSince ?? now
  const lost = verdict === 'lost' ? { verifiedAt: null, missingSince: null, lostAt: now } : { missingSince }
  // Somebody may have checked it by hand, moved or removed it meanwhile: then that counts.
  const asRead = { id: row.id, verifiedAt: row.verifiedAt, missingSince: row.missingSince, checkedAt: row.checkedAt }
  const { count } = await db.domain.updateMany({ where: asRead, data: { checkedAt: now, answer: answer.values, fault, ...lost } })
  const type = EVENTS[verdict]
  if (count === 0 || !type) return
  if (verdict === 'lost') await releaseHostnames(db, { hostname: row.hostname, orgId: row.orgId })
  const data = { hostname: row.hostname, app_id: row.appId }
  await recordEvent(db, { orgId: row.orgId, type, subject: { type: 'domain', id: row.id }, data, actor: ACTOR, requestId: null })
  if (verdict !== 'recovered') await mailAboutDomain(db, row.id, verdict === 'lost' ? 'lost' : 'failing')
}
