import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import type { SystemDb } from '../../core/db.ts'
import { query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { OrganizationExport, StandingReport } from '../../contract/dunning.ts'
import { toMoney, type Money } from '../../contract/money.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { outstandingOf, type InvoiceRow } from '../billing/index.ts'
import { loadAccount, type Account } from './facts.ts'
import { dunningPlan } from './plan.ts'

const DAY_MS = 86_400_000
const SHOWN_STEPS = 8

const owedIn = (rows: readonly InvoiceRow[]): Money[] => [...Map.groupBy(rows, (row) => row.currency)].sort()
  .map(([currency, of]) => toMoney(of.reduce((sum, row) => sum + outstandingOf(row), 0n), currency))

const openWire = (row: InvoiceRow, now: Date) => ({
  id: row.id, number: row.number ?? '', amount_due: toMoney(outstandingOf(row), row.currency), due_at: toInstant(row.dueAt ?? now),
  days_overdue: Math.max(0, Math.floor((now.getTime() - (row.dueAt ?? now).getTime()) / DAY_MS)),
})

const report = async (db: SystemDb, { org, own, policy, facts }: Account, supportEmail: string): Promise<z.input<typeof StandingReport>> => {
  const rows = await db.invoice.findMany({ where: { id: { in: facts.invoices.map(({ id }) => id) } }, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] })
  const suspended = facts.standing === 'suspended' || facts.standing === 'terminated'
  return {
    organization_id: org.id, standing: facts.standing, suspended_at: toInstantOrNull(org.suspendedAt),
    suspended_by: suspended ? (facts.held ? 'operator' : 'unpaid') : null, stopped_apps: own?.stoppedAppIds.length ?? 0,
    owed: owedIn(rows), invoices: rows.map((row) => openWire(row, facts.now)),
    next: dunningPlan(policy, facts).filter(({ skip, at }) => !skip && at > facts.now).slice(0, SHOWN_STEPS)
      .map(({ kind, at, invoiceId }) => ({ kind, at: toInstant(at), invoice_id: invoiceId })),
    paused_until: toInstantOrNull(facts.pausedUntil), export_available: own?.export != null, support_email: supportEmail,
  }
}

/** The policy is the seller's and none of a tenant's tables; the caller was authorised for this one organization. */
export const getStanding = query({
  name: 'billing.standing', summary: 'Whether everything is paid, what happens next if not, and how to pay', scope: 'org', permission: 'billing:read',
  input: z.strictObject({}), output: StandingReport, rest: { method: 'GET', path: '/billing/standing', tag: 'Billing' },
  run: (ctx) => runtime().databases.asSystem('job', async (db) => {
    const account = await loadAccount(db, ctx.orgId, ctx.now)
    if (!account) throw notFound('organization')
    return report(db, account, ctx.brand.supportEmail)
  }),
})

export const getStandingExport = query({
  name: 'billing.standing_export', summary: 'What the organization had when it was deleted, without the value of any secret', scope: 'org', permission: 'org:delete',
  input: z.strictObject({}), output: OrganizationExport, rest: { method: 'GET', path: '/billing/standing/export', tag: 'Billing' },
  run: async ({ db }) => {
    const own = await db.dunningCase.findFirst({ select: { export: true } })
    if (!own?.export) throw notFound('export')
    return OrganizationExport.parse(own.export)
  },
})
