import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob, enqueue } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import type { Domain as Row } from '../../../prisma/generated/client.ts'
import { syncHost } from '../routes/index.ts'
import { certificateColumns } from './certificate-columns.ts'
import { mailAboutDomain } from './mails.ts'
import { currentIssuing, type Issuing } from './ports.ts'
import { checkCertificate, type Pair } from './rules/certificate.ts'
import { challengeLabel } from './rules/challenge.ts'

const ACTOR = { type: 'job', name: 'domains.obtain_certificates' } as const
const RENEW_MS = 30 * 86_400_000

/**
 * Real time. A wildcard just proven; each hour, of all that are proven, those without a certificate and those whose certificate of ours
 * ends within a month. One fails alone.
 */
export const obtainCertificates = defineJob({
  name: 'domains.obtain_certificates',
  payload: z.object({ subject_id: z.string().optional() }).loose(),
  run: async ({ subject_id: only }) => {
    const issuing = currentIssuing()
    if (!issuing) return
    const soon = { certificateSource: 'acme', certificateUntil: { lte: new Date(Date.now() + RENEW_MS) } }
    const due = await runtime().databases.asSystem('job', (db) => db.domain.findMany({
      where: { ...(only ? { id: only } : {}), verifiedAt: { not: null }, hostname: { startsWith: '*.' }, OR: [{ certificateSource: null }, soon] }, orderBy: { id: 'asc' },
    }))
    for (const row of due) await obtain(issuing, row)
  },
})

const obtain = async ({ authority, zone }: Issuing, row: Row): Promise<void> => {
  const label = challengeLabel(row.id)
  try {
    const { chain, key } = await authority.obtain({
      name: row.hostname, publish: (value) => zone.setTxt(label, value), withdraw: (value) => zone.removeTxt(label, value),
    })
    const pair = checkCertificate({ certificate: chain, private_key: key, chain: '' }, row.hostname, new Date())
    if ('faults' in pair) throw new Error(pair.faults.map((f) => f.message).join(' '))
    await keep(row, pair)
  } catch (error) {
    log.warn({ domain: row.id, error: String(error) }, 'the certificate of a domain could not be obtained')
    await fail(row, error instanceof Error ? error.message.slice(0, 500) : 'unknown')
  }
}

const keep = (row: Row, pair: Pair): Promise<void> => runtime().databases.asSystem('job', async (db) => {
  // Somebody may have uploaded one, or removed the domain, meanwhile.
  const unchanged = { id: row.id, certificateSource: row.certificateSource, certificateUntil: row.certificateUntil }
  const { count } = await db.domain.updateMany({ where: unchanged, data: certificateColumns(row.id, 'acme', pair) })
  if (count === 0) return
  await recordEvent(db, { ...about(row), type: 'domain.certificate_issued', data: { hostname: row.hostname, app_id: row.appId, expires_at: pair.until.toISOString() } })
  await enqueue(db, syncHost, { hostname: row.hostname })
})

/** Told once for each reason; what is served stays as it was. */
const fail = (row: Row, reason: string): Promise<void> => runtime().databases.asSystem('job', async (db) => {
  const news = { id: row.id, OR: [{ certificateFault: null }, { certificateFault: { not: reason } }] }
  const { count } = await db.domain.updateMany({ where: news, data: { certificateFault: reason } })
  if (count === 0) return
  await recordEvent(db, { ...about(row), type: 'domain.certificate_failed', data: { hostname: row.hostname, app_id: row.appId, reason } })
  if (row.certificateFault === null) await mailAboutDomain(db, row.id, 'certificate_failed')
})

const about = (row: Row) => ({ orgId: row.orgId, subject: { type: 'domain', id: row.id }, actor: ACTOR, requestId: null })
