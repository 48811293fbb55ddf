import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { createApp, startApp } from '../../apps/index.ts'
import { createPlan, getPlan, migrateSubscriptions, previewMigration, publishPrice } from '../catalogue/operations.ts'
import { createCoupon } from '../coupons/manage-coupons.ts'
import { redeemCoupon } from '../coupons/redeem-coupon.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closeDuePeriods } from '../periods/close-due-periods.ts'
import { invoicesOf, makeCustomer, setPlainMail } from '../testing/books.ts'
import { cancelSubscription, changePlan, getSubscription, listChanges, pauseSubscription, previewChange, resumeSubscription, undoChange } from './operations.ts'
import { applyPaidChange } from './paid-change.ts'
import { settleSubscriptions } from './settle-due.ts'

withRuntime()
beforeAll(setPlainMail)

const setClock = async (text: string): Promise<void> => {
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [new Date(text).getTime() - Date.now()])
  await runtime().clock.refresh()
}
const at = (text: string): Date => new Date(text)
const closeAt = async (text: string): Promise<void> => {
  await setClock(text)
  await closeDuePeriods(at(text))
  await settleSubscriptions(at(text))
}
type Lines = { lines: { description: string; amount: number; periodStart: string; periodEnd: string }[] }
const orderOf = (line: Lines['lines'][number]): string => `${line.periodStart} ${line.description} ${1e9 + line.amount}`
const linesOf = async (orgId: string) =>
  (await invoicesOf(orgId)).map((invoice) => (invoice.snapshot as unknown as Lines).lines.toSorted((a, b) => orderOf(a) < orderOf(b) ? -1 : 1)
    .map((line) => [line.description, line.amount, line.periodStart, line.periodEnd]))
const violations = () => runtime().databases.asSystem('staff', findViolations)

let pro = ''
let ahead = ''
beforeAll(async () => {
  await setClock('2031-01-01T00:00:10Z')
  await makeCustomer()
  const staff = await makeUser({ staff: true })
  const plan = async (key: string, terms: object): Promise<string> => {
    const { id } = await staff.call(createPlan, { key, name: key, description: 'for tests' })
    await staff.call(publishPrice, { plan_id: id, currency: 'USD', charges: [], ...terms })
    return id
  }
  pro = await plan('pro', { price: '31.00' })
  ahead = await plan('ahead', { price: '62.00', timing: 'advance', setup_fee: '5' })
  await plan('yearly', { price: '365.00', interval: 'year', timing: 'advance' })
  await plan('trial', { price: '62.00', trial_days: 10 })
  await plan('committed', { price: '10.00', commitment: '62.00' })
})

test('the exact figures come before the change, and the invoice says the same', async () => {
  await setClock('2031-01-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2031-01-01T00:00:00Z') })
  const preview = await owner.call(previewChange, { plan_key: 'pro' })
  expect(preview).toMatchObject({ action: 'plan', when: 'now', plan_key: 'pro', replaces: null })
  expect(preview.quote.lines.map((line) => [line.kind, line.amount.amount, line.from, line.to])).toEqual([
    ['credit', -135, '2031-01-11', '2031-02-01'], ['charge', 2100, '2031-01-11', '2031-02-01']])
  expect(preview.quote).toMatchObject({ subtotal: { amount: 1965 }, fee_before: { amount: 200 }, fee_after: { amount: 3100 }, invoiced_at: '2031-02-01T00:00:00.000Z' })
  await expect(owner.call(changePlan, { plan_key: 'pro', expected_total: 1 })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await owner.call(changePlan, { plan_key: 'pro', expected_total: preview.quote.total.amount })).toMatchObject({ plan_key: 'pro', status: 'active', pending_change: null, fee: { amount: 3100 } })
  await expect(owner.call(changePlan, { plan_key: 'pro' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ code: 'nothing_changes' }] })
  await closeAt('2031-02-01T00:00:00Z')
  expect(await linesOf(owner.organization.id)).toEqual([[['Starter plan', 65, '2031-01-01', '2031-01-11'], ['pro plan', 2100, '2031-01-11', '2031-02-01']]])
  expect((await owner.call(listChanges, {})).data).toMatchObject([{ kind: 'plan', state: 'applied', plan_key: 'pro' }])
})

