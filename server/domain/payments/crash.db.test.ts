import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { sandboxProviders } from '../../sandbox/start-sandbox.ts'
import { drainJobs } from '../../testing/runtime.ts'
import { reconcileOnce } from '../reconciliation/index.ts'
import { chargeInvoice, payInvoice, reconcileOpenPayments, setProviders } from './index.ts'
import { attemptsOf, CARDS, checkoutId, ledgerOf, run, saveCard, settled, violations, withInvoice, withPayments, type Customer } from './testing/paying.ts'
import type { DyingWork, KillPoint } from './testing/dying-process.ts'
import type { PaymentProvider } from './ports.ts'
import { rails } from './testing/rails.ts'

withPayments(23_630)

const sql = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query(text, values)

/** As the minute after a crash does it, twice; `aged`: a day later, when providers have forgotten every key. */
const recover = async (customer: Customer, aged = false): Promise<void> => {
  setProviders(rails())
  sandboxProviders().setKnobs({ loseAnswers: 0, drop: 0, errors: 0 })
  if (aged) await sql('UPDATE payment_attempt SET created_at = created_at - interval \'30 hours\', updated_at = updated_at - interval \'1 hour\' WHERE org_id = $1', [customer.orgId])
  for (let round = 0; round < 2; round += 1) {
    await reconcileOpenPayments(0)
    await reconcileOnce()
    await settled()
  }
}

const expectOnce = async (customer: Customer): Promise<void> => {
  const paid = (await attemptsOf(customer.orgId)).filter(({ state }) => state === 'succeeded')
  expect(paid).toHaveLength(1)
  expect((await customer.read())?.state).toBe('paid')
  const receipts = await runtime().databases.asSystem('job', (db) => db.mail.count({ where: { dedupeKey: `payment-received:${paid[0]?.id ?? ''}` } }))
  expect(receipts).toBe(1)
  expect(await ledgerOf(customer.orgId)).not.toHaveProperty('customer_credit_paid')
  expect(await violations()).toEqual([])
}

const crash = (): never => { throw new Error('killed') }
/** A rail in whose hands the process dies, before or after the provider did its part. */
const dying = (method: 'chargeSaved' | 'createCheckout' | 'fetchPayment', when: 'before' | 'after'): PaymentProvider[] => rails().map((rail) => ({
  ...rail,
  [method]: async (...args: unknown[]) => {
    if (when === 'before') crash()
    await (rail[method] as (...given: unknown[]) => Promise<unknown>)(...args)
    return crash()
  },
}))

test.each(['before', 'after'] as const)('charging a card, dead %s the call: one charge', async (when) => {
  const customer = await withInvoice()
  await saveCard(customer.owner, CARDS.good, false)
  setProviders(dying('chargeSaved', when))
  await chargeInvoice(customer.invoice.id, { reason: 'auto_pay' }).catch(() => null)
  await recover(customer)
  await expectOnce(customer)
})

test('charging a card, dead after the call, found a day later when the key is forgotten: still one', async () => {
  const customer = await withInvoice()
  await saveCard(customer.owner, CARDS.good, false)
  sandboxProviders().setKnobs({ drop: 20 })
  setProviders(dying('chargeSaved', 'after'))
  await chargeInvoice(customer.invoice.id, { reason: 'auto_pay' }).catch(() => null)
  const sent: string[] = []
  setProviders(rails().map((rail) => ({ ...rail, chargeSaved: (attempt) => { sent.push(attempt.id); return Promise.reject(new Error('asked again')) } })))
  await sql('UPDATE payment_attempt SET created_at = created_at - interval \'30 hours\', updated_at = updated_at - interval \'1 hour\' WHERE org_id = $1', [customer.orgId])
  await reconcileOpenPayments(0)
  expect(sent).toEqual([])
  await recover(customer)
  await expectOnce(customer)
})

test('charging a card, dead before the call, a day later: nothing is charged any more, and a new try may begin', async () => {
  const customer = await withInvoice()
  await saveCard(customer.owner, CARDS.good, false)
  setProviders(dying('chargeSaved', 'before'))
  await chargeInvoice(customer.invoice.id, { reason: 'auto_pay' }).catch(() => null)
  await recover(customer, true)
  expect((await customer.read())?.state).toBe('finalised')
  await sql('UPDATE payment_attempt SET created_at = created_at - interval \'30 hours\', updated_at = updated_at - interval \'1 hour\' WHERE org_id = $1', [customer.orgId])
  await reconcileOpenPayments(0)
  expect(await attemptsOf(customer.orgId)).toMatchObject([{ state: 'expired' }])
  expect(await chargeInvoice(customer.invoice.id, { reason: 'retry' })).toMatchObject({ outcome: 'paid' })
})

