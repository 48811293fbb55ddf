import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createStripeProvider } from '../adapters/stripe/stripe-provider.ts'
import { runtime } from '../core/runtime.ts'
import { findViolations } from '../domain/billing/index.ts'
import { closePeriodsOf } from '../domain/billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../domain/billing/testing/books.ts'
import { getInvoice, payInvoice, setProviders } from '../domain/payments/index.ts'
import { makeUser, metaFor } from '../testing/actors.ts'
import { drainJobs, withRuntime } from '../testing/runtime.ts'
import { handleHook } from '../transport/inbound/hooks.ts'
import { completeSandboxCheckout, getSandboxCheckout } from './checkout.ts'
import { actInSandbox, setSandboxKnobs } from './knobs.ts'
import { sandboxAdapterConfig } from './provider-settings.ts'
import { sandboxProviders, startSandbox } from './start-sandbox.ts'

const PORT = 24_430
withRuntime({ PORT, SHELLWEGO_SANDBOX_PORT: PORT + 1 })
let sandbox: { stop(): Promise<void> } | null = null
let portal: Server | null = null

const rail = () => createStripeProvider(sandboxAdapterConfig(runtime().env).stripe)

beforeAll(async () => {
  setPlainMail()
  sandbox = await startSandbox()
  portal = createServer((req, res) => void handleHook(req, res)).listen(PORT, '127.0.0.1')
  await once(portal, 'listening')
  setProviders([rail()])
})
beforeEach(() => { sandboxProviders().setKnobs({ outage: 'none', loseAnswers: 0, errors: 0, resets: 0, refunds: 'at_once', duplicate: 0 }) })
afterAll(async () => {
  portal?.close()
  await sandbox?.stop()
})

const settled = async (): Promise<void> => {
  await sandboxProviders().idle()
  await drainJobs()
}

let year = 2070
/** A customer who stands at the sandbox's checkout. */
const atCheckout = async () => {
  year += 1
  const owner = await makeCustomer({ currency: 'USD', joinedAt: new Date(`${year}-01-01T00:00:00Z`) })
  const orgId = owner.organization.id
  await addSegment(orgId, { startedAt: `${year}-01-01T00:00:00Z`, endedAt: `${year}-02-01T00:00:00Z` })
  await closePeriodsOf([orgId], new Date(`${year}-02-01T00:00:00Z`))
  const [invoice] = await invoicesOf(orgId)
  if (!invoice) throw new Error('no invoice')
  const meta = metaFor(owner.actor, owner.brand)
  const { checkout_url: url } = await payInvoice.handle(meta, { invoice_id: invoice.id, provider: 'stripe' })
  const checkout = { provider: 'stripe', session_id: decodeURIComponent(url?.split('/').at(-1) ?? '') }
  return {
    owner, checkout, show: () => getSandboxCheckout.handle(meta, checkout),
    complete: (payer: object) => completeSandboxCheckout.handle(meta, { ...checkout, ...payer }),
    stateOf: async () => (await owner.call(getInvoice, { invoice_id: invoice.id })).state,
  }
}

test('3-D Secure at the page: asked, failed, asked again, passed, paid', async () => {
  const { complete, show, stateOf } = await atCheckout()
  expect(await show()).toMatchObject({ status: 'open', payable: true, provider_label: 'Stripe', setup: false })
  expect((await show()).cards.map(({ number }) => number)).toContain('4000002760003184')
  expect(await complete({ card: '4000002760003184' })).toEqual({ status: 'challenge', return_url: null })
  expect(await show()).toMatchObject({ status: 'challenge', payable: false })
  expect(await complete({ authentication: 'fail' })).toMatchObject({ status: 'open', return_url: null })
  await complete({ card: '4000002760003184' })
  expect((await complete({ authentication: 'pass' })).status).toBe('paid')
  await settled()
  expect(await stateOf()).toBe('paid')
})

