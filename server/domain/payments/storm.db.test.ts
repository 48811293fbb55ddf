import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { sandboxProviders } from '../../sandbox/start-sandbox.ts'
import { makeUser } from '../../testing/actors.ts'
import { drainJobs } from '../../testing/runtime.ts'
import { reconcileOnce } from '../reconciliation/index.ts'
import { reconcileOpenPayments, receiveEvent, refundPayment, setProviders } from './index.ts'
import type { PaymentProvider, ProviderPayment, WebhookEvent } from './ports.ts'
import { attemptsOf, CARDS, ledgerOf, pay, settled, violations, withInvoice, withPayments } from './testing/paying.ts'
import { rails } from './testing/rails.ts'

withPayments(23_620)

type Act = 'refund_part' | 'refund_rest' | 'dispute_won' | 'dispute_lost' | 'pay_again' | 'reconcile' | 'compare' | 'lose_answers' | 'outage'
const ACTS: readonly Act[] = ['refund_part', 'refund_rest', 'dispute_won', 'dispute_lost', 'pay_again', 'reconcile', 'compare', 'lose_answers', 'outage']
const RUNS = Number(process.env['PAYMENT_STORMS'] ?? 6)

/** What happens at the provider, as people and banks do it; refusals are part of it. */
const perform = async (act: Act, customer: Awaited<ReturnType<typeof withInvoice>>, staff: Awaited<ReturnType<typeof makeUser>>): Promise<void> => {
  const [attempt] = await attemptsOf(customer.orgId)
  const fakes = sandboxProviders()
  switch (act) {
    case 'refund_part': await staff.call(refundPayment, { payment_id: attempt?.id ?? '', amount: 100, reason: 'A part of it' }); break
    case 'refund_rest': await staff.call(refundPayment, { payment_id: attempt?.id ?? '', reason: 'All of it' }); break
    case 'dispute_won':
    case 'dispute_lost': {
      const id = await fakes.openDispute('stripe', attempt?.paymentRef ?? attempt?.providerRef ?? '', 'fraudulent')
      if (id) await fakes.closeDispute('stripe', id, act === 'dispute_won' ? 'won' : 'lost')
      break
    }
    case 'pay_again': await pay(customer, 'stripe', { card: CARDS.good }); break
    case 'reconcile': await reconcileOpenPayments(0); break
    case 'compare': await reconcileOnce(); break
    case 'lose_answers': fakes.setKnobs({ loseAnswers: 2 }); break
    case 'outage': fakes.setKnobs({ errors: 4 }); break
  }
}

test('storms: every event three times, late and last first, answers lost, refunds and disputes in between: one payment, whole books', async () => {
  const staff = await makeUser({ staff: true })
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { minLength: 2, maxLength: 7 }), async (acts) => {
    sandboxProviders().setKnobs({ duplicate: 2, reorder: true, delayMs: 5, loseAnswers: 0, errors: 0 })
    const customer = await withInvoice()
    await pay(customer, 'stripe', { card: CARDS.good })
    for (const act of acts) {
      await perform(act, customer, staff).catch(() => null)
      if (act === 'compare') await drainJobs()
    }
    sandboxProviders().setKnobs({ loseAnswers: 0, errors: 0 })
    await settled()
    await runtime().databases.systemPool.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts < max_attempts')
    await settled()
    await reconcileOpenPayments(0)
    await reconcileOnce()
    await settled()
    const attempts = await attemptsOf(customer.orgId)
    expect(attempts.filter(({ state }) => ['succeeded', 'partially_refunded', 'refunded'].includes(state))).toHaveLength(1)
    expect((await customer.read())?.state).toBe('paid')
    expect(await violations()).toEqual([])
    const books = await ledgerOf(customer.orgId)
    expect(Object.values(books).reduce((sum, balance) => sum + balance, 0n)).toBe(0n)
    expect(books).not.toHaveProperty('disputes')
    expect(books).not.toHaveProperty('receivable')
  }), { numRuns: RUNS, ...(process.env['PAYMENT_SEED'] ? { seed: Number(process.env['PAYMENT_SEED']) } : {}), endOnFailure: true })
}, 180_000)

