import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { metaFor } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { settleAttempt } from '../../payments/settle-attempt.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { invoicesOf, makeCustomer, setPlainMail } from '../testing/books.ts'
import { grantPurchasedCredit, purchaseCredits } from './purchase-credits.ts'
import { getCreditBalance } from './read-credits.ts'

withRuntime()
beforeAll(setPlainMail)

type Owner = Awaited<ReturnType<typeof makeCustomer>>
const buy = (owner: Owner, input: object, key: string | null = newId('request')) => purchaseCredits.handle(metaFor(owner.actor, owner.brand, { idempotencyKey: key }), input)
const violations = () => runtime().databases.asSystem('staff', findViolations)
const balance = async (owner: Owner) => (await owner.call(getCreditBalance, {})).balance.amount

/** The provider says that so much arrived for an invoice. */
const pay = async (owner: Owner, invoiceId: string, minor: bigint) => {
  const id = newId('payment')
  const orgId = owner.organization.id
  await runtime().databases.asSystem('job', (db) => db.paymentAttempt.create({ data: { id, orgId, invoiceId, provider: 'stripe', providerRef: `cs_${id}`, amount: minor, currency: 'USD', state: 'pending' } }))
  const observed = { providerRef: `cs_${id}`, paymentRef: null, attemptId: id, status: 'succeeded' as const, amount: { minor, currency: 'USD' }, refundedMinor: 0n, feeMinor: null, paidAt: new Date(), failure: null, failureCode: null, method: null }
  await Promise.all([settleAttempt(id, observed), settleAttempt(id, observed)])
  await drainJobs()
}

test('credit that is bought is there when its invoice is paid, once, and pays the next invoice', async () => {
  const owner = await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') })
  const { invoice_id: id, amount } = await buy(owner, { amount: '5.00' })
  expect(amount).toEqual({ amount: 500, currency: 'USD' })
  const [invoice] = await invoicesOf(owner.organization.id)
  expect(invoice).toMatchObject({ id, kind: 'credit_purchase', state: 'finalised', total: 500n, tax: 0n })
  expect(await balance(owner)).toBe(0)
  expect(await violations()).toEqual([])
  await pay(owner, id, 500n)
  await grantPurchasedCredit.run({ subject_id: id, org_id: owner.organization.id })
  expect(await balance(owner)).toBe(500)
  await closePeriodsOf([owner.organization.id], new Date('2031-02-01T00:00:00Z'))
  const month = (await invoicesOf(owner.organization.id)).find((row) => row.kind === 'invoice')
  expect(month).toMatchObject({ state: 'paid', total: 200n, amountPaid: 200n })
  expect(await balance(owner)).toBe(300)
  expect(await violations()).toEqual([])
})

test('the same order again is the same invoice, also many at once', async () => {
  const owner = await makeCustomer()
  const orders = await Promise.allSettled(Array.from({ length: 5 }, () => buy(owner, { amount: '7' }, 'the-same-key')))
  const ids = orders.flatMap((order) => (order.status === 'fulfilled' ? [order.value.invoice_id] : []))
  expect(new Set(ids).size).toBe(1)
  expect((await buy(owner, { amount: '7' }, 'the-same-key')).invoice_id).toBe(ids[0])
  expect(await invoicesOf(owner.organization.id)).toHaveLength(1)
})

test('what is paid above an invoice becomes credit, and the books say so', async () => {
  const owner = await makeCustomer({ joinedAt: new Date('2032-01-01T00:00:00Z') })
  await closePeriodsOf([owner.organization.id], new Date('2032-02-01T00:00:00Z'))
  const [invoice] = await invoicesOf(owner.organization.id)
  await pay(owner, invoice?.id ?? '', 250n)
  expect(await balance(owner)).toBe(50)
  await closePeriodsOf([owner.organization.id], new Date('2032-03-01T00:00:00Z'))
  expect((await invoicesOf(owner.organization.id)).at(-1)).toMatchObject({ state: 'finalised', total: 200n, amountPaid: 50n })
  expect(await violations()).toEqual([])
})

test('sums that cannot be paid are refused with their place', async () => {
  const owner = await makeCustomer()
  for (const [input, pointer] of [[{ amount: '1.005' }, '/amount'], [{ amount: '-1' }, '/amount'], [{ amount: '5', currency: 'NGN' }, '/currency']] as const) {
    await expect(buy(owner, input)).rejects.toMatchObject({ status: 422, errors: [{ pointer }] })
  }
})
