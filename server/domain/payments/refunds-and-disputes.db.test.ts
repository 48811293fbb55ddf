import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { sandboxProviders } from '../../sandbox/start-sandbox.ts'
import { makeUser } from '../../testing/actors.ts'
import { newId } from '../../core/id.ts'
import { issueCreditNote, postTransaction, purchaseCredits } from '../billing/index.ts'
import { creditExpired } from '../billing/rules/ledger.ts'
import { invoicesOf } from '../billing/testing/books.ts'
import { reconcileOnce } from '../reconciliation/index.ts'
import {
  listAllRefunds, listDisputes, listRefunds, listSuspense, matchSuspense, reconcileOpenPayments, recordPayment, refundPayment,
  returnSuspense, submitEvidence,
} from './index.ts'
import { receiveMoney } from './suspense/receive-money.ts'
import { attemptsOf, CARDS, ledgerOf, pay, run, settled, violations, withInvoice, withPayments } from './testing/paying.ts'

withPayments(23_610)

const paid = async (card: string = CARDS.good) => {
  const customer = await withInvoice()
  const { payment_id: paymentId } = await pay(customer, 'stripe', { card })
  await settled()
  const staff = await makeUser({ staff: true })
  return { ...customer, staff, paymentId, total: Number(customer.invoice.total) }
}
const refundsOf = (orgId: string) => runtime().databases.asSystem('job', (db) => db.refund.findMany({ where: { orgId }, orderBy: { createdAt: 'asc' } }))

