import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { payLink } from '../../billing/index.ts'
import { queueMail } from '../../mail/index.ts'
import { factsOf, paymentOf, Subject } from './subject.ts'

/** Every refund of the payment that left and was not told yet; the event may come before its row is settled, or once for several. */
export const mailRefunded = defineJob({
  name: 'mail-payment-refunded',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const payment = await paymentOf(db, id)
    if (!payment) return
    const refunds = await db.refund.findMany({ where: { attemptId: id, state: 'succeeded' } })
    const { url } = await payLink(db, payment.invoice)
    for (const refund of refunds) {
      await queueMail(db, {
        brandId: payment.invoice.brandId, to: payment.org.billingEmail, template: 'payment-refunded', dedupeKey: `payment-refunded:${refund.id}`,
        props: { ...factsOf(payment), amount: formatMoney(refund.amount, refund.currency), reason: refund.reason === '' ? 'Refunded' : refund.reason, url },
      })
    }
  }),
})
