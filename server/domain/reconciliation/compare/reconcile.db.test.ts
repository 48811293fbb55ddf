import { beforeEach, expect, test } from 'vitest'
import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { findViolations } from '../../billing/index.ts'
import { setPlainMail } from '../../billing/testing/books.ts'
import { setProviders, settleAttempt } from '../../payments/index.ts'
import { listLines, listPayouts, listProviderHealth, listRuns, listWorkItems, reconcileOnce, startRun } from '../index.ts'
import { mailReport } from '../report/mail-report.ts'
import { balance, csvLine, importLines, invoice, makeAccount, makeInvoices } from '../testing/bank.ts'
import { fakeRail, providerPayment, type FakeRail } from '../testing/fake-rail.ts'

withRuntime()

const databases = {
  asSystem: <T>(purpose: 'job', run: (db: SystemDb) => Promise<T>): Promise<T> => runtime().databases.asSystem(purpose, run),
  query: (sql: string, values: unknown[]) => runtime().databases.systemPool.query(sql, values),
}
const HOUR = 3_600_000
let rail: FakeRail
let count = 0

beforeEach(() => {
  setPlainMail()
  count += 1
  rail = fakeRail(`fakepay${count}`)
  setProviders([rail])
})

/** An attempt of a new customer, as checkout leaves it; `at` is when it was last touched. */
const makeAttempt = async (sum: number, over: { state?: string } = {}) => {
  const { orgId, invoices: [one] } = await makeInvoices([sum])
  const id = newId('payment')
  const invoiceId = one?.id ?? ''
  await databases.asSystem('job', (db) => db.paymentAttempt.create({
    data: { id, orgId, invoiceId, provider: rail.name, providerRef: `ref_${id}`, amount: BigInt(sum), currency: 'USD', state: over.state ?? 'pending' },
  }))
  const payment = providerPayment({ providerRef: `ref_${id}`, attemptId: id, minor: BigInt(sum) })
  return { id, orgId, invoiceId, payment }
}

const ofKind = async (kind: string) => databases.asSystem('job', (db) => db.workItem.findMany({ where: { kind, facts: { path: ['provider'], equals: rail.name } } }))

test('a payment whose webhook and polling were lost is booked; one nobody asked for becomes work, once', async () => {
  const lost = await makeAttempt(1_000, { state: 'failed' })
  rail.payments.set(lost.payment.providerRef, lost.payment)
  rail.payments.set('stray', providerPayment({ providerRef: 'stray', minor: 777n }))
  await reconcileOnce()
  await reconcileOnce()
  await drainJobs()
  expect(await invoice(lost.invoiceId)).toMatchObject({ state: 'paid', amountPaid: 1_000n })
  expect(await ofKind('provider_only_payment')).toMatchObject([{ state: 'open', subjectType: 'suspense', facts: { reference: 'stray' }, title: expect.stringContaining('USD 7.77') as string }])
})

test('another sum than asked is booked as received and told', async () => {
  const one = await makeAttempt(1_000)
  rail.payments.set(one.payment.providerRef, { ...one.payment, amount: { minor: 900n, currency: 'USD' } })
  await reconcileOnce()
  expect(await invoice(one.invoiceId)).toMatchObject({ state: 'partially_paid', amountPaid: 900n })
  expect(await ofKind('amount_mismatch')).toMatchObject([{ subjectId: one.id, customerId: one.orgId }])
})

test('what only our books have is asked for by name before it is told', async () => {
  const [known, unknown, refused] = [await makeAttempt(1_000), await makeAttempt(2_000), await makeAttempt(3_000)]
  for (const { id, payment } of [known, unknown, refused]) await settleAttempt(id, payment)
  rail.payments.set(known.payment.providerRef, { ...known.payment, paidAt: new Date(0) })
  rail.payments.set(refused.payment.providerRef, { ...refused.payment, status: 'failed', paidAt: null })
  await databases.query("UPDATE payment_attempt SET updated_at = now() - interval '2 hours' WHERE provider = $1", [rail.name])
  await reconcileOnce()
  expect((await ofKind('ledger_only_payment')).map((item) => item.subjectId).sort()).toEqual([unknown.id, refused.id].sort())
})