test('a refund in parts, with its credit note; never more than was paid', async () => {
  const { staff, owner, orgId, invoice, paymentId, total } = await paid()
  const note = await staff.call(issueCreditNote, { invoice_id: invoice.id, settlement: 'refund', reason: 'Outage' })
  const first = await staff.call(refundPayment, { payment_id: paymentId, amount: 100, reason: 'Outage', credit_note_id: note.id })
  expect(first).toMatchObject({ state: 'requested', amount: { amount: 100 }, credit_note_id: note.id })
  await settled()
  await expect(staff.call(refundPayment, { payment_id: paymentId, amount: total - 99, reason: 'Too much' })).rejects.toMatchObject({ code: 'rule_violated' })
  await staff.call(refundPayment, { payment_id: paymentId, reason: 'The rest', credit_note_id: note.id })
  await settled()
  expect((await attemptsOf(orgId))[0]?.state).toBe('refunded')
  expect(await ledgerOf(orgId)).not.toHaveProperty('refunds')
  expect((await owner.call(listRefunds, {})).data.map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
  expect((await staff.call(listAllRefunds, { filter: { organization_id: orgId } })).data).toHaveLength(2)
  await expect(staff.call(refundPayment, { payment_id: paymentId, reason: 'Once more' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await violations()).toEqual([])
})

test('twenty refunds of all at once: one goes through', async () => {
  const { staff, orgId, paymentId } = await paid()
  const asked = await Promise.all(Array.from({ length: 20 }, () => staff.call(refundPayment, { payment_id: paymentId, reason: 'All of it' }).then(() => 'asked', () => 'refused')))
  expect(asked.filter((answer) => answer === 'asked')).toHaveLength(1)
  await settled()
  expect(await refundsOf(orgId)).toMatchObject([{ state: 'succeeded' }])
})

test('a refund whose answer was lost is sent again under the same key: once', async () => {
  const { staff, orgId, paymentId, total } = await paid()
  sandboxProviders().setKnobs({ loseAnswers: 5, drop: 20 })
  await staff.call(refundPayment, { payment_id: paymentId, amount: 100, reason: 'A part' })
  await settled().catch(() => null)
  sandboxProviders().setKnobs({ loseAnswers: 0, drop: 0 })
  await reconcileOpenPayments(0)
  await reconcileOnce()
  expect(await refundsOf(orgId)).toMatchObject([{ state: 'succeeded', amount: 100n }])
  expect((await ledgerOf(orgId))['refunds']).toBe(100n)
  expect(total).toBeGreaterThan(100)
  expect(await violations()).toEqual([])
})

test('a refund that takes days, and one that fails in the end: booked when done, taken back when not', async () => {
  const later = await paid(CARDS.refundLater)
  await later.staff.call(refundPayment, { payment_id: later.paymentId, amount: 100, reason: 'Later' })
  await settled()
  expect((await refundsOf(later.orgId))[0]?.state).toBe('pending')
  expect(await ledgerOf(later.orgId)).not.toHaveProperty('refunds')
  await sandboxProviders().settleRefunds('stripe', 'succeeded')
  await settled()
  expect((await refundsOf(later.orgId))[0]?.state).toBe('succeeded')
  expect((await ledgerOf(later.orgId))['refunds']).toBe(100n)
  const failing = await paid(CARDS.refundFails)
  await failing.staff.call(refundPayment, { payment_id: failing.paymentId, amount: 100, reason: 'Fails' })
  await settled()
  await sandboxProviders().settleRefunds('stripe', 'failed')
  await settled()
  expect((await refundsOf(failing.orgId))[0]?.state).toBe('failed')
  expect(await ledgerOf(failing.orgId)).not.toHaveProperty('refunds')
  expect((await attemptsOf(failing.orgId))[0]?.state).toBe('succeeded')
  expect(await violations()).toEqual([])
})

test.each(['won', 'lost'] as const)('a dispute holds money back, takes one answer, and is %s', async (outcome) => {
  const { staff, orgId, paymentId, invoice } = await paid()
  const before = await ledgerOf(orgId)
  const [attempt] = await attemptsOf(orgId)
  const id = await sandboxProviders().openDispute('stripe', attempt?.paymentRef ?? '', 'fraudulent')
  await settled()
  const [dispute] = (await staff.call(listDisputes, { filter: { organization_id: orgId } })).data
  expect(dispute).toMatchObject({ state: 'needs_response', payment_id: paymentId, amount: { amount: Number(invoice.total) } })
  expect((await ledgerOf(orgId))['disputes']).toBe(invoice.total)
  await expect(staff.call(refundPayment, { payment_id: paymentId, reason: 'Both ways' })).rejects.toMatchObject({ code: 'state_conflict' })
  await staff.call(submitEvidence, { dispute_id: dispute?.id ?? '', evidence: 'The app ran for the whole month; logs and usage attached.' })
  await settled()
  await expect(staff.call(submitEvidence, { dispute_id: dispute?.id ?? '', evidence: 'Another answer to the same dispute.' })).rejects.toMatchObject({ code: 'state_conflict' })
  await sandboxProviders().closeDispute('stripe', id ?? '', outcome)
  await settled()
  await reconcileOnce()
  const after = await ledgerOf(orgId)
  expect((await staff.call(listDisputes, { filter: { organization_id: orgId } })).data).toMatchObject([{ state: outcome }])
  expect(after).not.toHaveProperty('disputes')
  expect(after['write_off'] ?? 0n).toBe(outcome === 'lost' ? invoice.total : 0n)
  const fee = (after['provider_fees'] ?? 0n) - (before['provider_fees'] ?? 0n)
  expect((before['cash_in_transit:stripe'] ?? 0n) - (after['cash_in_transit:stripe'] ?? 0n)).toBe(fee + (outcome === 'lost' ? invoice.total : 0n))
  expect(await violations()).toEqual([])
})

test.each([0n, 300n])('a lost dispute takes back the credit that its payment bought, but for the %d already spent', async (spent) => {
  const customer = await withInvoice()
  const { owner, orgId } = customer
  const { invoice_id: orderId } = await run(owner, purchaseCredits, { amount: '20.00' })
  const invoice = (await invoicesOf(orgId)).find(({ id }) => id === orderId) ?? customer.invoice
  await pay({ owner, invoice }, 'stripe', { card: CARDS.good })
  await settled()
  const grant = await runtime().databases.asSystem('job', (db) => db.creditGrant.findFirstOrThrow({ where: { orgId, kind: 'paid' } }))
  expect(grant.remaining).toBe(2000n)
  // What an invoice uses of it is booked with the invoice; here a usage that expires stands for it.
  if (spent > 0n) await spend(grant, spent)
  const [attempt] = await attemptsOf(orgId)
  const dispute = await sandboxProviders().openDispute('stripe', attempt?.paymentRef ?? '', 'fraudulent')
  await settled()
  await sandboxProviders().closeDispute('stripe', dispute ?? '', 'lost')
  for (let again = 0; again < 2; again += 1) {
    await settled()
    await reconcileOnce()
  }
  const left = await runtime().databases.asSystem('job', (db) => db.creditGrant.findFirstOrThrow({ where: { id: grant.id } }))
  expect([left.remaining, left.revokedAt !== null]).toEqual([0n, true])
  expect((await ledgerOf(orgId))['write_off']).toBe(spent === 0n ? undefined : spent)
  expect(await violations()).toEqual([])
})

const spend = (grant: { id: string; orgId: string; brandId: string; entityId: string }, amount: bigint) => runtime().databases.asSystem('job', async (db) => {
  const at = runtime().clock.now()
  const id = newId('creditUse')
  await db.creditUse.create({ data: { id, orgId: grant.orgId, grantId: grant.id, kind: 'expired', amount: -amount, at } })
  await postTransaction(db, { ...grant, at }, creditExpired({ useId: id, kind: 'paid', currency: 'USD', amount }))
})

test('money nobody asked for waits in suspense; a person matches it to an invoice or sends it back', async () => {
  const { staff, orgId, invoice, read } = await (async () => ({ ...await withInvoice(), staff: await makeUser({ staff: true }) }))()
  const amount = Number(invoice.total)
  await sandboxProviders().payWithoutCheckout('stripe', { amount, currency: 'USD', email: 'x@example.com' })
  await sandboxProviders().payWithoutCheckout('stripe', { amount: 700, currency: 'USD', email: 'y@example.com' })
  await settled()
  await reconcileOnce()
  const open = async () => (await staff.call(listSuspense, { filter: { state: 'open' } })).data
  expect((await open()).map((item) => item.amount.amount).sort()).toEqual([amount, 700].sort())
  const [whole, other] = [(await open()).find((item) => item.amount.amount === amount), (await open()).find((item) => item.amount.amount === 700)]
  await staff.call(matchSuspense, { suspense_id: whole?.id ?? '', invoice_id: invoice.id, note: 'Customer wrote to us' })
  await staff.call(returnSuspense, { suspense_id: other?.id ?? '', note: 'Unknown payer' })
  await settled()
  await reconcileOnce()
  expect((await read())?.state).toBe('paid')
  expect(await open()).toEqual([])
  expect(await ledgerOf(null)).not.toHaveProperty('suspense')
  const { rows } = await runtime().databases.systemPool.query('SELECT account FROM ledger_entry WHERE account = \'suspense\' GROUP BY account HAVING sum(amount) <> 0')
  expect(rows).toEqual([])
  expect(await attemptsOf(orgId)).toMatchObject([{ kind: 'transfer', state: 'succeeded' }])
  await expect(staff.call(matchSuspense, { suspense_id: whole?.id ?? '', invoice_id: invoice.id, note: 'Again' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await violations()).toEqual([])
})

test('transfers: by number in any words, twice is once, a wrong one waits; a payment by hand needs evidence and fits what is open', async () => {
  const { staff, invoice, read, owner, orgId } = await (async () => ({ ...await withInvoice(), staff: await makeUser({ staff: true }) }))()
  const receive = (key: string, over: object = {}) => runtime().databases.asSystem('job', (db) => receiveMoney(db, {
    brandId: owner.brand.id, entityId: invoice.entityId, provider: 'bank_transfer', reference: `Payment for ${invoice.number?.toLowerCase() ?? ''}, thanks`, amount: 100n, currency: 'USD',
    at: new Date('2051-03-01T00:00:00Z'), payer: 'Ada', key, ...over,
  }))
  expect(await receive('line-1')).toMatchObject({ outcome: 'booked', invoiceId: invoice.id })
  expect(await receive('line-1')).toEqual({ outcome: 'duplicate' })
  expect(await receive('line-2', { currency: 'EUR' })).toMatchObject({ outcome: 'suspense' })
  expect(await receive('line-2', { currency: 'EUR' })).toEqual({ outcome: 'duplicate' })
  expect(await receive('line-3', { reference: 'rent' })).toMatchObject({ outcome: 'suspense' })
  const record = (amount: number, reference: string) => staff.call(recordPayment, { invoice_id: invoice.id, amount, evidence: 'Receipt book, page 12', reference })
  const rest = Number(invoice.total) - 100
  await expect(record(rest + 1, 'r1')).rejects.toMatchObject({ code: 'rule_violated' })
  await record(1, 'r1')
  await expect(record(1, 'r1')).rejects.toMatchObject({ code: 'rule_violated' })
  await record(rest - 1, 'r2')
  expect((await read())?.state).toBe('paid')
  expect(await receive('line-4')).toMatchObject({ outcome: 'suspense' })
  expect((await ledgerOf(orgId))['cash']).toBe(invoice.total)
  expect(await violations()).toEqual([])
})
