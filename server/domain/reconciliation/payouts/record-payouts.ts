import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney, toWireAmount } from '../../../contract/money.ts'
import { payoutReceived, postTransaction, providerFee } from '../../billing/index.ts'
import { findProvider, platformFeeId, platformSeller, type PaymentAttempt, type ProviderPayout } from '../../payments/index.ts'
import { count, type Figures } from '../compare/figures.ts'
import { openWorkItem } from '../work/work-items.ts'
import { payoutSums, type PaidOut, type PayoutSums } from './payout-sums.ts'

/** Every payout of a provider since then, each once: moves money in transit to the bank, with the fees it tells. */
export const recordPayouts = async (provider: string, since: Date, figures: Figures): Promise<void> => {
  for (const payout of await findProvider(provider)?.listPayouts?.(since) ?? []) {
    if (payout.amount > 0n && await runtime().databases.asSystem('job', (db) => record(db, provider, payout))) count(figures, 'payouts')
  }
}

const record = async (db: SystemDb, provider: string, payout: ProviderPayout): Promise<boolean> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`payouts:${provider}`}, 0))`
  if (await db.payout.findUnique({ where: { provider_providerRef: { provider, providerRef: payout.id } } })) return false
  const { payments, missing } = await paymentsIn(db, provider, payout)
  const sums = payoutSums({ amount: payout.amount, fees: payout.feeMinor, payments, unsettled: await unsettled(db, provider, payout.currency),
    otherFees: await disputeFees(db, provider, payout.currency) })
  const state = sums.difference === 0n && missing === 0 ? 'matched' : 'mismatch'
  const row = await db.payout.create({
    data: {
      id: newId('payout'), provider, providerRef: payout.id, currency: payout.currency, amount: payout.amount, fees: payout.feeMinor, payments: sums.payments, refunds: sums.refunds,
      paymentCount: payments.length, difference: sums.difference, arrivedAt: payout.arrivedAt, state,
    },
  })
  await post(db, provider, payout, sums)
  await recordEvent(db, {
    orgId: null, type: 'payout.recorded', subject: { type: 'payout', id: row.id }, actor: { type: 'provider', provider }, requestId: null,
    data: { provider, amount: toWireAmount(payout.amount), currency: payout.currency, state },
  })
  if (state === 'mismatch') await tell(db, row.id, provider, payout, { sums, missing })
  return true
}

/** Under what keys a payment is booked that is in our payouts: a shared one with our part of it. */
const keysOf = ({ id, provider, splitFee }: PaymentAttempt) => (splitFee === null
  ? { money: `payment_received:${id}`, fee: `provider_fee:${provider}:${id}` }
  : { money: `platform_fee:${id}`, fee: `provider_fee:${provider}:${platformFeeId(id)}` })

/** What was booked under each of the keys, by its debits. */
const bookedUnder = async (db: SystemDb, keys: readonly string[]): Promise<ReadonlyMap<string, bigint>> => {
  const where = { amount: { gt: 0n }, transaction: { businessKey: { in: [...keys] } } }
  const entries = await db.ledgerEntry.findMany({ where, include: { transaction: true } })
  const groups = [...Map.groupBy(entries, (entry) => entry.transaction.businessKey)]
  return new Map(groups.map(([key, own]) => [key, own.reduce((sum, entry) => sum + entry.amount, 0n)]))
}

const paymentsIn = async (db: SystemDb, provider: string, { paymentRefs, currency }: ProviderPayout): Promise<{ payments: PaidOut[]; missing: number }> => {
  const refs = [...new Set(paymentRefs)]
  const attempts = await db.paymentAttempt.findMany({ where: { provider, currency, OR: [{ paymentRef: { in: refs } }, { providerRef: { in: refs } }] } })
  const booked = await bookedUnder(db, attempts.flatMap((attempt) => [`payment_received:${attempt.id}`, ...Object.values(keysOf(attempt))]))
  const received = attempts.filter(({ id }) => booked.has(`payment_received:${id}`))
  const platform = received.some(({ splitFee }) => splitFee !== null) ? await platformSeller(db) : null
  const payments = received.map((attempt) => {
    const { money, fee } = keysOf(attempt)
    const { brandId, entityId } = attempt.splitFee !== null && platform ? platform : attempt
    return { brandId, entityId, amount: booked.get(money) ?? 0n, bookedFee: booked.get(fee) ?? 0n }
  })
  return { payments, missing: refs.length - payments.length }
}

/** What left the money in transit without a payout, less what earlier payouts lacked. */
const unsettled = async (db: SystemDb, provider: string, currency: string): Promise<bigint> => {
  const [row] = await db.$queryRaw<{ gone: bigint }[]>`
    SELECT (coalesce((SELECT -sum(e.amount) FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
        WHERE e.account = ${`cash_in_transit:${provider}`} AND e.currency = ${currency} AND (t.business_key LIKE ${`provider_fee:${provider}:dsp_%`}
          OR split_part(t.business_key, ':', 1) IN ('refund', 'refund_failed', 'platform_fee_returned', 'shared_refund_failed', 'dispute_opened', 'dispute_won',
            'suspense_returned'))), 0)
      - coalesce((SELECT sum(p.refunds) FROM payout p WHERE p.provider = ${provider} AND p.currency = ${currency}), 0))::bigint AS gone`
  return row?.gone ?? 0n
}

const disputeFees = async (db: SystemDb, provider: string, currency: string): Promise<bigint> => {
  const last = await db.payout.findFirst({ where: { provider, currency }, orderBy: { createdAt: 'desc' } })
  const { _sum } = await db.dispute.aggregate({ where: { provider, currency, createdAt: { gt: last?.createdAt ?? new Date(0) } }, _sum: { fee: true } })
  return _sum.fee ?? 0n
}

const post = async (db: SystemDb, provider: string, { id, currency }: ProviderPayout, { shares, extraFees }: PayoutSums): Promise<void> => {
  const at = runtime().clock.now()
  for (const [index, { brandId, entityId, amount }] of shares.entries()) {
    const key = index === 0 ? id : `${id}:${entityId}`
    await postTransaction(db, { brandId, entityId, orgId: null, at }, payoutReceived({ id: key, provider, currency, amount }))
    if (index === 0 && extraFees > 0n) await postTransaction(db, { brandId, entityId, orgId: null, at }, providerFee({ id: `payout:${id}`, provider, currency, amount: extraFees }))
  }
}

interface Found { sums: PayoutSums; missing: number }

const tell = async (db: SystemDb, id: string, provider: string, { id: reference, amount, currency, feeMinor }: ProviderPayout, { sums,
  missing }: Found): Promise<void> => {
  const money = (minor: bigint): string => formatMoney(minor, currency)
  await openWorkItem(db, {
    kind: 'payout_mismatch', cause: id, subject: { type: 'payout', id }, title: `Payout of ${money(amount)} by ${findProvider(provider)?.label ?? provider} does not add up`,
    facts: {
      provider, reference, amount: money(amount), payments: money(sums.payments), fees: money(feeMinor), refunds: money(sums.refunds),
        unexplained: money(sums.difference),
      unknown_payments: missing,
    },
  }, runtime().clock.now())
}
