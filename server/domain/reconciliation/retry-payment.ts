import { z } from 'zod'
import { DomainError, notFound } from '../../core/error.ts'
import { defineJob } from '../../core/job.ts'
import { command } from '../../core/operation.ts'
import { chargeInvoice } from '../payments/index.ts'

export const retryCharge = defineJob({
  name: 'retry-charge',
  payload: z.object({ invoice_id: z.string(), key: z.string() }),
  run: async ({ invoice_id: id, key }) => { await chargeInvoice(id, { reason: 'operator', key }) },
})

const RETRIED = new Set(['failed', 'canceled', 'expired', 'requires_action'])

export const retryPayment = command({
  name: 'admin.retry_payment', summary: 'Charge the customer\'s stored method once more for the invoice of a payment that failed', scope: 'staff',
  input: z.strictObject({ payment_id: z.string().max(60) }), output: z.object({ queued: z.literal(true) }),
  rest: { method: 'POST', path: '/admin/payments/{payment_id}/retry', status: 202, tag: 'Reconciliation', keyed: true },
  run: async (ctx, { payment_id: id }) => {
    const payment = await ctx.db.paymentAttempt.findUnique({ where: { id }, include: { invoice: { select: { state: true } } } })
    if (!payment) throw notFound('payment')
    if (!RETRIED.has(payment.state)) throw new DomainError('state_conflict', `This payment is ${payment.state}: there is nothing to try again.`)
    if (!['finalised', 'partially_paid'].includes(payment.invoice.state)) throw new DomainError('state_conflict', `Nothing is owed on its invoice any more: it is ${payment.invoice.state}.`)
    const methods = await ctx.db.paymentMethod.count({ where: { orgId: payment.orgId, state: 'active', isDefault: true, reusable: true } })
    if (methods === 0) throw new DomainError('state_conflict', 'The customer has no stored method that could be charged. Send them the invoice instead.')
    await ctx.enqueue(retryCharge, { invoice_id: payment.invoiceId, key: `operator:${id}` }, { key: `retry-charge:${payment.invoiceId}` })
    await ctx.emit('reconciliation.retry_asked', { type: 'payment', id }, { invoice_id: payment.invoiceId })
    return { queued: true as const }
  },
})
