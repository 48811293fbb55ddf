import { z } from 'zod'
import { DomainError, notFound } from '../../../core/error.ts'
import { defineJob } from '../../../core/job.ts'
import { defineList, type ListField } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { namedLike, organizationNames } from '../../billing/index.ts'
import { ProviderName } from '../payment-wire.ts'
import { PaidFor, paidFor, toPaidFor } from '../reads/of-invoice.ts'
import { findProvider } from '../registry.ts'
import { DISPUTE_STATES, settleDispute, type Dispute as DisputeRow } from './settle-dispute.ts'

const Dispute = z.object({
  id: z.string(), organization_id: z.string(), payment_id: z.string(), provider: ProviderName, reference: z.string(), amount: Money, fee: Money,
  reason: z.string(),
  state: z.enum(DISPUTE_STATES), due_by: Instant.nullable().describe('Until when the provider takes evidence'),
  evidence: z.string().nullable(), evidence_sent_at: Instant.nullable(), created_at: Instant, closed_at: Instant.nullable(),
})

const toDispute = (row: DisputeRow): z.infer<typeof Dispute> => ({
  id: row.id, organization_id: row.orgId, payment_id: row.attemptId, provider: row.provider, reference: row.providerDisputeId,
  amount: toMoney(row.amount, row.currency),
  fee: toMoney(row.fee, row.currency), reason: row.reason, state: DISPUTE_STATES.find((state) => state === row.state) ?? 'needs_response', due_by: toInstantOrNull(row.dueBy),
  evidence: row.evidence, evidence_sent_at: toInstantOrNull(row.evidenceSentAt), created_at: toInstant(row.createdAt), closed_at: toInstantOrNull(row.closedAt),
})

const list = defineList({
  name: 'admin.disputes', search: ['id', 'attemptId', 'attempt.invoice.number', 'orgId', 'providerDisputeId'],
  fields: {
    state: { kind: 'enum', values: DISPUTE_STATES, column: 'state', filter: true, sort: true }, provider: { kind: 'text', column: 'provider', filter: true },
    organization_id: { kind: 'text', column: 'orgId', filter: true }, payment_id: { kind: 'text', column: 'attemptId', filter: true },
    due_by: { kind: 'time', column: 'dueBy', range: true, sort: true, nullable: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  } satisfies Record<string, ListField>,
})

export const listDisputes = query({
  name: 'admin.disputes',
  summary: 'Disputed payments of every organization, newest first',
  scope: 'staff',
  input: z.strictObject(list.input),
  output: pageOf(Dispute.extend(PaidFor.shape)),
  rest: { method: 'GET', path: '/admin/disputes', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input, await namedLike(ctx.db, input.filter?.q))
    const rows = await ctx.db.dispute.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include: paidFor })
    const named = toPaidFor(await organizationNames(ctx.db, rows))
    return page.of(rows, (row) => ({ ...toDispute(row), ...named(row) }))
  },
})

/** What was written is stored first; it reaches the provider however often this has to be tried. */
export const sendEvidence = defineJob({
  name: 'send-dispute-evidence',
  payload: z.object({ dispute_id: z.string() }),
  run: async ({ dispute_id: id }) => {
    const dispute = await runtime().databases.asSystem('job', (db) => db.dispute.findUniqueOrThrow({ where: { id } }))
    const rail = findProvider(dispute.provider)
    if (!rail?.submitEvidence || !dispute.evidence || dispute.evidenceSentAt || dispute.state !== 'needs_response') return
    await rail.submitEvidence(dispute.providerDisputeId, dispute.evidence)
    await runtime().databases.asSystem('job', (db) => db.dispute.update({ where: { id }, data: { evidenceSentAt: runtime().clock.now() } }))
    const observed = await rail.fetchDispute?.(dispute.providerDisputeId)
    if (observed) await settleDispute(rail.name, observed)
  },
})

export const submitEvidence = command({
  name: 'admin.submit_dispute_evidence',
  summary: 'Answer a dispute: what was sold, and that it was used. Providers take one answer',
  scope: 'staff',
  input: z.strictObject({ dispute_id: z.string().max(60), evidence: z.string().trim().min(20).max(20_000) }),
  output: Dispute,
  rest: { method: 'POST', path: '/admin/disputes/{dispute_id}/evidence', tag: 'Billing' },
  run: async (ctx, { dispute_id: id, evidence }) => {
    await ctx.db.$queryRaw`SELECT id FROM dispute WHERE id = ${id} FOR UPDATE`
    const row = await ctx.db.dispute.findUnique({ where: { id } })
    if (!row) throw notFound('dispute')
    if (row.state !== 'needs_response') throw new DomainError('state_conflict', `This dispute is ${row.state.replaceAll('_', ' ')}: it takes no answer any more.`)
    if (row.evidenceSentAt) throw new DomainError('state_conflict', 'This dispute was answered already.')
    if (!findProvider(row.provider)?.submitEvidence) throw new DomainError('state_conflict', 'This provider takes evidence on its own pages only.')
    const after = await ctx.db.dispute.update({ where: { id }, data: { evidence } })
    await ctx.enqueue(sendEvidence, { dispute_id: id })
    await ctx.emit('dispute.evidence_submitted', { type: 'dispute', id }, { payment_id: row.attemptId }, row.orgId)
    return toDispute(after)
  },
})
