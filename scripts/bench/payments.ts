/** Open attempts and a rail that answers from memory: what is measured is our own side of a payment. */
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../server/core/id.ts'
import { runtime } from '../../server/core/runtime.ts'
import { createStripeProvider } from '../../server/adapters/stripe/stripe-provider.ts'
import { addCustomers, setPlainMail } from '../../server/domain/billing/testing/books.ts'
import { seedPriceLists } from '../../server/domain/billing/index.ts'
import type { PaymentProvider, ProviderPayment } from '../../server/domain/payments/ports.ts'
import { brandContext } from '../../server/testing/actors.ts'

export const WEBHOOK_SECRET = 'whsec_bench'
const CUSTOMERS = 100
export const AMOUNT = 1000n

export interface OpenAttempt { id: string; providerRef: string }

/** Each with an invoice of its own, spread over a hundred customers. */
export async function makeAttempts(count: number): Promise<OpenAttempt[]> {
  setPlainMail()
  const brand = await brandContext()
  const now = new Date()
  await runtime().databases.asSystem('job', (db) => seedPriceLists(db, brand.id, { now: new Date('2020-01-01T00:00:00Z') }))
  const orgs = await addCustomers(brand.id, CUSTOMERS, now)
  const entity = await runtime().databases.asSystem('job', (db) => db.legalEntity.findFirstOrThrow({ where: { brandId: brand.id, isDefault: true } }))
  const attempts = Array.from({ length: count }, () => ({ id: newId('payment'), providerRef: `cs_${newId('event')}`, invoiceId: newId('invoice') }))
  // One invoice per customer and period.
  const dayOf = (index: number): Date => new Date(now.getTime() - (1 + Math.floor(index / CUSTOMERS)) * 86_400_000)
  await runtime().databases.asSystem('job', async (db) => {
    const orgOf = (index: number): string => orgs[index % CUSTOMERS] ?? ''
    const snapshot = { lines: [], taxes: [], buyer: { name: 'x', email: 'x@example.com' }, creditsApplied: 0, amountDue: 1000 }
    await db.invoice.createMany({ data: attempts.map(({ invoiceId: id }, index) => ({
      id, orgId: orgOf(index), brandId: brand.id, entityId: entity.id, number: `BENCH-${id}`, kind: 'invoice', state: 'finalised', currency: 'USD', periodStart: dayOf(index), periodEnd: now,
      subtotal: AMOUNT, tax: 0n, total: AMOUNT, snapshot, issuedAt: now, dueAt: new Date(now.getTime() + 14 * 86_400_000),
    })) })
    await db.paymentAttempt.createMany({ data: attempts.map(({ id, providerRef, invoiceId }, index) => ({
      id, orgId: orgOf(index), invoiceId, provider: 'stripe', providerRef, amount: AMOUNT, currency: 'USD', state: 'pending',
    })) })
  }, 120_000)
  await runtime().databases.systemPool.query('ANALYZE payment_attempt, invoice').catch(() => undefined)
  return attempts.map(({ id, providerRef }) => ({ id, providerRef }))
}

/** Every checkout is paid; an answer takes `latencyMs`. Signatures are checked as ever. */
export function paidRail(attempts: readonly OpenAttempt[], latencyMs: number): PaymentProvider {
  const stripe = createStripeProvider({ secretKey: 'sk_test_bench', webhookSecrets: [WEBHOOK_SECRET] })
  const payments = new Map(attempts.map(({ id, providerRef }): [string, ProviderPayment] => [providerRef, {
    providerRef, paymentRef: `pi_${providerRef}`, attemptId: id, status: 'succeeded', amount: { minor: AMOUNT, currency: 'USD' }, refundedMinor: 0n, feeMinor: 30n,
    paidAt: new Date(), failure: null, failureCode: null, method: null,
  }]))
  const all = [...payments.values()]
  const PAGE = 100
  return {
    ...stripe,
    fetchPayment: async (ref) => {
      await sleep(latencyMs)
      return payments.get(ref) ?? null
    },
    listPayments: async (_since, cursor) => {
      await sleep(latencyMs)
      const from = Number(cursor ?? 0)
      return { payments: all.slice(from, from + PAGE), next: from + PAGE < all.length ? String(from + PAGE) : null }
    },
    listDisputes: () => Promise.resolve([]),
  }
}