test('a declined card says why, and another one may be tried', async () => {
  const { complete, show, stateOf } = await atCheckout()
  await complete({ card: '4000 0000 0000 9995' })
  expect(await show()).toMatchObject({ status: 'open', message: 'Your card has insufficient funds.' })
  await expect(complete({})).rejects.toMatchObject({ errors: [{ pointer: '/card', code: 'required' }] })
  await expect(complete({ card: 'abc' })).rejects.toMatchObject({ code: 'invalid_request' })
  await complete({ outcome: 'success' })
  await settled()
  expect(await stateOf()).toBe('paid')
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
})

test('the operator turns knobs, of one provider or of all', async () => {
  const staff = await makeUser({ staff: true })
  expect(await staff.call(setSandboxKnobs, { provider: 'stripe', outage: 'errors', lose_answers: 2, latency_ms: 1 })).toMatchObject({ outage: 'errors', lose_answers: 2, latency_ms: 1 })
  expect(await rail().health()).toEqual({ ok: false, detail: 'provider_unavailable' })
  expect(await staff.call(setSandboxKnobs, { provider: 'paystack', duplicate: 1 })).toMatchObject({ outage: 'none', duplicate: 1 })
  expect(await staff.call(setSandboxKnobs, { outage: 'none', lose_answers: 0 })).toMatchObject({ outage: 'none', lose_answers: 0 })
  expect((await rail().health()).ok).toBe(true)
  await expect(staff.call(setSandboxKnobs, { drop: -1 })).rejects.toMatchObject({ code: 'invalid_request' })
  const { owner } = await atCheckout()
  await expect(owner.call(setSandboxKnobs, { outage: 'reset' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('the operator acts for banks and payers', async () => {
  const staff = await makeUser({ staff: true })
  const act = (input: object) => actInSandbox.handle(metaFor(staff.actor, staff.brand), { provider: 'stripe', ...input })
  const { complete, checkout, owner } = await atCheckout()
  await complete({ outcome: 'success' })
  await settled()
  const { references: [dispute = ''] } = await act({ act: 'open_dispute', reference: checkout.session_id })
  expect(await rail().fetchDispute?.(dispute)).toMatchObject({ status: 'needs_response' })
  await expect(act({ act: 'open_dispute', reference: checkout.session_id })).rejects.toMatchObject({ code: 'state_conflict' })
  await act({ act: 'close_dispute', reference: dispute, outcome: 'won' })
  expect(await rail().fetchDispute?.(dispute)).toMatchObject({ status: 'won' })
  const { references: [stray = ''] } = await act({ act: 'pay_without_checkout', amount: 4200, currency: 'USD', email: 'eve@example.com' })
  expect(await rail().fetchPayment(stray)).toMatchObject({ status: 'succeeded', attemptId: null, amount: { minor: 4200n, currency: 'USD' } })
  expect((await act({ act: 'make_payouts' })).count).toBeGreaterThan(0)
  expect(await act({ act: 'settle_refunds', outcome: 'succeeded' })).toEqual({ references: [], count: 0 })
  for (const bad of [{ act: 'fly' }, { act: 'close_dispute', reference: dispute, outcome: 'succeeded' }, { act: 'open_dispute' }, { act: 'make_payouts', reference: 'x' }]) {
    await expect(act(bad)).rejects.toMatchObject({ code: 'invalid_request' })
  }
  await expect(act({ provider: 'nobody', act: 'make_payouts' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(actInSandbox.handle(metaFor(owner.actor, owner.brand), { provider: 'stripe', act: 'make_payouts' })).rejects.toMatchObject({ code: 'forbidden' })
  await settled()
})

test('a webhook of ten megabytes is cut off and leaves nothing', async () => {
  const events = () => runtime().databases.asSystem('webhook-intake', (db) => db.providerEvent.count())
  const before = await events()
  const answer = await fetch(`http://127.0.0.1:${PORT}/hooks/stripe`, {
    method: 'POST', body: Buffer.alloc(10 * 1024 * 1024, 'a'), headers: { 'stripe-signature': 't=1,v1=0', 'content-type': 'application/json' },
  }).then((response) => response.status, () => 'cut off')
  expect([413, 'cut off']).toContain(answer)
  expect(await events()).toBe(before)
})
