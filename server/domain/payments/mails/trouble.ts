import type { SystemDb } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { failureWords, isMismatch } from '../../../contract/payment-words.ts'
import { invoiceLinks, outstandingOf, payLink } from '../../billing/index.ts'
import { queueMail } from '../../mail/index.ts'
import { factsOf, paymentOf, Subject, type MailedPayment } from './subject.ts'

/** Nobody was there to see it, and the invoice still waits for the money. */
const unseen = (payment: MailedPayment | null): payment is MailedPayment =>
  payment !== null && payment.kind === 'off_session' && ['finalised', 'partially_paid'].includes(payment.invoice.state) && outstandingOf(payment.invoice) > 0n

const headOf = (payment: MailedPayment, template: string) => ({ brandId: payment.invoice.brandId, to: payment.org.billingEmail, dedupeKey: `${template}:${payment.id}` })
const payUrl = async (db: SystemDb, { invoice }: MailedPayment): Promise<string> => (await payLink(db, invoice)).url

/** Whoever pays by hand reads the reason on the page; this is for what was tried while nobody was there. */
export const mailPaymentFailed = defineJob({
  name: 'mail-payment-failed',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const payment = await paymentOf(db, id)
    if (!unseen(payment) || payment.state !== 'failed') return
    const { reason, advice } = failureWords(isMismatch(payment.failure) ? payment.failure : payment.failureCode)
    await queueMail(db, {
      ...headOf(payment, 'payment-failed'), template: 'payment-failed',
      props: { ...factsOf(payment), reason, advice, url: await payUrl(db, payment) },
    })
  }),
})

export const mailActionRequired = defineJob({
  name: 'mail-payment-action',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const payment = await paymentOf(db, id)
    if (!unseen(payment) || payment.state !== 'requires_action') return
    await queueMail(db, { ...headOf(payment, 'payment-action'), template: 'payment-action', props: { ...factsOf(payment), url: await payUrl(db, payment) } })
  }),
})

export const mailDisputed = defineJob({
  name: 'mail-payment-disputed',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const dispute = await db.dispute.findUnique({ where: { id } })
    const payment = dispute && await paymentOf(db, dispute.attemptId)
    if (!payment) return
    const { method: _method, ...facts } = factsOf(payment)
    await queueMail(db, {
      brandId: payment.invoice.brandId, to: payment.org.billingEmail, template: 'payment-disputed', dedupeKey: `payment-disputed:${id}`,
      props: { ...facts, url: (await invoiceLinks(db, payment.invoice)).url },
    })
  }),
})