/** A rail that answers what the test says, for what no honest provider would. */
const lying = (answer: (payment: ProviderPayment) => ProviderPayment): PaymentProvider => {
  const [stripe] = rails()
  if (!stripe) throw new Error('no rail')
  return { ...stripe, fetchPayment: async (ref) => { const payment = await stripe.fetchPayment(ref); return payment && answer(payment) } }
}
const event = (over: Partial<WebhookEvent>): WebhookEvent => ({ dedupeKey: `evt_${Math.random()}`, kind: 'payment', type: 'test', providerRef: null, paymentRef: null, attemptId: null, ...over })

test('signed, but another currency: the money waits in suspense, the invoice stays open', async () => {
  const customer = await withInvoice()
  setProviders([lying((payment) => ({ ...payment, amount: { ...payment.amount, currency: 'EUR' } }))])
  await pay(customer, 'stripe', { card: CARDS.good })
  for (let round = 0; round < 3; round += 1) { await settled(); await reconcileOpenPayments(0) }
  expect((await customer.read())?.state).toBe('finalised')
  const items = await runtime().databases.asSystem('job', (db) => db.suspenseItem.findMany({ where: { cause: 'currency_mismatch' } }))
  expect(items).toMatchObject([{ currency: 'EUR', amount: customer.invoice.total, state: 'open' }])
  expect(await violations()).toEqual([])
})

test('signed, but another amount: booked as received; what is missing stays open, what is too much is credit', async () => {
  for (const [change, state] of [[-100n, 'partially_paid'], [250n, 'paid']] as const) {
    const customer = await withInvoice()
    setProviders([lying((payment) => (payment.status === 'succeeded' ? { ...payment, amount: { ...payment.amount, minor: payment.amount.minor + change } } : payment))])
    await pay(customer, 'stripe', { card: CARDS.good })
    await settled()
    expect((await customer.read())?.state).toBe(state)
    expect((await ledgerOf(customer.orgId))['customer_credit_paid'] ?? 0n).toBe(change > 0n ? -change : 0n)
    expect((await attemptsOf(customer.orgId))[0]?.failure).toBe('amount_mismatch')
  }
  expect(await violations()).toEqual([])
})

test('signed, but about another customer\'s payment: each gets their own, and nothing twice', async () => {
  const [mine, theirs] = [await withInvoice(), await withInvoice()]
  const [paidByMe, paidByThem] = [await pay(mine, 'stripe', { card: CARDS.good }), await pay(theirs, 'stripe', 'decline')]
  await receiveEvent('stripe', event({ attemptId: paidByThem.payment_id, providerRef: paidByMe.checkout }))
  await receiveEvent('stripe', event({ attemptId: paidByMe.payment_id, providerRef: paidByThem.checkout }))
  await receiveEvent('stripe', event({ providerRef: 'cs_test_nobody' }))
  await settled()
  expect([(await mine.read())?.state, (await theirs.read())?.state]).toEqual(['paid', 'finalised'])
  expect(await violations()).toEqual([])
})

test('an outage of a day: nothing is lost, nothing doubled', async () => {
  const customer = await withInvoice()
  sandboxProviders().setKnobs({ drop: 50 })
  await pay(customer, 'stripe', { card: CARDS.good })
  sandboxProviders().setKnobs({ outage: 'reset' })
  await reconcileOpenPayments(0)
  await reconcileOnce()
  await sleep(10)
  expect((await customer.read())?.state).toBe('finalised')
  sandboxProviders().setKnobs({ outage: 'none', drop: 0 })
  await runtime().databases.systemPool.query('UPDATE payment_attempt SET created_at = created_at - interval \'30 hours\', updated_at = updated_at - interval \'1 hour\' WHERE org_id = $1', [customer.orgId])
  await reconcileOpenPayments(0)
  expect((await customer.read())?.state).toBe('paid')
  expect(await violations()).toEqual([])
})
