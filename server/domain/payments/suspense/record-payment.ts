import { z } from 'zod'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { formatMoney, toWireAmount } from '../../../contract/money.ts'
import { Instant } from '../../../contract/time.ts'
import { outstandingOf } from '../../billing/index.ts'
import { bookPayment } from '../book-payment.ts'
import { Payment, toPayment } from '../payment-wire.ts'

/** Cash, a cheque, a transfer nobody imported: the operator's word and what proves it. */
export const recordPayment = command({
  name: 'admin.record_payment',
  summary: 'Record a payment that arrived outside every provider, with what proves it',
  scope: 'staff',
  input: z.strictObject({
    invoice_id: z.string().max(60), amount: z.int().positive().describe('Minor units of the invoice\'s currency'),
    evidence: z.string().trim().min(5).max(2_000).describe('What proves it: bank reference, receipt number, who took it'),
    received_at: Instant.optional().describe('Now unless said'), reference: z.string().trim().min(1).max(120).describe('Names this payment; the same one is recorded once'),
  }),
  output: Payment,
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/payments', status: 201, tag: 'Billing', keyed: true },
  run: async (ctx, { invoice_id: invoiceId, amount, evidence, received_at: receivedAt, reference }) => {
    await ctx.db.$queryRaw`SELECT id FROM invoice WHERE id = ${invoiceId} FOR UPDATE`
    const invoice = await ctx.db.invoice.findFirst({ where: { id: invoiceId, number: { not: null } } })
    if (!invoice) throw notFound('invoice')
    const due = outstandingOf(invoice)
    if (due <= 0n) throw new DomainError('state_conflict', `Nothing is owed on this invoice: it is ${invoice.state}.`)
    if (BigInt(amount) > due) throw ruleViolated('/amount', 'exceeds_due', `Only ${formatMoney(due, invoice.currency)} are open. Record that much here, and the rest on another invoice.`)
    const at = receivedAt ? new Date(receivedAt) : ctx.now
    if (at > ctx.now) throw ruleViolated('/received_at', 'in_future', 'Money cannot have arrived later than now.')
    const providerRef = `${invoice.entityId}:${reference}`
    if (await ctx.db.paymentAttempt.findUnique({ where: { provider_providerRef: { provider: 'manual', providerRef } } })) {
      throw ruleViolated('/reference', 'recorded_before', 'A payment with this reference was recorded already.')
    }
    const attempt = await ctx.db.paymentAttempt.create({
      data: {
        id: newId('payment'), orgId: invoice.orgId, invoiceId, kind: 'manual', provider: 'manual', providerRef, amount: BigInt(amount), currency: invoice.currency,
        state: 'succeeded', reason: 'operator', evidence, recordedBy: ctx.user.userId,
      },
    })
    await bookPayment({ db: ctx.db, attempt, invoice, now: at }, BigInt(amount))
    await ctx.emit('payment.recorded', { type: 'payment', id: attempt.id }, { invoice_id: invoiceId, amount: toWireAmount(BigInt(amount)), currency: invoice.currency, reference }, invoice.orgId)
    return toPayment(attempt)
  },
})
