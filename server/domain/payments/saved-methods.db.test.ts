import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { sandboxProviders } from '../../sandbox/start-sandbox.ts'
import { drainJobs } from '../../testing/runtime.ts'
import { invoicesOf } from '../billing/testing/books.ts'
import {
  chargeInvoice, getPaymentSettings, listMethods, payInvoice, reconcileOpenPayments, removeMethod, setDefaultMethod, setPaymentSettings,
} from './index.ts'
import { attemptsOf, CARDS, ledgerOf, pay, run, saveCard, settled, violations, withInvoice, withPayments } from './testing/paying.ts'

withPayments(23_600)

test('a stored card pays the next invoice by itself, and the receipt is one', async () => {
  const customer = await withInvoice()
  const { owner, orgId, close, read } = customer
  await pay(customer, 'stripe', { card: CARDS.good })
  await settled()
  const methodId = await saveCard(owner, CARDS.good)
  expect((await owner.call(listMethods, {})).data).toMatchObject([{ id: methodId, default: true, last4: '4242', state: 'active' }])
  await close(2)
  await drainJobs()
  expect(await read(1)).toMatchObject({ state: 'paid' })
  expect(await attemptsOf(orgId)).toMatchObject([{ kind: 'checkout', state: 'succeeded' }, { kind: 'off_session', reason: 'auto_pay', state: 'succeeded', methodId }])
  expect(await violations()).toEqual([])
})

test('a card kept with a payment is there for the next one', async () => {
  const customer = await withInvoice()
  await pay(customer, 'stripe', { card: CARDS.good }, { save_method: true })
  await settled()
  expect((await customer.owner.call(listMethods, {})).data).toMatchObject([{ default: true, provider: 'stripe' }])
  await customer.close(2)
  await drainJobs()
  expect((await customer.read(1))?.state).toBe('finalised')
})

test('adding a card with automatic payment charges what is open at once', async () => {
  const { owner, orgId, close } = await withInvoice()
  await close(2)
  await saveCard(owner, CARDS.good)
  expect((await invoicesOf(orgId)).map(({ state }) => state)).toEqual(['paid', 'paid'])
  expect(await attemptsOf(orgId)).toMatchObject([{ reason: 'new_method', state: 'succeeded' }, { reason: 'new_method', state: 'succeeded' }])
})

test('the bank asks for its owner: a link is mailed once, nothing is tried again, and paying by hand ends it', async () => {
  const customer = await withInvoice()
  const { owner, orgId, invoice, read } = customer
  await saveCard(owner, CARDS.asksAlways, false)
  const first = await chargeInvoice(invoice.id, { reason: 'retry', key: 'step-1' })
  expect(first).toMatchObject({ outcome: 'requires_action', failureCode: 'authentication_required' })
  expect(await chargeInvoice(invoice.id, { reason: 'retry', key: 'step-1' })).toMatchObject({ outcome: 'charged_before' })
  for (let round = 0; round < 3; round += 1) await reconcileOpenPayments(0)
  await settled()
  const mails = await runtime().databases.asSystem('job', (db) => db.mail.findMany({ where: { text: { contains: '/pay/' }, dedupeKey: { startsWith: 'payment-action:' } } }))
  expect(mails).toHaveLength(1)
  expect(await attemptsOf(orgId)).toHaveLength(1)
  await pay(customer, 'stripe', { card: CARDS.good })
  await settled()
  expect((await read())?.state).toBe('paid')
  expect(await violations()).toEqual([])
})

