import { beforeEach, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { createBrand } from '../../branding/index.ts'
import { findViolations } from '../../billing/index.ts'
import { closePeriodsOf } from '../../billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { makeUser, metaFor, type Caller } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { addAccount, chargeInvoice, listAccounts, payInvoice, removeAccount, setProviders, settleAttempt, updateAccount } from '../index.ts'
import type { ChargeAttempt, CheckoutAttempt, PaymentProvider } from '../ports.ts'

withRuntime()

const asked: Array<CheckoutAttempt | ChargeAttempt> = []
const rail = (name: string, splits: boolean): PaymentProvider => ({
  name, label: name.toUpperCase(),
  capabilities: {
    currencies: null, hasEventId: true, sendsFailures: true, minimums: {}, checkout: 'redirect', savesMethods: true, refunds: 'partial', disputes: false, payouts: false, splits,
  },
  createCheckout: (attempt) => {
    asked.push(attempt)
    return Promise.resolve({ kind: 'redirect', url: `https://pay.example/${attempt.id}`, providerRef: `ref_${attempt.id}` })
  },
  chargeSaved: (attempt) => {
    asked.push(attempt)
    return Promise.resolve({
      providerRef: `ref_${attempt.id}`, paymentRef: null, attemptId: attempt.id, status: 'processing', amount: attempt.amount, refundedMinor: 0n, feeMinor: null, paidAt: null,
      failure: null, failureCode: null, method: null,
    })
  },
  fetchPayment: () => Promise.resolve(null),
  refund: () => Promise.reject(new Error('not here')),
  checkAccount: (account) => Promise.resolve(account === 'acct_closed' ? 'not_ready' : account === 'acct_nobody' ? 'unknown' : 'ready'),
  health: () => Promise.resolve({ ok: true, detail: '' }),
  parseWebhook: () => Promise.resolve({ ok: false, reason: 'malformed' }),
})

beforeEach(() => {
  setPlainMail()
  asked.length = 0
  setProviders([rail('stripe', true), rail('single', false)])
})

const add = (staff: Caller, input: { brand_id: string; provider?: string; account?: string; fee_share?: string }) =>
  addAccount.handle(metaFor(staff.actor, staff.brand), { provider: 'stripe', account: 'acct_1Reseller', fee_share: '0.075', ...input })

let made = 0
const makeReseller = async (staff: Caller) => {
  made += 1
  return staff.call(createBrand, {
    name: `Reseller ${made}`, hostname: `reseller${made}.example`, support_email: 'help@example.com', legal_name: 'Reseller Ltd', country: 'NG', invoice_prefix: `SPL${made}`,
    default_currency: 'USD',
  })
}

const withInvoice = async (brandId: string) => {
  const owner = await makeCustomer({ brandId, currency: 'USD', joinedAt: new Date('2050-01-01T00:00:00Z') })
  const orgId = owner.organization.id
  await addSegment(orgId, { startedAt: '2050-01-01T00:00:00Z', endedAt: '2050-02-01T00:00:00Z' })
  await closePeriodsOf([orgId], new Date('2050-02-01T00:00:00Z'))
  const [invoice] = await invoicesOf(orgId)
  if (!invoice) throw new Error('no invoice')
  return { owner, orgId, invoice }
}

test('what a reseller\'s customer pays carries the split, fixed with the attempt', async () => {
  const staff = await makeUser({ staff: true })
  const brand = await makeReseller(staff)
  const { owner, orgId, invoice } = await withInvoice(brand.id)
  const account = await add(staff, { brand_id: brand.id })
  const start = () => payInvoice.handle(metaFor(owner.actor, owner.brand), { invoice_id: invoice.id, provider: 'stripe' })
  const { payment_id: paymentId } = await start()
  const feeMinor = (invoice.total * 75n + 500n) / 1000n
  expect(asked).toMatchObject([{ id: paymentId, split: { account: 'acct_1Reseller', feeMinor } }])

  await staff.call(updateAccount, { brand_id: brand.id, provider: 'stripe', fee_share: '0.5' })
  await runtime().databases.asSystem('staff', (db) => db.paymentAttempt.updateMany({ where: { orgId }, data: { providerRef: null, checkoutUrl: null, state: 'created' } }))
  await start()
  expect(asked[1]).toEqual(asked[0])

  await runtime().databases.asSystem('staff', async (db) => {
    await db.paymentAttempt.updateMany({ where: { orgId }, data: { state: 'canceled' } })
    await db.paymentMethod.create({
      data: { id: `pm_split${made}`, orgId, provider: 'stripe', providerMethodRef: 'pm_1', customerRef: 'cus_1', kind: 'card', brand: 'visa', last4: '4242', email: 'a@b.co', isDefault: true },
    })
  })
  await chargeInvoice(invoice.id, { reason: 'retry' })
  expect(asked.at(-1)).toMatchObject({ split: { account: 'acct_1Reseller', feeMinor: (invoice.total + 1n) / 2n } })
  expect(account).toMatchObject({ provider: 'stripe', fee_share: '0.075' })
})

test('without an account, by another provider and for the platform itself nothing is shared', async () => {
  const staff = await makeUser({ staff: true })
  const brand = await makeReseller(staff)
  const { owner, invoice } = await withInvoice(brand.id)
  const pay = (provider: string) => payInvoice.handle(metaFor(owner.actor, owner.brand), { invoice_id: invoice.id, provider })
  await pay('stripe')
  await add(staff, { brand_id: brand.id })
  await pay('single')
  expect(asked.map(({ split }) => split)).toEqual([null, null])
  await expect(add(staff, { brand_id: staff.brand.id })).rejects.toMatchObject({ errors: [{ pointer: '/brand_id', code: 'not_a_reseller' }] })
})

test('what a shared payment costs the reseller is our part, not the fee of the provider', async () => {
  const staff = await makeUser({ staff: true })
  const brand = await makeReseller(staff)
  const { owner, orgId, invoice } = await withInvoice(brand.id)
  await add(staff, { brand_id: brand.id, fee_share: '0.1' })
  const { payment_id: id } = await payInvoice.handle(metaFor(owner.actor, owner.brand), { invoice_id: invoice.id, provider: 'stripe' })
  const amount = { minor: invoice.total, currency: invoice.currency }
  await settleAttempt(id, {
    providerRef: `ref_${id}`, paymentRef: null, attemptId: id, status: 'succeeded', amount, refundedMinor: 0n, feeMinor: 77n, paidAt: null, failure: null, failureCode: null, method: null,
  })
  const entries = await runtime().databases.asSystem('staff', (db) => db.ledgerEntry.findMany({ where: { orgId, account: { contains: 'fee' }, amount: { gt: 0 } } }))
  expect(entries.map((entry) => entry.amount)).toEqual([(invoice.total + 5n) / 10n])
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
})

test('slips are seen when the account is added', async () => {
  const staff = await makeUser({ staff: true })
  const { id } = await makeReseller(staff)
  const refused = (change: object, pointer: string, code: string) =>
    expect(add(staff, { brand_id: id, ...change })).rejects.toMatchObject({ errors: [{ pointer, code }] })
  await refused({ account: 'acct_nobody' }, '/account', 'unknown')
  await refused({ account: 'acct_closed' }, '/account', 'not_ready')
  await refused({ provider: 'single' }, '/provider', 'not_supported')
  await refused({ provider: 'nothing' }, '/provider', 'not_available')
  for (const share of ['1.1', '-0.1', '5', '0.0000001', '']) await expect(add(staff, { brand_id: id, fee_share: share })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(add(staff, { brand_id: 'brand_nothing' })).rejects.toMatchObject({ code: 'not_found' })
  await add(staff, { brand_id: id })
  await expect(add(staff, { brand_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('listed, changed and removed by the operator only', async () => {
  const staff = await makeUser({ staff: true })
  const { id } = await makeReseller(staff)
  await add(staff, { brand_id: id, fee_share: '1' })
  expect(await staff.call(listAccounts, { brand_id: id })).toMatchObject({ data: [{ account: 'acct_1Reseller', fee_share: '1' }], providers: [{ name: 'stripe', label: 'STRIPE' }] })
  const change = (ifMatch: string) => staff.call(updateAccount, { brand_id: id, provider: 'stripe', fee_share: '0' }, { precondition: { ifMatch } })
  await expect(change('"stale"')).rejects.toMatchObject({ code: 'precondition_failed' })
  expect(await change(`"${(await staff.call(listAccounts, { brand_id: id })).data[0]?.etag}"`)).toMatchObject({ fee_share: '0' })
  const customer = await makeCustomer()
  await expect(customer.call(listAccounts, { brand_id: id })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(add(customer, { brand_id: id })).rejects.toMatchObject({ code: 'forbidden' })
  await staff.call(removeAccount, { brand_id: id, provider: 'stripe' })
  await expect(staff.call(removeAccount, { brand_id: id, provider: 'stripe' })).rejects.toMatchObject({ code: 'not_found' })
})
