import { z } from 'zod'
import type { UserContext } from '../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { defineList, type ListField } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { formatMoney, toWireAmount } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { namedLike, organizationNames } from '../../billing/index.ts'
import { isHeldBack } from '../disputes/held-back.ts'
import { stateOf, type PaymentAttempt } from '../payment-wire.ts'
import { PaidFor, paidFor, toPaidFor } from '../reads/of-invoice.ts'
import { findProvider } from '../registry.ts'
import { isPaid } from '../rules/payment-state.ts'
import { bookRefund, refundedOf, showRefunded } from './book-refund.ts'
import { Refund, REFUND_STATES, toRefund } from './refund-wire.ts'
import { sendRefund } from './send-refund.ts'

const fields = {
  state: { kind: 'enum', values: REFUND_STATES, column: 'state', filter: true, sort: true }, payment_id: { kind: 'text', column: 'attemptId', filter: true },
  provider: { kind: 'text', column: 'provider', filter: true }, currency: { kind: 'text', column: 'currency', filter: true },
  amount: { kind: 'bigint', column: 'amount', range: true, sort: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
} as const satisfies Record<string, ListField>
const own = defineList({ name: 'refunds', fields })
const all = defineList({ name: 'admin.refunds', search: ['id', 'attemptId', 'attempt.invoice.number', 'orgId'], fields: { ...fields, organization_id: { kind: 'text', column: 'orgId', filter: true } } })

export const listRefunds = query({
  name: 'refunds.list',
  summary: 'Money that went back to the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(own.input),
  output: pageOf(Refund),
  rest: { method: 'GET', path: '/refunds', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = own.page(ctx, input)
    return page.of(await ctx.db.refund.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toRefund)
  },
})

export const listAllRefunds = query({
  name: 'admin.refunds',
  summary: 'Refunds of every organization, newest first',
  scope: 'staff',
  input: z.strictObject(all.input),
  output: pageOf(Refund.extend(PaidFor.shape)),
  rest: { method: 'GET', path: '/admin/refunds', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input, await namedLike(ctx.db, input.filter?.q))
    const rows = await ctx.db.refund.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include: paidFor })
    const named = toPaidFor(await organizationNames(ctx.db, rows))
    return page.of(rows, (row) => ({ ...toRefund(row), ...named(row) }))
  },
})

const lock = async (ctx: UserContext, id: string): Promise<PaymentAttempt> => {
  await ctx.db.$queryRaw`SELECT id FROM payment_attempt WHERE id = ${id} FOR UPDATE`
  const row = await ctx.db.paymentAttempt.findUnique({ where: { id } })
  if (!row) throw notFound('payment')
  if (!isPaid(stateOf(row))) throw new DomainError('state_conflict', 'This payment did not arrive: there is nothing to refund.')
  if (await isHeldBack(ctx.db, id)) throw new DomainError('state_conflict', 'This payment is disputed: its money is held back, or went back already.')
  return row
}

const receivedFor = async ({ db }: UserContext, row: PaymentAttempt): Promise<bigint> => {
  const { _sum } = await db.ledgerEntry.aggregate({ where: { amount: { gt: 0 }, transaction: { businessKey: `payment_received:${row.id}` } }, _sum: { amount: true } })
  return _sum.amount ?? 0n
}

/** The note that says what is given back; without one the refund stays open in the books until there is. */
const assertNote = async ({ db }: UserContext, row: PaymentAttempt, id: string, amount: bigint): Promise<void> => {
  const note = await db.creditNote.findFirst({ where: { id, orgId: row.orgId } })
  if (note?.invoiceId !== row.invoiceId) throw ruleViolated('/credit_note_id', 'other_invoice', 'This credit note belongs to another invoice.')
  if (note.settlement !== 'refund') throw ruleViolated('/credit_note_id', 'not_refunded', 'This credit note was not settled by a refund.')
  const { _sum } = await db.refund.aggregate({ where: { creditNoteId: id, state: { not: 'failed' } }, _sum: { amount: true } })
  const left = note.total - (_sum.amount ?? 0n)
  if (amount > left) throw ruleViolated('/amount', 'exceeds_credit_note', `Of this credit note ${formatMoney(left, note.currency)} are left to refund.`)
}

export const refundPayment = command({
  name: 'admin.refund_payment',
  summary: 'Send a payment back, or part of it, the way it came',
  scope: 'staff',
  input: z.strictObject({
    payment_id: z.string().max(60), amount: z.int().positive().optional().describe('Minor units; all that is left unless said'),
    reason: z.string().trim().min(3).max(300), credit_note_id: z.string().max(60).optional().describe('What it settles; see POST /admin/invoices/{invoice_id}/credit-notes'),
  }),
  output: Refund,
  rest: { method: 'POST', path: '/admin/payments/{payment_id}/refunds', status: 201, tag: 'Billing', keyed: true },
  run: async (ctx, { payment_id: attemptId, reason, credit_note_id: noteId, ...input }) => {
    const row = await lock(ctx, attemptId)
    const left = await receivedFor(ctx, row) - await refundedOf(ctx.db, attemptId)
    const amount = input.amount === undefined ? left : BigInt(input.amount)
    if (left <= 0n) throw new DomainError('state_conflict', 'All of this payment was refunded already.')
    if (amount > left) throw ruleViolated('/amount', 'exceeds_payment', `Of this payment ${formatMoney(left, row.currency)} are left to refund.`)
    const how = findProvider(row.provider)?.capabilities.refunds ?? 'none'
    if (how === 'full' && amount < row.amount) throw ruleViolated('/amount', 'partial_unsupported', 'This provider refunds whole payments only.')
    if (noteId) await assertNote(ctx, row, noteId, amount)
    const id = newId('refund')
    const refund = await ctx.db.refund.create({
      data: {
        id, orgId: row.orgId, attemptId, provider: row.provider, amount, currency: row.currency, reason, key: id, creditNoteId: noteId ?? null,
        requestedBy: ctx.user.userId,
        state: how === 'none' ? 'succeeded' : 'requested',
      },
    })
    await ctx.emit('refund.requested', { type: 'payment', id: attemptId }, { refund_id: id, amount: toWireAmount(amount), currency: row.currency, reason }, row.orgId)
    if (how === 'none') await settleByHand(ctx, row, refund)
    else await ctx.enqueue(sendRefund, { refund_id: id })
    return toRefund(refund)
  },
})

/** The rail sends nothing back: a person did, and says so here. */
const settleByHand = async (ctx: UserContext, attempt: PaymentAttempt, refund: Parameters<typeof bookRefund>[1]): Promise<void> => {
  await ctx.db.$queryRaw`SELECT id FROM invoice WHERE id = ${attempt.invoiceId} FOR UPDATE`
  const booking = { db: ctx.db, attempt, invoice: await ctx.db.invoice.findUniqueOrThrow({ where: { id: attempt.invoiceId } }), now: ctx.now }
  await bookRefund(booking, refund)
  await showRefunded(booking)
}
