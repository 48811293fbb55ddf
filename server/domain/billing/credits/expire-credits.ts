import { z } from 'zod'
import type { CreditGrant } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney, toWireAmount } from '../../../contract/money.ts'
import { consoleOrigin, queueMail } from '../../mail/index.ts'
import { postTransactions } from '../ledger/post-transaction.ts'
import { creditExpired } from '../rules/ledger.ts'
import { localDateOf } from '../rules/period.ts'

const BATCH = 200
export const WARNING_DAYS = 14
const WARNING_MS = WARNING_DAYS * 86_400_000
const ACTOR = { type: 'job', name: 'expire-credits' } as const

const told = (db: SystemDb, type: string, grant: CreditGrant): Promise<void> => recordEvent(db, {
  orgId: grant.orgId, type, subject: { type: 'credit', id: grant.id }, actor: ACTOR, requestId: null,
  data: { amount: toWireAmount(grant.remaining), currency: grant.currency },
})

/** Books what is left as breakage, dated at the expiry itself. */
const expireBatch = (now: Date): Promise<number> => runtime().databases.asSystem('job', async (db) => {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM credit_grant WHERE remaining > 0 AND expires_at <= ${now}::timestamptz ORDER BY org_id, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
  const grants = await db.creditGrant.findMany({ where: { id: { in: due.map((row) => row.id) } }, orderBy: [{ orgId: 'asc' }, { id: 'asc' }] })
  const moves = grants.map((grant) => ({ grant, useId: newId('creditUse'), at: grant.expiresAt ?? now }))
  await db.creditUse.createMany({
    data: moves.map(({ grant, useId, at }) => ({ id: useId, orgId: grant.orgId, grantId: grant.id, kind: 'expired', amount: -grant.remaining, at })),
  })
  await postTransactions(db, moves.map(({ grant, useId, at }) => ({
    brandId: grant.brandId, entityId: grant.entityId, orgId: grant.orgId, at,
    transaction: creditExpired({ useId, currency: grant.currency, amount: grant.remaining, kind: grant.kind === 'paid' ? 'paid' : 'promotional' }),
  })))
  for (const grant of grants) await told(db, 'credit.expired', grant)
  return grants.length
})

const warn = async (db: SystemDb, grant: CreditGrant, now: Date): Promise<void> => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: grant.orgId } })
  await db.creditGrant.update({ where: { id: grant.id }, data: { warnedAt: now } })
  await told(db, 'credit.expiring', grant)
  await queueMail(db, {
    brandId: grant.brandId, to: org.billingEmail, template: 'credits-expiring', dedupeKey: `credits-expiring:${grant.id}`,
    props: {
      organization: org.name, amount: formatMoney(grant.remaining, grant.currency), expires_on: localDateOf(grant.expiresAt ?? now, org.timezone),
      url: `${await consoleOrigin(db, grant.brandId)}/${org.slug}/billing/credits`,
    },
  })
}

/** Credit given for less than that is not announced again: who gave it said so. */
const warnBatch = (now: Date): Promise<number> => runtime().databases.asSystem('job', async (db) => {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM credit_grant WHERE remaining > 0 AND warned_at IS NULL AND expires_at > ${now}::timestamptz AND expires_at <= ${new Date(now.getTime() + WARNING_MS)}::timestamptz
      AND created_at < expires_at - ${WARNING_MS}::int * interval '1 millisecond' ORDER BY org_id, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
  const grants = await db.creditGrant.findMany({ where: { id: { in: due.map((row) => row.id) } } })
  for (const grant of grants) await warn(db, grant, now)
  return grants.length
})

/** How many grants expired or were announced to. */
export const expireDueCredits = async (now: Date): Promise<number> => {
  let done = 0
  for (const batch of [expireBatch, warnBatch]) {
    for (let count = await batch(now); count > 0; count = await batch(now)) done += count
  }
  return done
}

/** The next expiry or its announcement in `(after, upTo]`, so that a moved test clock can stop there. */
export const nextExpiryAt = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>(
    `SELECT min(at) AS at FROM (
       SELECT expires_at AS at FROM credit_grant WHERE remaining > 0
       UNION ALL SELECT expires_at - $3 * interval '1 millisecond' FROM credit_grant
         WHERE remaining > 0 AND warned_at IS NULL AND created_at < expires_at - $3 * interval '1 millisecond') due
     WHERE at > $1 AND at <= $2`, [after, upTo, WARNING_MS])
  return rows[0]?.at ?? null
}

export const expireCredits = defineJob({
  name: 'expire-credits',
  payload: z.unknown(),
  run: async () => { await expireDueCredits(runtime().clock.now()) },
})