test.each(['stripe', 'paystack'] as const)('%s checkout, webhooks lost, dead after the provider was asked and again after it was read: one payment', async (provider) => {
  const customer = await withInvoice('NGN')
  const { invoice, owner } = customer
  setProviders(dying('createCheckout', 'after'))
  await run(owner, payInvoice, { invoice_id: invoice.id, provider }).catch(() => null)
  setProviders(rails())
  const { checkout_url: url } = await run(owner, payInvoice, { invoice_id: invoice.id, provider })
  sandboxProviders().setKnobs({ drop: 20 })
  await sandboxProviders().completeCheckout(provider, checkoutId(url), 'success')
  setProviders(dying('fetchPayment', 'after'))
  await reconcileOpenPayments(0)
  await recover(customer)
  await expectOnce(customer)
})

/** Tables that settling writes, in turn: the statement after which the process is gone. */
test.each(['payment_attempt', 'ledger_transaction', 'ledger_entry', 'event', 'invoice'])('settling dies at %s: all of it or nothing, then once', async (table) => {
  const customer = await withInvoice()
  await saveCard(customer.owner, CARDS.good, false)
  expect(await failOnce(table, () => chargeInvoice(customer.invoice.id, { reason: 'auto_pay' }))).toBe('died')
  await recover(customer)
  await expectOnce(customer)
})

/** The transaction is cut off when it first writes to the table: its connection is ended by the server, as in a crash. */
const failOnce = async (table: string, act: () => Promise<unknown>): Promise<'died' | 'untouched'> => {
  const { databases } = runtime()
  const original = databases.asSystem
  let isAsked = false
  let armed = true
  const died = () => { armed = false }
  databases.asSystem = ((purpose, work, patience) => original(purpose, (db) => work(armed && isAsked ? cutting(db, table, died) : db), patience))
  setProviders(rails().map((rail) => ({
    ...rail, chargeSaved: (...args) => {
      isAsked = true
      return rail.chargeSaved?.(...args) ?? Promise.reject(new Error('cannot'))
    },
  })))
  try {
    await act().catch(() => null)
  } finally {
    databases.asSystem = original
  }
  return armed ? 'untouched' : 'died'
}

/** What is written as SQL: after the statement that names the table the transaction is over. */
const cutting = <D extends object>(db: D, table: string, done: () => void): D => new Proxy(db, {
  get: (target, name) => {
    const value: unknown = Reflect.get(target, name)
    if ((name !== '$executeRaw' && name !== '$queryRaw') || typeof value !== 'function') return value
    return async (text: readonly string[], ...values: unknown[]) => {
      const rows: unknown = await (value as (...given: unknown[]) => Promise<unknown>).call(target, text, ...values)
      if (!new RegExp(`(UPDATE|INSERT INTO) ${table}\\b`).test(text.join('?'))) return rows
      done()
      throw new Error('killed in the middle')
    }
  },
})

const dieDoing = async (work: Omit<DyingWork, 'env'>): Promise<string | null> => {
  const env = { ...runtime().env, masterKey: undefined }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/domain/payments/testing/dying-process.ts'], {
    env: { ...process.env, DYING_WORK: JSON.stringify({ ...work, env }) }, stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'exit')
  return child.signalCode
}

test.each<KillPoint>(['before_call', 'after_call', 'in_transaction', 'after_commit'])('kill -9 of a worker that charges a card, %s: one charge, one receipt', async (kill) => {
  const customer = await withInvoice()
  await saveCard(customer.owner, CARDS.good, false)
  expect(await dieDoing({ kill, work: 'charge', id: customer.invoice.id })).toBe('SIGKILL')
  await dieDoing({ kill, work: 'charge', id: customer.invoice.id })
  await recover(customer)
  await expectOnce(customer)
}, 60_000)

test.each<KillPoint>(['after_call', 'in_transaction'])('kill -9 of a worker with a webhook in hand, %s: paid once', async (kill) => {
  const customer = await withInvoice()
  const { checkout_url: url } = await run(customer.owner, payInvoice, { invoice_id: customer.invoice.id, provider: 'stripe' })
  await sandboxProviders().completeCheckout('stripe', checkoutId(url), { card: CARDS.good })
  await sandboxProviders().idle()
  const { rows } = await sql('SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = \'process-provider-event\' LIMIT 1')
  const [job] = rows as { payload: object }[]
  expect(await dieDoing({ kill, work: 'webhook', id: '', payload: job?.payload ?? {} })).toBe('SIGKILL')
  await drainJobs()
  await recover(customer)
  await expectOnce(customer)
}, 60_000)
