import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { toInstant } from '../../../contract/time.ts'
import { invoiceLinks, payLink } from '../../billing/index.ts'
import { consoleOrigin, queueMail } from '../../mail/index.ts'
import { paidBy, Subject } from './subject.ts'

/** When an invoice is paid: one mail for the payment that did it. */
export const mailReceipt = defineJob({
  name: 'mail-receipt',
  payload: Subject,
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', async (db) => {
      const invoice = await db.invoice.findUniqueOrThrow({ where: { id } })
      const attempt = await db.paymentAttempt.findFirst({ where: { invoiceId: id, state: 'succeeded' }, orderBy: { updatedAt: 'desc' }, include: { method: true } })
      if (!attempt) return
      const org = await db.organization.findUniqueOrThrow({ where: { id: invoice.orgId } })
      const origin = await consoleOrigin(db, invoice.brandId)
      const { token } = await payLink(db, invoice, origin)
      await queueMail(db, {
        brandId: invoice.brandId, to: org.billingEmail, template: 'payment-received', dedupeKey: `payment-received:${attempt.id}`,
        props: {
          organization: org.name, number: invoice.number ?? '', amount: formatMoney(attempt.amount, attempt.currency),
          paid_at: toInstant(invoice.paidAt ?? attempt.updatedAt), provider: paidBy(attempt), reference: attempt.providerRef ?? attempt.id,
          receipt_url: `${origin}/v1/pay-links/${token}/payments/${attempt.id}/receipt.pdf`, ...(await invoiceLinks(db, invoice)),
        },
      })
    })
  },
})