test('a spend commitment is filled up on the invoice, for the days it applied', async () => {
  await setClock('2031-01-16T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2031-01-01T00:00:00Z') })
  await owner.call(changePlan, { plan_key: 'committed', when: 'now' })
  await closeAt('2031-02-01T00:00:00Z')
  await closeAt('2031-03-01T00:00:00Z')
  const [january, february] = (await linesOf(owner.organization.id)).map((lines) => lines.filter(([description]) => description !== 'Starter plan').map(([, amount]) => Number(amount)))
  // 16 of 31 days: 5.16 of the fee, filled up to 32.00.
  expect([january?.toSorted((x, y) => x - y), february?.toSorted((x, y) => x - y)]).toEqual([[516, 2684], [1000, 5200]])
  expect(await violations()).toEqual([])
})

test('a downgrade waits for the end of the period, can be undone, and is replaced by the next wish', async () => {
  await setClock('2031-03-05T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2031-03-01T00:00:00Z') })
  await owner.call(changePlan, { plan_key: 'pro' })
  const scheduled = await owner.call(changePlan, { plan_key: 'starter' })
  expect(scheduled).toMatchObject({ plan_key: 'pro', pending_change: { state: 'scheduled', plan_key: 'starter', effective_at: '2031-04-01T00:00:00.000Z' } })
  expect(await owner.call(undoChange, {})).toMatchObject({ plan_key: 'pro', pending_change: null })
  await expect(owner.call(undoChange, {})).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await owner.call(cancelSubscription, {})).toMatchObject({ cancel_at: '2031-04-01T00:00:00.000Z', status: 'active' })
  expect((await owner.call(previewChange, { plan_key: 'starter' })).replaces).not.toBeNull()
  expect(await owner.call(changePlan, { plan_key: 'starter' })).toMatchObject({ cancel_at: null, pending_change: { kind: 'plan' } })
  await closeAt('2031-04-01T00:00:00Z')
  expect(await owner.call(getSubscription, {})).toMatchObject({ plan_key: 'starter', pending_change: null, period: { first_day: '2031-04-01', end_day: '2031-05-01' } })
  await closeAt('2031-05-01T00:00:00Z')
  expect((await linesOf(owner.organization.id)).map((lines) => lines.map((line) => line.slice(0, 2)))).toEqual([
    [['Starter plan', 26], ['pro plan', 2700]], [['Starter plan', 200]]])
  expect((await owner.call(listChanges, {})).data.map((c) => [c.kind, c.state])).toEqual([
    ['plan', 'applied'], ['cancel', 'cancelled'], ['plan', 'cancelled'], ['plan', 'applied']])
})

