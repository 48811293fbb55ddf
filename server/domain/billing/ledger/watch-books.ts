import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import type { LedgerFinding } from '../../../contract/ledger.ts'
import { consoleOrigin, queueMail } from '../../mail/index.ts'
import { checkRules } from './check-rules.ts'

const KEPT_FINDINGS = 100
const KEPT_DAYS = 90
const ACTOR = { type: 'job', name: 'watch-books' } as const

/** The same findings are told once a day, not once an hour. */
const mailStaff = async (db: SystemDb, findings: readonly LedgerFinding[], now: Date): Promise<void> => {
  const digest = createHash('sha256').update(JSON.stringify(findings)).digest('hex').slice(0, 16)
  const [first] = findings
  for (const user of await db.user.findMany({ where: { staff: true }, orderBy: { id: 'asc' } })) {
    await queueMail(db, {
      brandId: user.brandId, to: user.email, template: 'books-broken', dedupeKey: `books-broken:${digest}:${now.toISOString().slice(0, 10)}:${user.id}`,
      props: {
        rules: [...new Set(findings.map((finding) => finding.rule))].join(', '), count: String(findings.length),
        first: first ? `${first.subject}: ${first.detail}`.slice(0, 500) : '', url: `${await consoleOrigin(db, user.brandId)}/admin/ledger`,
      },
    })
  }
}

/** Checks every invariant, keeps the result, and tells the operator when one does not hold, and when all hold again. */
export const watchOverBooks = async (now: Date): Promise<LedgerFinding[]> => {
  const started = Date.now()
  const findings = await checkRules()
  await runtime().databases.asSystem('job', (db) => keep(db, findings, now, Date.now() - started))
  return findings
}

const keep = async (db: SystemDb, findings: readonly LedgerFinding[], now: Date, durationMs: number): Promise<void> => {
  const before = await db.ledgerCheck.findFirst({ orderBy: { at: 'desc' } })
  const ok = findings.length === 0
  const check = await db.ledgerCheck.create({
    data: { id: newId('ledgerCheck'), at: now, ok, findings: findings.slice(0, KEPT_FINDINGS), durationMs },
  })
  await db.ledgerCheck.deleteMany({ where: { at: { lt: new Date(now.getTime() - KEPT_DAYS * 86_400_000) } } })
  if (!ok) {
    log.error({ findings: findings.slice(0, 10), count: findings.length }, 'the books do not hold')
    await mailStaff(db, findings, now)
  }
  if (ok !== (before?.ok ?? true)) {
    const rules = [...new Set(findings.map((finding) => finding.rule))].join(', ')
    await recordEvent(db, {
      orgId: null, type: ok ? 'ledger.mended' : 'ledger.broken', subject: { type: 'ledger_check', id: check.id }, actor: ACTOR, requestId: null,
      data: { findings: findings.length, rules },
    })
  }
}

export const watchBooks = defineJob({
  name: 'watch-books',
  payload: z.unknown(),
  maxAttempts: 3,
  run: async () => { await watchOverBooks(runtime().clock.now()) },
})
