import { z } from 'zod'
import { command } from '../../core/operation.ts'
import { prepareAttempt, WayToPay } from './prepare-attempt.ts'

export const createPaymentAttempt = command({
  name: 'payments.create_attempt',
  summary: 'Record the intention to pay an invoice',
  scope: 'org',
  permission: 'billing:pay',
  quiet: 'a reused attempt is no news; a new one tells by payment.started',
  input: z.strictObject({ invoice_id: z.string().max(60), ...WayToPay }),
  output: z.object({ payment_id: z.string() }),
  run: async (ctx, input) => {
    const { attempt, fresh } = await prepareAttempt(ctx.db, {
      invoiceId: input.invoice_id, provider: input.provider, saveMethod: input.save_method ?? false, phone: input.phone ?? null, returnUrl: null,
    })
    if (fresh) await ctx.emit('payment.started', { type: 'payment', id: attempt.id }, { invoice_id: attempt.invoiceId, provider: attempt.provider })
    return { payment_id: attempt.id }
  },
})
