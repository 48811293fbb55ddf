import { z } from 'zod'
import type { InvoiceAdjustment as AdjustmentRow } from '../../../../prisma/generated/client.ts'
import type { UserContext } from '../../../core/context.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { Adjustment, ADJUSTMENT_STATES } from '../../../contract/invoice.ts'
import { CurrencyCode, MinorAmount, toMoney, toWireAmount } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { settingsOf } from '../billing-settings.ts'
import { addInvoiceItem } from '../items/add-invoice-item.ts'
import { needsApproval } from './approval-rule.ts'

const names = async (db: SystemDb, rows: readonly AdjustmentRow[]): Promise<(row: AdjustmentRow) => Adjustment> => {
  const people = await db.user.findMany({ where: { id: { in: rows.flatMap((row) => [row.requestedBy, row.decidedBy ?? '']) } }, select: { id: true, name: true } })
  const orgs = await db.organization.findMany({ where: { id: { in: rows.map((row) => row.orgId) } }, select: { id: true, name: true } })
  const person = (id: string) => ({ id, name: people.find((p) => p.id === id)?.name ?? id })
  return (row) => ({
    id: row.id, organization_id: row.orgId, organization_name: orgs.find((o) => o.id === row.orgId)?.name ?? row.orgId, amount: toMoney(row.amount,
      row.currency),
    description: row.description, reason: row.reason, state: ADJUSTMENT_STATES.find((s) => s === row.state) ?? 'requested', requested_by: person(row.requestedBy),
    decided_by: row.decidedBy === null ? null : person(row.decidedBy), decision_note: row.decisionNote, decided_at: toInstantOrNull(row.decidedAt),
      created_at: toInstant(row.createdAt),
  })
}
const toAdjustment = async (db: SystemDb, row: AdjustmentRow): Promise<Adjustment> => (await names(db, [row]))(row)

const apply = async (ctx: UserContext, row: AdjustmentRow): Promise<void> => {
  const { id, orgId, currency, amount, description, product, reason } = row
  await addInvoiceItem(ctx.db, { orgId, currency, kind: 'adjustment', description, amount, product, reason, key: `adjustment:${id}` })
  await ctx.emit('adjustment.approved', { type: 'adjustment', id }, { amount: toWireAmount(amount), currency }, orgId)
}

const fields = {
  state: { kind: 'enum', column: 'state', values: ADJUSTMENT_STATES, filter: true }, organization_id: { kind: 'text', column: 'orgId', filter: true },
  created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
} as const
const all = defineList({ name: 'admin.adjustments', search: ['description', 'reason'], fields })

export const listAdjustments = query({
  name: 'admin.adjustments', summary: 'Corrections by hand: what was asked for and what became of it', scope: 'staff',
  input: z.strictObject(all.input), output: pageOf(Adjustment), rest: { method: 'GET', path: '/admin/adjustments', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input)
    const rows = await ctx.db.invoiceAdjustment.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, await names(ctx.db, rows))
  },
})

export const requestAdjustment = command({
  name: 'admin.request_adjustment', summary: 'Correct an organization\'s next invoice by hand; above the seller\'s limit a second person approves it first', scope: 'staff',
  input: z.strictObject({
    organization_id: z.string().max(60), amount: MinorAmount.describe('Minor units before tax; negative takes off'), currency: CurrencyCode, product: z.string().trim().min(1).max(60).default('services'),
    description: z.string().trim().min(1).max(300).describe('As printed on the invoice'), reason: z.string().trim().min(3).max(300),
  }),
  output: Adjustment, rest: { method: 'POST', path: '/admin/adjustments', status: 201, tag: 'Billing', keyed: true },
  run: async (ctx, { organization_id: orgId, ...input }) => {
    const org = await ctx.db.organization.findUnique({ where: { id: orgId }, include: { brand: { select: { billingSettings: true } } } })
    if (!org) throw notFound('organization')
    if (input.currency !== org.currency) throw ruleViolated('/currency', 'wrong_currency', `This organization is billed in ${org.currency}.`)
    if (input.amount === 0) throw ruleViolated('/amount', 'zero', 'An adjustment of nothing changes nothing.')
    const amount = BigInt(input.amount)
    const waits = needsApproval(amount, org.currency, settingsOf(org.brand.billingSettings).approvalLimits)
    const row = await ctx.db.invoiceAdjustment.create({
      data: {
        ...input, amount, id: newId('adjustment'), orgId, brandId: org.brandId, requestedBy: ctx.user.userId, createdAt: ctx.now,
        ...(waits ? { state: 'requested' } : { state: 'approved', decidedBy: ctx.user.userId, decidedAt: ctx.now }),
      },
    })
    if (waits) await ctx.emit('adjustment.requested', { type: 'adjustment', id: row.id }, { amount: input.amount, currency: org.currency }, orgId)
    else await apply(ctx, row)
    return toAdjustment(ctx.db, row)
  },
})

export const decideAdjustment = command({
  name: 'admin.decide_adjustment', summary: 'Approve or reject an adjustment somebody else asked for', scope: 'staff',
  input: z.strictObject({ adjustment_id: z.string().max(60), approve: z.boolean(), note: z.string().trim().max(300).optional() }), output: Adjustment,
  rest: { method: 'POST', path: '/admin/adjustments/{adjustment_id}/decision', tag: 'Billing' },
  run: async (ctx, { adjustment_id: id, approve, note }) => {
    await ctx.db.$queryRaw`SELECT id FROM invoice_adjustment WHERE id = ${id} FOR UPDATE`
    const row = await ctx.db.invoiceAdjustment.findUnique({ where: { id } })
    if (!row) throw notFound('adjustment')
    if (row.state !== 'requested') throw new DomainError('state_conflict', `This adjustment was ${row.state} already.`)
    if (approve && row.requestedBy === ctx.user.userId) throw new DomainError('forbidden', 'You asked for this adjustment yourself. Somebody else must approve it.')
    const decided = await ctx.db.invoiceAdjustment.update({
      where: { id }, data: { state: approve ? 'approved' : 'rejected', decidedBy: ctx.user.userId, decidedAt: ctx.now, decisionNote: note ?? null },
    })
    if (approve) await apply(ctx, decided)
    else await ctx.emit('adjustment.rejected', { type: 'adjustment', id }, {}, row.orgId)
    return toAdjustment(ctx.db, decided)
  },
})