test('in advance: the period when it begins, a change at once as credit and charge, the set-up once', async () => {
  await setClock('2031-06-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2031-06-01T00:00:00Z') })
  const { id } = owner.organization
  await owner.call(changePlan, { plan_key: 'ahead' })
  await closeAt('2031-07-01T00:00:00Z')
  await setClock('2031-07-11T10:00:00Z')
  const { quote } = await owner.call(previewChange, { plan_key: 'pro', when: 'now' })
  expect(quote.lines.map((line) => [line.kind, line.amount.amount])).toEqual([['charge', 2100], ['credit', -4200]])
  await owner.call(changePlan, { plan_key: 'pro', when: 'now' })
  await owner.call(changePlan, { plan_key: 'ahead', when: 'now' })
  await closeAt('2031-08-01T00:00:00Z')
  expect(await linesOf(id)).toEqual([
    [['Starter plan', 67, '2031-06-01', '2031-06-11'], ['Remaining time on ahead', 4133, '2031-06-11', '2031-07-01'], ['ahead plan, set-up', 500, '2031-06-11', '2031-07-01'],
      ['ahead plan', 6200, '2031-07-01', '2031-08-01']],
    [['Remaining time on ahead', 4200, '2031-07-11', '2031-08-01'], ['Unused time on ahead', -4200, '2031-07-11', '2031-08-01'], ['ahead plan', 6200, '2031-08-01', '2031-09-01']]])
  await setClock('2031-08-11T10:00:00Z')
  const ended = await owner.call(cancelSubscription, { when: 'now' })
  expect(ended).toMatchObject({ status: 'cancelled', ended_at: expect.stringContaining('2031-08-11T10:00:00') })
  expect((await owner.call(previewChange, { action: 'resume' })).quote.total.amount).toBe(4000)
  expect(await owner.call(resumeSubscription, {})).toMatchObject({ status: 'active', ended_at: null })
  await closeAt('2031-09-01T00:00:00Z')
  expect((await linesOf(id)).at(-1)?.map((line) => line.slice(0, 2))).toEqual([
    ['Remaining time on ahead', 4200], ['Unused time on ahead', -200], ['Unused time on ahead', -4000], ['ahead plan', 6200]])
  expect(await violations()).toEqual([])
})

test('a discount is never given back as money, before it reached an invoice or after', async () => {
  await setClock('2031-05-11T10:00:00Z')
  const staff = await makeUser({ staff: true })
  await staff.call(createCoupon, { brand_id: staff.brand.id, code: 'HALF', name: 'Half', type: 'percent', value: '50', duration: 'forever' })
  const owner = await makeCustomer({ joinedAt: at('2031-05-01T00:00:00Z') })
  await owner.call(redeemCoupon, { code: 'HALF' })
  await owner.call(changePlan, { plan_key: 'ahead' })
  const credited = async () => (await owner.call(previewChange, { plan_key: 'starter', when: 'now' })).quote.lines.find((line) => line.kind === 'credit')?.amount.amount
  expect(await credited()).toBe(-2100)
  await closeAt('2031-06-01T00:00:00Z')
  await setClock('2031-06-16T10:00:00Z')
  expect(await credited()).toBe(-1550)
})

test('another interval ends the present period today', async () => {
  await setClock('2031-10-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2031-10-01T00:00:00Z') })
  const changed = await owner.call(changePlan, { plan_key: 'yearly', anchor: 'anniversary' })
  expect(changed).toMatchObject({ anchor: 'anniversary', period: { first_day: '2031-10-01', end_day: '2031-10-11' } })
  await closeDuePeriods(at('2031-10-11T10:01:00Z'))
  expect(await owner.call(getSubscription, {})).toMatchObject({ period: { first_day: '2031-10-11', end_day: '2032-10-11' } })
  expect(await linesOf(owner.organization.id)).toEqual([[['Starter plan', 65, '2031-10-01', '2031-10-11'], ['yearly plan', 36500, '2031-10-11', '2032-10-11']]])
})

test('a trial is free once, and ends by itself', async () => {
  await setClock('2032-01-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2032-01-01T00:00:00Z') })
  expect(await owner.call(changePlan, { plan_key: 'trial' })).toMatchObject({ status: 'trialing', trial_ends_at: '2032-01-21T00:00:00.000Z' })
  await setClock('2032-01-21T00:00:01Z')
  expect(await settleSubscriptions(at('2032-01-21T00:00:01Z'))).toBe(1)
  expect(await settleSubscriptions(at('2032-01-21T00:00:01Z'))).toBe(0)
  expect(await owner.call(getSubscription, {})).toMatchObject({ status: 'active' })
  await closeAt('2032-02-01T00:00:00Z')
  expect(await linesOf(owner.organization.id)).toEqual([[['Starter plan', 65, '2032-01-01', '2032-01-11'], ['trial plan', 2200, '2032-01-21', '2032-02-01']]])
  await owner.call(changePlan, { plan_key: 'pro', when: 'now' })
  expect(await owner.call(changePlan, { plan_key: 'trial', when: 'now' })).toMatchObject({ status: 'active' })
})

