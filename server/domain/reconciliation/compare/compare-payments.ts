import { runtime } from '../../../core/runtime.ts'
import type { SystemDb } from '../../../core/db.ts'
import { formatMoney } from '../../../contract/money.ts'
import { keepPayment, type PaymentAttempt, type ProviderPayment } from '../../payments/index.ts'
import { openWorkItem } from '../work/work-items.ts'
import { count, type Figures } from './figures.ts'
import { isPaidState } from './paid.ts'

const refsOf = (payment: ProviderPayment): string[] => [payment.providerRef, payment.paymentRef].filter((ref) => ref !== null)

type AttemptOf = (payment: ProviderPayment) => PaymentAttempt | null

const findAttempts = async (db: SystemDb, provider: string, payments: readonly ProviderPayment[]): Promise<AttemptOf> => {
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
    return { find: attemptOf, booked: await bookedSums(db, provider, paid.flatMap((payment) => attemptOf(payment)?.id ?? [])) }
  })
  count(figures, 'payments_compared', paid.length)
  const seen: string[] = []
  for (const payment of paid) {
    const attempt = find(payment)
    // Nobody here asked for it: it is kept in suspense, and from there on the list.
    if (!attempt) count(figures, await keepPayment(provider, payment) === 'suspended' ? 'provider_only' : 'known')
    else {
      seen.push(attempt.id)
      await compareOne(attempt, payment, booked.get(attempt.id), figures)
    }
  }
  return seen
}

interface Booked { received: bigint; refunded: bigint; fee: boolean }

/** What the ledger has of these attempts. */
const bookedSums = async (db: SystemDb, provider: string, ids: readonly string[]): Promise<Map<string, Booked>> => {
  const received = await db.ledgerTransaction.findMany({ where: { businessKey: { in: ids.map((id) => `payment_received:${id}`) } }, include: { entries: true } })
  const fees = await db.ledgerTransaction.findMany({ where: { businessKey: { in: ids.map((id) => `provider_fee:${provider}:${id}`) } }, select: { businessKey: true } })
  const withFee = new Set(fees.map((row) => row.businessKey))
  const refunds = await db.refund.groupBy({ by: ['attemptId'], where: { attemptId: { in: [...ids] }, state: { not: 'failed' } }, _sum: { amount: true } })
  const sumOf = (entries: readonly { amount: bigint }[]) => entries.reduce((sum, entry) => (entry.amount > 0n ? sum + entry.amount : sum), 0n)
  return new Map(received.map((row) => {
    const id = row.businessKey.slice('payment_received:'.length)
    return [id, { received: sumOf(row.entries), refunded: refunds.find((one) => one.attemptId === id)?._sum.amount ?? 0n, fee: withFee.has(`provider_fee:${provider}:${id}`) }]
  }))
}

const compareOne = async (attempt: PaymentAttempt, payment: ProviderPayment, booked: Booked | undefined, figures: Figures): Promise<void> => {
  const feeIsNews = payment.feeMinor !== null && payment.feeMinor > 0n && booked?.fee === false
  if (!booked || feeIsNews || payment.refundedMinor > booked.refunded) count(figures, await keepPayment(attempt.provider, payment) === 'unchanged' ? 'unchanged' : 'mended')
  const { minor, currency } = payment.amount
  // Money in another currency is in suspense, and on the list as that.
  if (currency !== attempt.currency || (minor === (booked?.received ?? minor) && minor === attempt.amount)) return
  count(figures, 'differ')
  await runtime().databases.asSystem('job', (db) => openWorkItem(db, {
    kind: 'amount_mismatch', cause: attempt.id, subject: { type: 'payment', id: attempt.id }, customerId: attempt.orgId,
    title: `${formatMoney(minor, currency)} came, ${formatMoney(attempt.amount, attempt.currency)} was asked for`,
    facts: { provider: attempt.provider, reference: payment.providerRef, asked: formatMoney(attempt.amount, attempt.currency), received: formatMoney(minor,
      currency), invoice_id: attempt.invoiceId },
  }, runtime().clock.now()))
}