test('a provider that is down for a day is one work item, and nothing of that day is lost', async () => {
  const staff = await makeUser({ staff: true })
  await reconcileOnce()
  rail.down = true
  const items = () => databases.asSystem('job', (db) => db.workItem.findMany({ where: { kind: 'provider_down', subjectId: rail.name } }))
  await reconcileOnce()
  expect(await items()).toEqual([])
  for (let hour = 1; hour < 24; hour += 1) await reconcileOnce()
  expect(await items()).toMatchObject([{ state: 'open' }])
  expect((await staff.call(listProviderHealth, {})).data).toMatchObject([{ provider: rail.name, ok: false, detail: 'connection refused', down_since: expect.any(String) as string }])
  await databases.query("UPDATE provider_health SET compared_to = now() - interval '30 hours', down_since = down_since - interval '1 day' WHERE provider = $1", [rail.name])
  await databases.query("UPDATE work_item SET key = 'provider_down:' || $1 || ':' || (SELECT to_char(down_since AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') FROM provider_health WHERE provider = $1) WHERE subject_id = $1", [rail.name])
  const meanwhile = await makeAttempt(1_000, { state: 'expired' })
  rail.payments.set(meanwhile.payment.providerRef, { ...meanwhile.payment, paidAt: new Date(Date.now() - 29 * HOUR) })
  rail.down = false
  await reconcileOnce()
  expect(await invoice(meanwhile.invoiceId)).toMatchObject({ state: 'paid' })
  expect(await items()).toMatchObject([{ state: 'done', doneBy: null }])
})

test('a provider that stops in the middle is compared to the end later; a run that a crash left goes on', async () => {
  const attempts = [await makeAttempt(1_000), await makeAttempt(2_000), await makeAttempt(3_000), await makeAttempt(4_000), await makeAttempt(5_000)]
  for (const { payment } of attempts) rail.payments.set(payment.providerRef, payment)
  rail.pagesUntilFailure = 1
  expect(await reconcileOnce()).toMatchObject({ providers_failed: 1 })
  const states = async () => Promise.all(attempts.map(async (one) => (await invoice(one.invoiceId)).state))
  expect(await states()).toEqual(['paid', 'paid', 'finalised', 'finalised', 'finalised'])
  expect(await databases.asSystem('job', (db) => db.providerHealth.findUnique({ where: { provider: rail.name } }))).toMatchObject({ comparedTo: null })
  rail.pagesUntilFailure = Number.POSITIVE_INFINITY
  await databases.asSystem('job', (db) => db.reconciliationRun.create({
    data: { id: newId('reconciliationRun'), startedAt: new Date(), state: 'running', since: new Date(), progress: { [rail.name]: { cursor: '2', done: false } }, figures: { payments_compared: 2 } },
  }))
  rail.listed = 0
  const figures = await reconcileOnce()
  expect([figures.payments_compared, rail.listed]).toEqual([5, 2])
  expect(await states()).toEqual(Array.from({ length: 5 }, () => 'paid'))
  expect(await databases.asSystem('job', (db) => db.reconciliationRun.count({ where: { state: 'running' } }))).toBe(0)
})

test('a payout moves money in transit to the bank, with its fees, once; its line on the statement books nothing more', async () => {
  const staff = await makeUser({ staff: true })
  const [one, two] = [await makeAttempt(10_000), await makeAttempt(5_000)]
  await settleAttempt(one.id, { ...one.payment, paymentRef: 'ch_1', feeMinor: 300n })
  await settleAttempt(two.id, { ...two.payment, paymentRef: 'ch_2' })
  rail.payouts.push({ id: 'po_1', amount: 14_500n, currency: 'USD', arrivedAt: new Date(), feeMinor: 500n, paymentRefs: ['ch_1', two.payment.providerRef] })
  const cash = await balance('cash')
  await Promise.all([reconcileOnce(), reconcileOnce()])
  expect(await reconcileOnce()).not.toHaveProperty('providers_failed')
  expect([await balance('cash') - cash, await balance(`cash_in_transit:${rail.name}`)]).toEqual([14_500n, 0n])
  const { data: [payout] } = await staff.call(listPayouts, { filter: { provider: rail.name } })
  expect(payout).toMatchObject({ state: 'matched', payments: { amount: 15_000 }, fees: { amount: 500 }, refunds: { amount: 0 }, difference: { amount: 0 }, bank_line_id: null })
  const account = await makeAccount(staff)
  await importLines(staff, account.id, [csvLine({ day: new Date().toISOString().slice(0, 10), amount: '145.00', payer: 'Fakepay Ltd', text: 'po_1' })])
  await drainJobs()
  expect((await staff.call(listLines, { filter: { bank_account_id: account.id } })).data).toMatchObject([{ state: 'payout' }])
  expect(await balance('cash') - cash).toBe(14_500n)
  expect((await databases.asSystem('job', (db) => findViolations(db))).filter((finding) => finding.rule === 'transaction_balances')).toEqual([])
})

