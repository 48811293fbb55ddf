import { runtime } from '../../../core/runtime.ts'
import type { SystemDb } from '../../../core/db.ts'
import { formatMoney } from '../../../contract/money.ts'
import { settleAttempt, type PaymentAttempt, type ProviderPayment } from '../../payments/index.ts'
import { openWorkItem } from '../work/work-items.ts'
import { count, type Figures } from './figures.ts'
import { isPaidState } from './paid.ts'

const refsOf = (payment: ProviderPayment): string[] => [payment.providerRef, payment.paymentRef].filter((ref) => ref !== null)

const findAttempts = async (db: SystemDb, provider: string, payments: readonly ProviderPayment[]): Promise<(payment: ProviderPayment) => PaymentAttempt | null> => {
  const refs = payments.flatMap(refsOf)
  const ids = payments.flatMap((payment) => payment.attemptId ?? [])
  const rows = await db.paymentAttempt.findMany({ where: { provider, OR: [{ id: { in: ids } }, { providerRef: { in: refs } }, { paymentRef: { in: refs } }] } })
  const byRef = new Map(rows.flatMap((row) => [row.id, row.providerRef, row.paymentRef].flatMap((ref) => (ref === null ? [] : [[ref, row] as const]))))
  return (payment) => [payment.attemptId, ...refsOf(payment)].map((ref) => (ref === null ? undefined : byRef.get(ref))).find((row) => row !== undefined) ?? null
}

/** What one page of the provider's payments says, against our attempts. Every difference is mended, or told to people. */
export const comparePage = async (provider: string, payments: readonly ProviderPayment[], figures: Figures): Promise<string[]> => {
  const paid = payments.filter((payment) => isPaidState(payment.status))
  const { find, booked } = await runtime().databases.asSystem('job', async (db) => {
    const attemptOf = await findAttempts(db, provider, paid)
    return { find: attemptOf, booked: await bookedSums(db, paid.flatMap((payment) => attemptOf(payment)?.id ?? [])) }
  })
  count(figures, 'payments_compared', paid.length)
  const seen: string[] = []
  for (const payment of paid) {
    const attempt = find(payment)
    if (!attempt) await tellStray(provider, payment, figures)
    else {
      seen.push(attempt.id)
      await compareOne(attempt, payment, booked.get(attempt.id), figures)
    }
  }
  return seen
}

interface Booked { received: bigint; refunded: bigint }

/** What the ledger has of these attempts. */
const bookedSums = async (db: SystemDb, ids: readonly string[]): Promise<Map<string, Booked>> => {
  const received = await db.ledgerTransaction.findMany({ where: { businessKey: { in: ids.map((id) => `payment_received:${id}`) } }, include: { entries: true } })
  const refunds = await db.refund.groupBy({ by: ['attemptId'], where: { attemptId: { in: [...ids] }, state: { not: 'failed' } }, _sum: { amount: true } })
  const sumOf = (entries: readonly { amount: bigint }[]) => entries.reduce((sum, entry) => (entry.amount > 0n ? sum + entry.amount : sum), 0n)
  return new Map(received.map((row) => {
    const id = row.businessKey.slice('payment_received:'.length)
    return [id, { received: sumOf(row.entries), refunded: refunds.find((one) => one.attemptId === id)?._sum.amount ?? 0n }]
  }))
}

const compareOne = async (attempt: PaymentAttempt, payment: ProviderPayment, booked: Booked | undefined, figures: Figures): Promise<void> => {
  if (!booked || payment.refundedMinor > booked.refunded) {
    await settleAttempt(attempt.id, payment)
    count(figures, 'mended')
  }
  const { minor, currency } = payment.amount
  if (currency === attempt.currency && minor === (booked?.received ?? minor) && minor === attempt.amount) return
  count(figures, 'differ')
  await runtime().databases.asSystem('job', (db) => openWorkItem(db, {
    kind: 'amount_mismatch', cause: attempt.id, subject: { type: 'payment', id: attempt.id }, orgId: attempt.orgId,
    title: `${formatMoney(minor, currency)} came, ${formatMoney(attempt.amount, attempt.currency)} was asked for`,
    facts: { provider: attempt.provider, reference: payment.providerRef, asked: formatMoney(attempt.amount, attempt.currency), received: formatMoney(minor, currency), invoice_id: attempt.invoiceId },
  }, runtime().clock.now()))
}

/** Money that no attempt asked for; what a webhook put in suspense already is on the list already. */
const tellStray = async (provider: string, payment: ProviderPayment, figures: Figures): Promise<void> => {
  const opened = await runtime().databases.asSystem('job', async (db) => {
    const held = await db.suspenseItem.findFirst({ where: { provider, OR: [{ reference: { in: refsOf(payment) } }, { paymentRef: { in: refsOf(payment) } }] } })
    if (held) return false
    const { minor, currency } = payment.amount
    return openWorkItem(db, {
      kind: 'provider_only_payment', cause: `${provider}:${payment.providerRef}`, subject: { type: 'provider_payment', id: payment.providerRef },
      title: `${formatMoney(minor, currency)} at ${provider} that nobody here asked for`,
      facts: { provider, reference: payment.providerRef, payment_reference: payment.paymentRef, paid_at: payment.paidAt?.toISOString() ?? null, amount: formatMoney(minor, currency) },
    }, runtime().clock.now())
  })
  if (opened) count(figures, 'provider_only')
}
