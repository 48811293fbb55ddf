import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { methodName, railName } from '../../../contract/payment-words.ts'
import { formatMoney } from '../../../contract/money.ts'
import { consoleOrigin } from '../../mail/index.ts'
import { findProvider } from '../registry.ts'

export const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

const load = async (db: SystemDb, id: string) => {
  const attempt = await db.paymentAttempt.findUnique({ where: { id }, include: { invoice: true, method: true } })
  return attempt && { ...attempt, org: await db.organization.findUniqueOrThrow({ where: { id: attempt.orgId } }) }
}
export type MailedPayment = NonNullable<Awaited<ReturnType<typeof load>>>

/** Null where the event outlived its payment. */
export const paymentOf = (db: SystemDb, id: string): Promise<MailedPayment | null> => load(db, id)

/** What the payer knows it by: the card, or else the rail. */
export const paidBy = ({ method, provider }: { method: { brand: string; last4: string } | null; provider: string }): string =>
  (method ? methodName(method) : findProvider(provider)?.label ?? railName(provider))

/** What every mail about a payment says of it. */
export const factsOf = (payment: MailedPayment) => ({
  organization: payment.org.name, number: payment.invoice.number ?? '', amount: formatMoney(payment.amount, payment.currency), method: paidBy(payment),
})

export const methodsUrl = async (db: SystemDb, org: { brandId: string; slug: string }): Promise<string> => `${await consoleOrigin(db, org.brandId)}/${org.slug}/billing/methods`
