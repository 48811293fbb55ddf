import type { DunningCase, Organization } from '../../../prisma/generated/client.ts'
import type { SystemDb } from '../../core/db.ts'
import type { Facts, InvoiceFacts, StandingName } from './plan.ts'
import { policyOf, type Policy } from './policy.ts'
import { isDead, type LastFailure, type Method } from './retry-rule.ts'

export interface Account { org: Organization; own: DunningCase | null; policy: Policy; facts: Facts }

interface OpenRow { id: string; issued_at: Date; due_at: Date; failure_code: string | null; provider: string | null; method_id: string | null }

/** Credit that was ordered and an upgrade that waits for its money are the customer's own choice: nobody is reminded of those. */
const openInvoices = async (db: SystemDb, orgId: string): Promise<InvoiceFacts[]> => {
  const rows = await db.$queryRaw<OpenRow[]>`
    SELECT i.id, i.issued_at, i.due_at, last.failure_code, last.provider, last.method_id
    FROM invoice i LEFT JOIN LATERAL (
      SELECT CASE a.state WHEN 'requires_action' THEN 'authentication_required' ELSE a.failure_code END AS failure_code, a.provider, a.method_id FROM payment_attempt a
      WHERE a.org_id = i.org_id AND a.invoice_id = i.id AND a.kind = 'off_session' AND a.state IN ('failed', 'requires_action') ORDER BY a.created_at DESC, a.id DESC LIMIT 1) last ON true
    WHERE i.org_id = ${orgId} AND i.state IN ('finalised', 'partially_paid') AND i.kind NOT IN ('pro_forma', 'credit_purchase')
      AND i.total > i.amount_paid + i.amount_credited AND i.issued_at IS NOT NULL AND i.due_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM subscription_change c WHERE c.org_id = i.org_id AND c.invoice_id = i.id AND c.state = 'awaiting_payment')
    ORDER BY i.due_at, i.id`
  return rows.map((row) => ({ id: row.id, issuedAt: row.issued_at, dueAt: row.due_at, lastFailure: failureOf(row) }))
}

const failureOf = ({ provider, failure_code: code, method_id: methodId }: OpenRow): LastFailure | null =>
  (provider === null ? null : { provider, code, methodId })

/** Charged without asking only where the customer said so, and not by what was lost or has ended for another invoice. */
const methodOf = async (db: SystemDb, { id: orgId, autoPay }: Organization): Promise<Method | null> => {
  if (!autoPay) return null
  const method = await db.paymentMethod.findFirst({ where: { orgId, isDefault: true, state: 'active', reusable: true }, select: { id: true, provider: true } })
  const last = method && await db.paymentAttempt.findFirst({ where: { orgId, methodId: method.id, kind: 'off_session' }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
  return last?.state === 'failed' && last.failureCode !== null && isDead(last.failureCode) ? null : method
}

const STANDINGS: readonly StandingName[] = ['good', 'past_due', 'suspended', 'terminated']
export const standingOfRow = (name: string): StandingName => STANDINGS.find((one) => one === name) ?? 'good'

/** Null for an organization that is gone. */
export const loadAccount = async (db: SystemDb, orgId: string, now: Date): Promise<Account | null> => {
  const org = await db.organization.findUnique({ where: { id: orgId, deletedAt: null }, include: { brand: { select: { dunningPolicy: true } } } })
  if (!org) return null
  const own = await db.dunningCase.findUnique({ where: { orgId } })
  const invoices = await openInvoices(db, orgId)
  const steps = await db.dunningStep.findMany({
    where: { orgId, OR: [{ invoiceId: { in: invoices.map(({ id }) => id) } }, { kind: { in: ['last_notice', 'terminate'] } }] }, select: { key: true, doneAt: true },
  })
  return {
    org, own, policy: policyOf(org.brand.dunningPolicy),
    facts: {
      now, timezone: org.timezone, standing: standingOfRow(org.standing), suspendedAt: org.suspendedAt, held: own?.heldAt != null,
      pausedUntil: own?.pausedUntil && own.pausedUntil > now ? own.pausedUntil : null, method: await methodOf(db, org), invoices,
      done: new Map(steps.map(({ key, doneAt }) => [key, doneAt])),
    },
  }
}
