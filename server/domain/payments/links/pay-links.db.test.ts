import { beforeAll, beforeEach, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { as, brandContext, makeUser, metaFor } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { payLink } from '../../billing/index.ts'
import { closePeriodsOf } from '../../billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { createBrand } from '../../branding/index.ts'
import type { PaymentProvider, ProviderPayment } from '../ports.ts'
import { setProviders } from '../registry.ts'
import { settleAttempt } from '../settle-attempt.ts'
import { getPayLink } from '../reads/read-checkout.ts'
import { checkByLink } from '../reads/check-payments.ts'
import { linkedReceipt, paymentReceipt } from '../reads/receipt.ts'
import { getPayLinkCheckout } from './open-link.ts'
import { payByLink } from './pay-by-link.ts'

withRuntime()

/** Checkouts a rail was asked to open, by attempt: faithful in that the same key opens the same. */
const opened = new Map<string, number>()
let told: Partial<ProviderPayment> = {}

const observed = (id: string, minor: bigint): ProviderPayment => ({
  providerRef: `ref-${id}`, paymentRef: null, attemptId: id, status: 'pending', amount: { minor, currency: 'USD' }, refundedMinor: 0n, feeMinor: null, paidAt: null, failure: null,
  failureCode: null, method: null, ...told,
})
const rail: PaymentProvider = {
  name: 'stripe', label: 'Stripe',
  capabilities: { currencies: null, minimums: { USD: 50n }, hasEventId: true, sendsFailures: true, checkout: 'redirect', savesMethods: true, refunds: 'partial', disputes: false, payouts: false, splits: false },
  createCheckout: ({ id }) => {
    opened.set(id, (opened.get(id) ?? 0) + 1)
    return Promise.resolve({ kind: 'redirect', url: `https://rail.example/${id}`, providerRef: `ref-${id}` })
  },
  fetchPayment: async (ref) => {
    const attempt = await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findFirst({ where: { providerRef: ref } }))
    return attempt && observed(attempt.id, attempt.amount)
  },
  refund: () => Promise.reject(new Error('not asked for')),
  health: () => Promise.resolve({ ok: true, detail: '' }),
  parseWebhook: () => Promise.resolve({ ok: false, reason: 'malformed' }),
}

beforeAll(() => setPlainMail())
beforeEach(() => {
  setProviders([rail])
  opened.clear()
  told = {}
})

let year = 2050
const withInvoice = async () => {
  year += 1
  const owner = await makeCustomer({ currency: 'USD', joinedAt: new Date(`${year}-01-01T00:00:00Z`) })
  for (const month of [1, 2]) {
    await addSegment(owner.organization.id, { startedAt: `${year}-0${month}-01T00:00:00Z`, endedAt: `${year}-0${month + 1}-01T00:00:00Z` })
    await closePeriodsOf([owner.organization.id], new Date(`${year}-0${month + 1}-01T00:00:00Z`))
  }
  const [invoice, other] = await invoicesOf(owner.organization.id)
  if (!invoice || !other) throw new Error('no invoice')
  const { url } = await owner.call(getPayLink, { invoice_id: invoice.id })
  return { owner, invoice, other, url, token: url.slice(url.lastIndexOf('/') + 1) }
}
const anonymous = async (brandId?: string) => as({ type: 'anonymous' }, await brandContext(brandId))
const attemptsOf = (invoiceId: string) => runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({ where: { invoiceId }, orderBy: { createdAt: 'asc' } }))
const pay = async (token: string) => {
  const { actor, brand } = await anonymous()
  return payByLink.handle(metaFor(actor, brand), { token, provider: 'stripe' })
}
const mails = (template: string) => runtime().databases.asSystem('job', (db) => db.mail.findMany({ where: { subject: { endsWith: `: ${template}` } } }))

test('whoever holds the link sees this invoice and the ways to pay it, and nothing else of the customer', async () => {
  const { owner, invoice, other, url, token } = await withInvoice()
  expect(url.startsWith('https://console.localhost/pay/')).toBe(true)
  const seen = await (await anonymous()).call(getPayLinkCheckout, { token })
  expect(seen).toMatchObject({ invoice_id: invoice.id, number: invoice.number, payment: null, receipt: null, ways: [{ provider: 'stripe', kind: 'redirect', minimum: null }] })
  expect(seen.lines.length).toBeGreaterThan(0)
  const text = JSON.stringify(seen)
  const org = await runtime().databases.asSystem('job', (db) => db.organization.findUniqueOrThrow({ where: { id: owner.organization.id } }))
  for (const secret of [org.id, org.slug, org.billingEmail, owner.actor.userId, owner.actor.email, other.id, other.number ?? '-']) expect(text).not.toContain(secret)
})