test('paused: apps stop and none starts, the days cost nothing; resumed it goes on', async () => {
  await setClock('2032-03-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2032-03-01T00:00:00Z') })
  const app = await owner.call(createApp, { name: 'web', image: 'builtin/hello:latest' })
  expect(await owner.call(pauseSubscription, {})).toMatchObject({ status: 'paused' })
  const [row] = (await runtime().databases.systemPool.query<{ desired: string }>('SELECT desired FROM app WHERE id = $1', [app.id])).rows
  expect(row?.desired).toBe('stopped')
  await expect(owner.call(startApp, { app_id: app.id })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(pauseSubscription, {})).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(changePlan, { plan_key: 'pro' })).rejects.toMatchObject({ code: 'state_conflict' })
  await setClock('2032-03-21T10:00:00Z')
  expect(await owner.call(resumeSubscription, {})).toMatchObject({ status: 'active' })
  await owner.call(startApp, { app_id: app.id })
  await closeAt('2032-04-01T00:00:00Z')
  expect((await linesOf(owner.organization.id))[0]?.slice(0, 2)).toEqual([['Starter plan', 65, '2032-03-01', '2032-03-11'], ['Starter plan', 70, '2032-03-21', '2032-04-01']])
})

test('cancelled at the end: billed to the last day, then nothing more', async () => {
  await setClock('2032-05-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2032-05-01T00:00:00Z') })
  await owner.call(cancelSubscription, {})
  await closeAt('2032-06-01T00:00:00Z')
  expect(await owner.call(getSubscription, {})).toMatchObject({ status: 'cancelled', ended_at: '2032-06-01T00:00:00.000Z' })
  await closeAt('2032-08-01T00:00:00Z')
  expect((await invoicesOf(owner.organization.id)).map((i) => i.total)).toEqual([200n])
  await setClock('2032-08-16T10:00:00Z')
  expect(await owner.call(resumeSubscription, {})).toMatchObject({ status: 'active', period: { first_day: '2032-08-01', end_day: '2032-09-01' } })
  await closeAt('2032-09-01T00:00:00Z')
  expect(await linesOf(owner.organization.id)).toEqual([[['Starter plan', 200, '2032-05-01', '2032-06-01']], [['Starter plan', 103, '2032-08-16', '2032-09-01']]])
})

test('to be paid first: nothing happens before the money, and what was paid comes off the next invoice; unpaid it can be replaced', async () => {
  await setClock('2032-10-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2032-10-01T00:00:00Z') })
  const { id } = owner.organization
  await expect(owner.call(changePlan, { plan_key: 'pro', pay_first: true })).rejects.toMatchObject({ errors: [{ code: 'nothing_to_pay' }] })
  expect(await owner.call(previewChange, { plan_key: 'pro' })).toMatchObject({ payable_first: { amount: 0 } })
  expect(await owner.call(previewChange, { plan_key: 'ahead' })).toMatchObject({ payable_first: { amount: 4700 } })
  await owner.call(changePlan, { plan_key: 'ahead', quantity: 2, pay_first: true })
  await drainJobs()
  const waiting = await owner.call(getSubscription, {})
  expect(waiting).toMatchObject({ plan_key: 'starter', pending_change: { state: 'awaiting_payment', plan_key: 'ahead' } })
  expect((await invoicesOf(id)).map((i) => [i.kind, i.state, i.total])).toEqual([['one_off', 'finalised', 4700n]])
  await owner.call(changePlan, { plan_key: 'ahead', pay_first: true })
  await drainJobs()
  const [first, second] = (await invoicesOf(id)).toSorted((a, b) => (a.number ?? '') < (b.number ?? '') ? -1 : 1)
  expect([first?.state, second?.state]).toEqual(['void', 'finalised'])
  expect(await owner.call(getSubscription, {})).toMatchObject({ plan_key: 'starter', pending_change: { invoice_id: second?.id } })
  await setClock('2032-10-21T10:00:00Z')
  for (const _ of [1, 2]) await applyPaidChange.run({ subject_id: second?.id ?? '', org_id: id })
  expect(await owner.call(getSubscription, {})).toMatchObject({ plan_key: 'ahead', pending_change: null })
  await closeAt('2032-11-01T00:00:00Z')
  expect((await linesOf(id))[0]).toEqual([
    ['Paid before the change', -4700, '2032-10-01', '2032-11-01'], ['Starter plan', 129, '2032-10-01', '2032-10-21'], ['Remaining time on ahead', 2200, '2032-10-21', '2032-11-01'],
    ['ahead plan, set-up', 500, '2032-10-21', '2032-11-01'], ['ahead plan', 6200, '2032-11-01', '2032-12-01']])
  expect((await violations()).filter((finding) => finding.rule !== 'state_fits_amount_paid')).toEqual([])
})