test('a declined card leaves the invoice open and says why; a dead one is broken and not charged again', async () => {
  const { owner, orgId, invoice } = await withInvoice()
  await saveCard(owner, CARDS.declinesSaved, false)
  expect(await chargeInvoice(invoice.id, { reason: 'retry' })).toMatchObject({ outcome: 'failed', failureCode: 'card_declined' })
  await runtime().databases.systemPool.query('UPDATE payment_attempt SET failure_code = \'expired_card\' WHERE org_id = $1', [orgId])
  await runtime().databases.systemPool.query('UPDATE payment_method SET state = \'broken\', failure_code = \'expired_card\' WHERE org_id = $1', [orgId])
  expect(await chargeInvoice(invoice.id, { reason: 'retry' })).toMatchObject({ outcome: 'no_method' })
  await saveCard(owner, CARDS.second, false)
  expect((await owner.call(listMethods, {})).data.filter((method) => method.default)).toMatchObject([{ last4: '4444' }])
  expect(await chargeInvoice(invoice.id, { reason: 'retry' })).toMatchObject({ outcome: 'paid' })
})

test('a hundred presses on Pay with a stored card, and a job at the same time: one charge', async () => {
  const { owner, orgId, invoice, read } = await withInvoice()
  const methodId = await saveCard(owner, CARDS.good, false)
  const press = () => run(owner, payInvoice, { invoice_id: invoice.id, payment_method_id: methodId }).catch((error: unknown) => error)
  const presses = Array.from({ length: 100 }, press)
  await Promise.all([...presses, chargeInvoice(invoice.id, { reason: 'auto_pay' })])
  await settled()
  expect((await attemptsOf(orgId)).filter(({ state }) => state === 'succeeded')).toHaveLength(1)
  expect(await attemptsOf(orgId)).toHaveLength(1)
  expect((await read())?.state).toBe('paid')
  expect(await ledgerOf(orgId)).not.toHaveProperty('customer_credit_paid')
})

test('the answer of a charge was lost: asked again under the same key it is the same charge', async () => {
  const { owner, orgId, invoice, read } = await withInvoice()
  await saveCard(owner, CARDS.good, false)
  sandboxProviders().setKnobs({ loseAnswers: 3, drop: 10 })
  expect(await chargeInvoice(invoice.id, { reason: 'retry' })).toMatchObject({ outcome: 'under_way' })
  expect(await chargeInvoice(invoice.id, { reason: 'retry' })).toMatchObject({ outcome: 'under_way' })
  sandboxProviders().setKnobs({ loseAnswers: 0, drop: 0 })
  await reconcileOpenPayments(0)
  expect((await read())?.state).toBe('paid')
  expect(await attemptsOf(orgId)).toMatchObject([{ state: 'succeeded' }])
  expect(await violations()).toEqual([])
})

test('default, removal and what is left', async () => {
  const { owner } = await withInvoice()
  const first = await saveCard(owner, CARDS.good, false)
  const second = await saveCard(owner, CARDS.second, false)
  await owner.call(setDefaultMethod, { payment_method_id: second })
  await owner.call(removeMethod, { payment_method_id: second })
  await settled()
  expect((await owner.call(listMethods, {})).data).toMatchObject([{ id: first, default: true }])
  await expect(owner.call(setDefaultMethod, { payment_method_id: second })).rejects.toMatchObject({ code: 'not_found' })
  await expect(run(owner, payInvoice, { invoice_id: 'inv_none', payment_method_id: second })).rejects.toMatchObject({ code: 'not_found' })
})

test('credit that runs low is bought, once however often the job runs; without a card there is no automatic payment', async () => {
  const { owner, orgId } = await withInvoice()
  await expect(owner.call(setPaymentSettings, { auto_pay: true })).rejects.toMatchObject({ code: 'rule_violated' })
  await saveCard(owner, CARDS.good)
  await owner.call(setPaymentSettings, { top_up: { below: '5.00', amount: '20.00' } })
  await settled()
  await owner.call(setPaymentSettings, { top_up: { below: '5.00', amount: '20.00' } })
  await settled()
  expect((await invoicesOf(orgId)).filter(({ kind }) => kind === 'credit_purchase')).toMatchObject([{ state: 'paid', total: 2000n }])
  expect((await ledgerOf(orgId))['customer_credit_paid']).toBe(-2000n)
  expect(await owner.call(getPaymentSettings, {})).toMatchObject({ auto_pay: true, top_up: { below: { amount: 500 }, amount: { amount: 2000 } } })
  expect(await violations()).toEqual([])
})
