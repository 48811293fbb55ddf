import { beforeEach, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { createBrand } from '../../branding/index.ts'
import { findViolations, partOf } from '../../billing/index.ts'
import { closePeriodsOf } from '../../billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { makeUser, metaFor, type Caller } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { addAccount, chargeInvoice, listAccounts, payInvoice, refundPayment, removeAccount, setProviders, settleAttempt, settleDispute, updateAccount } from '../index.ts'
import { advanceRefund } from '../refunds/send-refund.ts'
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

/** What is booked on an account of the customer's payments, seller by seller. */
const bookedOn = async (orgId: string, account: string): Promise<Record<string, bigint>> => {
  const entries = await runtime().databases.asSystem('staff', (db) => db.ledgerEntry.findMany({ where: { orgId, account } }))
  const sellers = [...Map.groupBy(entries, (entry) => entry.brandId)]
  return Object.fromEntries(sellers.map(([brandId, own]) => [brandId, own.reduce((sum, { amount }) => sum + amount, 0n)]))
}
const violations = () => runtime().databases.asSystem('staff', findViolations)

/** A paid invoice of a reseller's customer, of which a tenth is ours; the rail took 77. */
const paidShared = async () => {
  const staff = await makeUser({ staff: true })
  const brand = await makeReseller(staff)
  const { owner, orgId, invoice } = await withInvoice(brand.id)
  await add(staff, { brand_id: brand.id, fee_share: '0.1' })
  const { payment_id: id } = await payInvoice.handle(metaFor(owner.actor, owner.brand), { invoice_id: invoice.id, provider: 'stripe' })
  const amount = { minor: invoice.total, currency: invoice.currency }
  const payment = {
    providerRef: `ref_${id}`, paymentRef: null, attemptId: id, status: 'succeeded' as const, amount, refundedMinor: 0n, feeMinor: 77n, paidAt: null, failure: null, failureCode: null, method: null,
  }
  expect(await settleAttempt(id, { ...payment, feeMinor: null })).toBe('paid')
  await Promise.all([settleAttempt(id, payment), settleAttempt(id, payment)])
  return { staff, own: brand.id, ours: staff.brand.id, orgId, id, payment, total: invoice.total, part: (invoice.total + 5n) / 10n }
}

test('what a shared payment costs the reseller is our part, and ours is the fee of the provider', async () => {
  const { own, ours, orgId, total, part } = await paidShared()
  expect(await bookedOn(orgId, 'provider_fees')).toEqual({ [own]: part, [ours]: 77n })
  expect(await bookedOn(orgId, 'platform_fees')).toEqual({ [ours]: -part })
  expect(await bookedOn(orgId, 'cash_in_transit:stripe')).toEqual({ [ours]: part - 77n })
  expect(await bookedOn(orgId, 'connected_account:stripe')).toEqual({ [own]: total - part })
  expect(await violations()).toEqual([])
})

test('refunds take our part back bit by bit; one that fails later leaves the reseller\'s part with us', async () => {
  const { staff, own, ours, orgId, id, payment, total, part } = await paidShared()
  for (const refundedMinor of [total / 3n, (2n * total) / 3n, total]) {
    await settleAttempt(id, { ...payment, status: refundedMinor === total ? 'refunded' : 'partially_refunded', refundedMinor })
  }
  expect(await bookedOn(orgId, 'platform_fees')).toEqual({ [ours]: 0n })
  expect(await bookedOn(orgId, 'provider_fees')).toEqual({ [own]: 0n, [ours]: 77n })
  expect(await bookedOn(orgId, 'connected_account:stripe')).toEqual({ [own]: 0n })
  expect(await violations()).toEqual([])

  const other = await paidShared()
  const { id: refundId } = await staff.call(refundPayment, { payment_id: other.id, amount: Number(other.total / 2n), reason: 'Asked for it' })
  setProviders([{ ...rail('stripe', true), refund: () => Promise.resolve({ providerRefundId: 're_1', status: 'succeeded' }), fetchRefund: () => Promise.resolve({ providerRefundId: 're_1', status: 'failed' }) }])
  await advanceRefund(refundId)
  const back = await bookedOn(other.orgId, 'platform_fees')
  expect(back[ours]).toBe(partOf(other.part, other.total, other.total / 2n) - other.part)
  await advanceRefund(refundId)
  expect(await bookedOn(other.orgId, 'platform_fees')).toEqual({ [ours]: -other.part })
  expect(await bookedOn(other.orgId, 'connected_account:stripe')).toEqual({ [other.own]: other.total - other.part })
  expect(await bookedOn(other.orgId, 'reseller_payable')).toEqual({ [ours]: partOf(other.part, other.total, other.total / 2n) - other.total / 2n })
  expect(await violations()).toEqual([])
  expect(part).toBeGreaterThan(0n)
})

test('a dispute about a shared payment is ours', async () => {
  const { own, ours, orgId, id, payment, total, part } = await paidShared()
  const dispute = {
    disputeRef: `dp_${id}`, providerRef: payment.providerRef, paymentRef: null, attemptId: id, amount: payment.amount, feeMinor: 15n, reason: 'fraudulent', status: 'lost' as const, dueBy: null,
  }
  expect(await settleDispute('stripe', dispute)).toBe('lost')
  expect(await bookedOn(orgId, 'write_off')).toEqual({ [ours]: total })
  expect(await bookedOn(orgId, 'cash_in_transit:stripe')).toEqual({ [ours]: part - 77n - total - 15n })
  expect(await bookedOn(orgId, 'connected_account:stripe')).toEqual({ [own]: total - part })
  expect(await violations()).toEqual([])
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