test('ten people change it at once: one change after the other, never a day on two plans', async () => {
  await setClock('2033-01-11T10:00:00Z')
  const owner = await makeCustomer({ joinedAt: at('2033-01-01T00:00:00Z') })
  await Promise.allSettled(Array.from({ length: 10 }, (_, i) => owner.call(changePlan, { quantity: i + 2, when: i % 2 === 0 ? 'now' : 'period_end' })))
  const { rows } = await runtime().databases.systemPool.query<{ from_date: string; to_date: string | null }>(
    'SELECT from_date, to_date FROM subscription_phase WHERE org_id = $1 ORDER BY from_date', [owner.organization.id])
  rows.forEach((row, i) => { expect(row.to_date).toBe(rows[i + 1]?.from_date ?? null) })
  const open = await owner.call(listChanges, { filter: { state: 'scheduled' } })
  expect(open.data.length).toBeLessThanOrEqual(1)
  const twice = await Promise.all([0, 1].map(() => owner.call(changePlan, { quantity: 50, when: 'now' }, { idempotencyKey: 'same' }).catch((error: unknown) => error)))
  expect((await owner.call(listChanges, { filter: { kind: 'plan' }, limit: 100 })).data.filter((c) => c.quantity === 50)).toHaveLength(1)
  expect(twice).toHaveLength(2)
})

test('a new version is for new subscriptions; the others are migrated on purpose, after a look at who they are', async () => {
  await setClock('2033-03-11T10:00:00Z')
  const staff = await makeUser({ staff: true })
  const owner = await makeCustomer({ joinedAt: at('2033-03-01T00:00:00Z') })
  await owner.call(changePlan, { plan_key: 'pro' })
  const dearer = await staff.call(publishPrice, { plan_id: pro, currency: 'USD', price: '62.00' })
  expect(await owner.call(getSubscription, {})).toMatchObject({ price: { version: 1 } })
  const who = await staff.call(previewMigration, { price_id: dearer.id })
  expect(who.data.find((row) => row.organization_id === owner.organization.id)).toMatchObject({
    version: 1, fee_before: { amount: 3100 }, fee_after: { amount: 6200 }, effective_at: '2033-04-01T00:00:00.000Z' })
  expect(await staff.call(migrateSubscriptions, { price_id: dearer.id })).toEqual({ count: who.count })
  await drainJobs()
  expect(await owner.call(getSubscription, {})).toMatchObject({ price: { version: 1 }, pending_change: { kind: 'migration', plan_key: 'pro' } })
  await closeAt('2033-04-01T00:00:00Z')
  expect(await owner.call(getSubscription, {})).toMatchObject({ price: { version: 2 }, pending_change: null })
  expect((await staff.call(getPlan, { plan_id: pro })).prices.find((price) => price.current)).toMatchObject({ version: 2 })
  await expect(staff.call(previewMigration, { price_id: dearer.id, from_price_id: (await staff.call(getPlan, { plan_id: ahead })).prices[0]?.id ?? '' })).rejects.toMatchObject({ code: 'rule_violated' })
})
