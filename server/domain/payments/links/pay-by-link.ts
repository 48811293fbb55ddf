import { z } from 'zod'
import type { CompositeOperation } from '../../../core/composite.ts'
import { call, command } from '../../../core/operation.ts'
import { beginPayment, StartedPayment } from '../pay-invoice.ts'
import { prepareAttempt, WayToPay } from '../prepare-attempt.ts'
import { LinkToken, openLink } from './open-link.ts'

/** Nothing is stored for the customer by somebody who only holds a link. */
const Input = LinkToken.extend({ provider: WayToPay.provider, phone: WayToPay.phone })

export const createAttemptByLink = command({
  name: 'pay_links.create_attempt', summary: 'Record the intention to pay the invoice of a link', scope: 'public', input: Input, output: z.object({ payment_id: z.string() }),
  quiet: 'a reused attempt is no news; a new one tells by payment.started',
  run: async (ctx, { token, provider, phone }) => {
    const { invoice } = await openLink(ctx, token)
    const { attempt, fresh } = await prepareAttempt(ctx.db, {
      invoiceId: invoice.id, provider, saveMethod: false, phone: phone ?? null, returnUrl: `${ctx.brand.origin}/pay/${token}`,
    })
    if (fresh) await ctx.emit('payment.started', { type: 'payment', id: attempt.id }, { invoice_id: invoice.id, provider, by: 'link' }, invoice.orgId)
    return { payment_id: attempt.id }
  },
})

/** As `invoices.pay`, for whoever holds the link; the same try again is the same payment. */
export const payByLink: CompositeOperation<typeof Input, typeof StartedPayment> = {
  kind: 'composite', name: 'pay_links.pay', summary: 'Pay the invoice of a signed link: send the payer to checkout_url, or show message or instructions', scope: 'public',
  input: Input, output: StartedPayment, rest: { method: 'POST', path: '/pay-links/{token}/payments', tag: 'Billing' },
  handle: (meta, raw) => beginPayment(() => call(createAttemptByLink, meta, raw)),
}