test('a payout that does not add up, or holds payments we do not know, is work', async () => {
  const one = await makeAttempt(10_000)
  await settleAttempt(one.id, { ...one.payment, paymentRef: 'ch_9' })
  rail.payouts.push({ id: 'po_2', amount: 9_000n, currency: 'USD', arrivedAt: new Date(), feeMinor: 200n, paymentRefs: ['ch_9', 'ch_unknown'] })
  await reconcileOnce()
  await reconcileOnce()
  expect(await ofKind('payout_mismatch')).toMatchObject([{ facts: { unexplained: 'USD -8.00', unknown_payments: 1 } }])
})

test('a payout on the statement before the provider names it waits for it', async () => {
  const staff = await makeUser({ staff: true })
  const account = await makeAccount(staff)
  const one = await makeAttempt(4_200)
  await settleAttempt(one.id, { ...one.payment, paymentRef: 'ch_5' })
  const cash = await balance('cash')
  await importLines(staff, account.id, [csvLine({ day: new Date().toISOString().slice(0, 10), amount: '42.00', payer: 'Fakepay' })])
  await drainJobs()
  expect((await staff.call(listLines, { filter: { bank_account_id: account.id } })).data).toMatchObject([{ state: 'new' }])
  rail.payouts.push({ id: 'po_5', amount: 4_200n, currency: 'USD', arrivedAt: new Date(), feeMinor: 0n, paymentRefs: ['ch_5'] })
  await reconcileOnce()
  await drainJobs()
  expect((await staff.call(listLines, { filter: { bank_account_id: account.id } })).data).toMatchObject([{ state: 'payout' }])
  expect(await balance('cash') - cash).toBe(4_200n)
})

test('disputes, failed refunds and suspense are on the list until they are settled', async () => {
  const one = await makeAttempt(1_000)
  await settleAttempt(one.id, one.payment)
  const facts = { orgId: one.orgId, attemptId: one.id, provider: rail.name, amount: 1_000n, currency: 'USD' }
  const [disputeId, refundId] = [newId('dispute'), newId('refund')]
  await databases.asSystem('job', async (db) => {
    await db.dispute.create({ data: { id: disputeId, ...facts, providerDisputeId: `dp_${disputeId}`, reason: 'fraudulent', state: 'needs_response', dueBy: new Date(Date.now() + HOUR) } })
    await db.refund.create({ data: { id: refundId, ...facts, reason: 'asked', state: 'failed', key: refundId } })
  })
  rail.payments.set(one.payment.providerRef, one.payment)
  await reconcileOnce()
  expect([await ofKind('dispute_due'), await ofKind('refund_failed')]).toMatchObject([[{ state: 'open', dueAt: expect.any(Date) as Date }], [{ state: 'open' }]])
  await databases.asSystem('job', (db) => db.dispute.update({ where: { id: disputeId }, data: { state: 'under_review' } }))
  await reconcileOnce()
  expect(await ofKind('dispute_due')).toMatchObject([{ state: 'done' }])
})

test('the operator gets one report a day', async () => {
  const staff = await makeUser({ staff: true })
  await staff.call(startRun, {})
  await drainJobs()
  expect((await staff.call(listRuns, {})).data[0]).toMatchObject({ state: 'done' })
  rail.payments.set('x', providerPayment({ providerRef: 'x', minor: 5n }))
  await reconcileOnce()
  for (let time = 0; time < 3; time += 1) await mailReport.run({})
  await drainJobs()
  const mails = await databases.asSystem('job', (db) => db.mail.findMany({ where: { to: staff.actor.email, dedupeKey: { contains: 'reconciliation-report' } } }))
  expect(mails).toHaveLength(1)
  expect((await staff.call(listWorkItems, { filter: { kind: 'provider_only_payment', state: 'open' } })).data.length).toBeGreaterThan(0)
})