test('expired, forged, moved to another invoice, or under another brand: the same nothing', async () => {
  const { invoice, other, token } = await withInvoice()
  const staff = await makeUser({ staff: true })
  const brand = await staff.call(createBrand, { name: 'Lagos Cloud', hostname: 'lagos.example.com', support_email: 'help@lagos.example.com', legal_name: 'Lagos Ltd', invoice_prefix: 'LGS' })
  const caller = await anonymous()
  const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  const [, expires = '', ...signature] = token.split('-')
  const longer = `${invoice.id}-${(Number.parseInt(expires, 36) + 86_400).toString(36)}-${signature.join('-')}`
  const gone = (await runtime().databases.asSystem('job', (db) => payLink(db, { id: 'inv_00000000000000000000', brandId: invoice.brandId }))).token
  const of = (given: string, by = caller) => by.call(getPayLinkCheckout, { token: given }).then(() => 'opened', (error: unknown) => (error as { code: string; message: string }))
  const refusals = await Promise.all([
    of(flipped), of(token.replace(invoice.id, other.id)), of(longer), of(gone), of('inv_x'), of(''), of(token, await anonymous(brand.id)),
  ])
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'not_found', message: (refusals[0] as { message: string }).message })

  const { clock } = runtime()
  const now = clock.now()
  const late = new Date(Number.parseInt(expires, 36) * 1000)
  const at = (time: Date) => { clock.now = () => time }
  at(late)
  expect(await of(token)).toMatchObject({ code: 'not_found' })
  at(new Date(late.getTime() - 1000))
  expect(await of(token)).toBe('opened')
  at(now)
})

test('a hundred clicks and two tabs are one payment, opened once, and it comes back to the link', async () => {
  const { invoice, token } = await withInvoice()
  const results = await Promise.all(Array.from({ length: 100 }, () => pay(token)))
  expect(new Set(results.map((result) => result.payment_id)).size).toBe(1)
  const [attempt, ...more] = await attemptsOf(invoice.id)
  expect(more).toEqual([])
  expect(attempt).toMatchObject({ orgId: invoice.orgId, saveMethod: false, returnUrl: `https://console.localhost/pay/${token}` })
  expect(results.every(({ checkout_url: url }) => url === `https://rail.example/${attempt?.id ?? ''}`)).toBe(true)
  const started = await runtime().databases.asSystem('job', (db) => db.event.count({ where: { type: 'payment.started', subjectId: attempt?.id ?? '' } }))
  expect(started).toBe(1)
}, 60_000)

test('back from the provider its word is asked for at once; then the link gives the receipt, of this invoice only', async () => {
  const { owner, invoice, other, token } = await withInvoice()
  const { payment_id: id } = await pay(token)
  const caller = await anonymous()
  const meta = () => metaFor(caller.actor, caller.brand)
  await expect(linkedReceipt.handle(meta(), { token, payment_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
  told = { status: 'succeeded' }
  expect(await checkByLink.handle(meta(), { token })).toEqual({ checked: 1 })
  const paid = await caller.call(getPayLinkCheckout, { token })
  expect(paid).toMatchObject({ status: 'paid', ways: [], receipt: { payment_id: id, name: 'Stripe' } })

  const { body, fileName } = await linkedReceipt.handle(meta(), { token, payment_id: id })
  expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
  expect(fileName).toBe(`receipt-${invoice.number ?? ''}.pdf`)
  expect((await paymentReceipt.handle(metaFor(owner.actor, owner.brand), { payment_id: id })).body).toEqual(body)

  const stranger = await makeCustomer()
  await expect(paymentReceipt.handle(metaFor(stranger.actor, stranger.brand), { payment_id: id })).rejects.toMatchObject({ code: 'not_found' })
  const { token: otherToken } = await runtime().databases.asSystem('job', (db) => payLink(db, other))
  await expect(linkedReceipt.handle(meta(), { token: otherToken, payment_id: id })).rejects.toMatchObject({ code: 'not_found' })

  await drainJobs()
  const [mail] = await mails('payment-received')
  expect(mail?.text).toContain(`/payments/${id}/receipt.pdf`)
})

test('what the bank refused while nobody was there is mailed with reason and link; what a payer saw fail is not', async () => {
  const { owner, invoice, token } = await withInvoice()
  const { payment_id: seen } = await pay(token)
  told = { status: 'failed', failureCode: 'card_declined', failure: 'do_not_honor' }
  await settleAttempt(seen, observed(seen, invoice.total))
  const unseen = 'pay_unseen000000000000'
  await runtime().databases.asSystem('job', (db) => db.paymentAttempt.create({
    data: { id: unseen, orgId: invoice.orgId, invoiceId: invoice.id, kind: 'off_session', provider: 'stripe', providerRef: `ref-${unseen}`, amount: invoice.total, currency: 'USD', state: 'pending' },
  }))
  told = { status: 'failed', failureCode: 'insufficient_funds', failure: 'card_declined: insufficient' }
  await settleAttempt(unseen, observed(unseen, invoice.total))
  await drainJobs()
  const sent = (await mails('payment-failed')).filter(({ to }) => to === owner.actor.email)
  expect(sent).toHaveLength(1)
  expect(sent[0]?.text).toContain('there was not enough money on the account')
  expect(sent[0]?.text).toContain('/pay/inv_')
  expect(sent[0]?.text).not.toContain('insufficient"')
  const seenAgain = await (await anonymous()).call(getPayLinkCheckout, { token })
  expect(seenAgain.payment).toMatchObject({ state: 'failed', checkout_url: null })
})
