import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { formatMoney } from '../../contract/money.ts'
import { toInstant } from '../../contract/time.ts'
import { invoiceLinks } from '../billing/index.ts'
import { queueMail } from '../mail/index.ts'

const PROVIDER_LABEL: Readonly<Record<string, string>> = { stripe: 'Stripe', paystack: 'Paystack' }

export const mailReceipt = defineJob({
  name: 'mail-receipt',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', async (db) => {
      const invoice = await db.invoice.findUniqueOrThrow({ where: { id } })
      const attempt = await db.paymentAttempt.findFirst({ where: { invoiceId: id, state: 'succeeded' }, orderBy: { updatedAt: 'desc' } })
      const org = await db.organization.findUniqueOrThrow({ where: { id: invoice.orgId } })
      if (!attempt) return
      await queueMail(db, {
        brandId: invoice.brandId, to: org.billingEmail, template: 'payment-received', dedupeKey: `payment-received:${attempt.id}`,
        props: {
          organization: org.name, number: invoice.number ?? '', amount: formatMoney(attempt.amount, attempt.currency),
          paid_at: toInstant(invoice.paidAt ?? attempt.updatedAt), provider: PROVIDER_LABEL[attempt.provider] ?? attempt.provider,
          reference: attempt.providerRef ?? attempt.id, ...(await invoiceLinks(db, invoice)),
        },
      })
    })
  },
})
