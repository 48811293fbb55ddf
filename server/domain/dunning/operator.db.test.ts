import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { newId } from '../../core/id.ts'
import { makeUser } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, startApp } from '../apps/index.ts'
import type { z } from 'zod'
import type { DunningPolicy } from '../../contract/dunning.ts'
import { createInvoice } from '../billing/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { deleteOrganization, restoreOrganization } from '../org-deletion/index.ts'
import { setProviders, type PaymentProvider } from '../payments/index.ts'
import { storeMethod } from '../payments/methods/store-method.ts'
import {
  getAgeing, getDunningAccount, getDunningPolicy, getStanding, listDunningAccounts, pauseDunning, resumeDunning, setDunningPolicy,
  suspendOrganization, unsuspendOrganization,
} from './index.ts'
import { appsOf, days, liveUntil, makeDebtor, payByCard, setClock, standingOf, stepsOf } from './testing/debtors.ts'

withRuntime()
beforeAll(setPlainMail)
const START = new Date('2027-02-20T15:30:00Z')
const POLICY: Omit<z.input<typeof DunningPolicy>, 'brand_id' | 'etag'> = {
  reminder_days: [2], retry_days: [], grace_days: 5, retention_days: 30, last_notice_days: 3, hour: 8,
}

test('a pause with its reason holds everything back until its day, and can be ended before it', async () => {
  await setClock(START)
  const { orgId, dueAt, staff, owner } = await makeDebtor('UTC')
  const until = days(dueAt, 30).toISOString()
  await expect(staff.call(pauseDunning, { organization_id: orgId, until: START.toISOString(), reason: 'They asked' })).rejects.toMatchObject({ errors: [{ pointer: '/until', code: 'in_the_past' }] })
  await expect(owner.call(pauseDunning, { organization_id: orgId, until, reason: 'They asked' })).rejects.toMatchObject({ code: 'forbidden' })
  await staff.call(pauseDunning, { organization_id: orgId, until, reason: 'They asked' })
  await drainJobs()
  await liveUntil(days(dueAt, 25))
  expect((await stepsOf(orgId)).map(({ kind }) => kind)).toEqual(['overdue'])
  expect(await staff.call(getDunningAccount, { organization_id: orgId })).toMatchObject({ standing: 'past_due', paused_until: until, pause_reason: 'They asked', owed: [{ amount: 2000 }] })
  expect(await owner.call(getStanding, {})).toMatchObject({ paused_until: until })
  await staff.call(resumeDunning, { organization_id: orgId })
  await drainJobs()
  expect((await standingOf(orgId))?.standing).toBe('suspended')
  await expect(staff.call(resumeDunning, { organization_id: orgId })).rejects.toMatchObject({ code: 'state_conflict' })
}, 60_000)

test('who is suspended by hand stays so whatever is paid, until a hand lifts it', async () => {
  await setClock(START)
  const { orgId, staff, owner, web } = await makeDebtor('UTC')
  await staff.call(suspendOrganization, { organization_id: orgId, reason: 'Sends spam' })
  await drainJobs()
  expect([(await standingOf(orgId))?.standing, await appsOf(orgId)]).toEqual(['suspended', { web: 'stopped', idle: 'stopped' }])
  await liveUntil(days(START, 80))
  expect((await standingOf(orgId))?.standing).toBe('suspended')
  expect(await owner.call(getStanding, {})).toMatchObject({ suspended_by: 'operator', stopped_apps: 1 })
  await expect(owner.call(startApp, { app_id: web.id })).rejects.toMatchObject({ code: 'payment_required' })
  await expect(staff.call(suspendOrganization, { organization_id: orgId, reason: 'Again' })).rejects.toMatchObject({ code: 'state_conflict' })
  await staff.call(unsuspendOrganization, { organization_id: orgId, reason: 'It was a mistake', until: days(START, 100).toISOString() })
  await drainJobs()
  expect([(await standingOf(orgId))?.standing, await appsOf(orgId)]).toEqual(['past_due', { web: 'running', idle: 'stopped' }])
}, 60_000)

test('a brand has a policy of its own; what cannot be is refused at its field', async () => {
  await setClock(START)
  const { orgId, owner, staff, dueAt } = await makeDebtor('UTC')
  const brandId = owner.brand.id
  expect(await staff.call(getDunningPolicy, { brand_id: brandId })).toMatchObject({ reminder_days: [-3, 1, 7], grace_days: 14, retention_days: 60, hour: 9 })
  const wrong: [Partial<typeof POLICY>, string, string][] = [
    [{ reminder_days: [1, 1] }, '/reminder_days/1', 'duplicate'], [{ reminder_days: [6] }, '/reminder_days/0', 'after_grace'], [{ last_notice_days: 31 }, '/last_notice_days', 'before_suspension'],
  ]
  for (const [change, pointer, code] of wrong) {
    await expect(staff.call(setDunningPolicy, { brand_id: brandId, ...POLICY, ...change })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer, code }] })
  }
  await expect(staff.call(setDunningPolicy, { brand_id: brandId, ...POLICY, hour: 24 })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(staff.call(setDunningPolicy, { brand_id: brandId, ...POLICY }, { precondition: { ifMatch: '"stale"' } })).rejects.toMatchObject({ code: 'precondition_failed' })
  await staff.call(setDunningPolicy, { brand_id: brandId, ...POLICY })
  await liveUntil(days(dueAt, 7))
  expect((await stepsOf(orgId)).map(({ kind, done_at: at }) => `${kind} ${at.toISOString().slice(5, 13)}`)).toEqual(['overdue 03-06T15', 'reminder 03-09T08', 'suspend 03-12T08'])
  await runtime().databases.asSystem('job', (db) => db.dunningPolicy.deleteMany())
}, 60_000)

/** A rail that refuses with the codes it is given, one after the other, and then pays. */
const rail = (codes: string[], seen: string[]): PaymentProvider => ({
  name: 'stripe', label: 'Stripe',
  capabilities: {
    currencies: null, hasEventId: true, sendsFailures: true, minimums: {}, checkout: 'redirect', savesMethods: true,
    refunds: 'partial', disputes: false, payouts: false, splits: false,
  },
  createCheckout: () => Promise.reject(new Error('not asked for')), fetchPayment: () => Promise.resolve(null), refund: () => Promise.reject(new Error('not asked for')),
  health: () => Promise.resolve({ ok: true, detail: '' }), parseWebhook: () => Promise.resolve({ ok: false, reason: 'malformed' }),
  chargeSaved: ({ id, amount }, { providerMethodRef }) => {
    const code = codes.shift()
    seen.push(providerMethodRef)
    const status = code === undefined ? 'succeeded' : code === 'authentication_required' ? 'requires_action' : 'failed'
    return Promise.resolve({
      providerRef: id, paymentRef: null, attemptId: id, status, amount, refundedMinor: 0n, feeMinor: null,
      paidAt: code === undefined ? runtime().clock.now() : null,
      failure: code ?? null, failureCode: (code ?? null) as never, method: null,
    })
  },
})
const addCard = (orgId: string, ref: string) => runtime().databases.asSystem('job', async (db) => {
  await db.organization.update({ where: { id: orgId }, data: { autoPay: true } })
  await storeMethod(db, {
    attempt: { orgId, provider: 'stripe' }, facts: { providerMethodRef: ref, customerRef: null, kind: 'card', brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030, reusable: true, country: 'NG' },
  })
})

test.each([
  ['card_declined', ['03-08', '03-10', '03-12', '03-14']], ['insufficient_funds', ['03-09', '03-13', '03-17', '03-21']], ['lost_or_stolen', []], ['authentication_required', []],
])('after %s a stored card is tried again on %j', async (code, dates) => {
  await setClock(START)
  const seen: string[] = []
  setProviders([rail(Array<string>(20).fill(code), seen)])
  const { orgId, dueAt } = await makeDebtor('UTC')
  await addCard(orgId, newId('event'))
  await drainJobs()
  expect(seen).toHaveLength(1)
  await liveUntil(days(dueAt, 20))
  expect((await stepsOf(orgId)).filter(({ kind }) => kind === 'retry').map(({ done_at: at, outcome, detail }) => `${at.toISOString().slice(5, 10)} ${outcome} ${detail ?? ''}`))
    .toEqual(dates.map((date) => `${date} failed ${code}`))
  expect(seen).toHaveLength(1 + dates.length)
  expect((await standingOf(orgId))?.standing).toBe('suspended')
}, 60_000)

test('a new card pays what is open at once, and the suspended customer is back', async () => {
  await setClock(START)
  const seen: string[] = []
  setProviders([rail(['lost_or_stolen'], seen)])
  const { orgId, dueAt, staff, owner } = await makeDebtor('UTC')
  await staff.call(createInvoice, { organization_id: orgId, lines: [{ description: 'More', unit_amount: '5' }] })
  await drainJobs()
  await addCard(orgId, 'old_card')
  await drainJobs()
  await liveUntil(days(dueAt, 16))
  expect([(await standingOf(orgId))?.standing, seen.length]).toEqual(['suspended', 1])
  await addCard(orgId, 'new_card')
  await drainJobs()
  expect(await standingOf(orgId)).toEqual({ standing: 'good', suspended_at: null })
  expect(seen).toEqual(['old_card', 'new_card', 'new_card'])
  expect(await appsOf(orgId)).toEqual({ web: 'running', idle: 'stopped' })
  await owner.call(createApp, { name: 'more', image: 'builtin/hello:v1' })
  setProviders([])
}, 60_000)

test('a retry that is paid ends the case on its own day', async () => {
  await setClock(START)
  setProviders([rail(['card_declined', 'card_declined'], [])])
  const { orgId, dueAt } = await makeDebtor('UTC')
  await addCard(orgId, newId('event'))
  await drainJobs()
  await liveUntil(days(dueAt, 20))
  expect((await stepsOf(orgId)).filter(({ kind }) => kind === 'retry').map(({ outcome }) => outcome)).toEqual(['failed', 'paid'])
  expect((await standingOf(orgId))?.standing).toBe('good')
  expect((await stepsOf(orgId)).some(({ kind }) => kind === 'suspend')).toBe(false)
  setProviders([])
}, 60_000)

test('deletion and suspension at once: what ran comes back when both are over, in either order', async () => {
  for (const payFirst of [true, false]) {
    await setClock(START)
    const { orgId, dueAt, owner, invoice } = await makeDebtor('UTC')
    await liveUntil(days(dueAt, 16))
    await owner.call(deleteOrganization, { name: owner.organization.name })
    const pay = async () => { await payByCard(orgId, invoice.id); await drainJobs() }
    const undo = () => owner.call(restoreOrganization, {})
    for (const act of payFirst ? [pay, undo] : [undo, pay]) {
      expect(await appsOf(orgId)).toEqual({ web: 'stopped', idle: 'stopped' })
      await act()
    }
    expect(await appsOf(orgId)).toEqual({ web: 'running', idle: 'stopped' })
  }
}, 60_000)

test('ageing puts each day past due into one bucket, by currency, and adds up', async () => {
  await setClock(START)
  const { orgId, dueAt, staff } = await makeDebtor('UTC')
  for (const [after, bucket] of [[-1, 'current'], [0.5, 'days_0_30'], [30.5, 'days_0_30'], [31, 'days_31_60'], [60.9, 'days_31_60'], [61, 'days_61_90'], [91, 'days_over_90']] as const) {
    await setClock(days(dueAt, after))
    const { data, totals } = await staff.call(getAgeing, {})
    expect(data.find((row) => row.organization_id === orgId)).toMatchObject({ [bucket]: 2000, total: 2000, currency: 'USD' })
    for (const row of totals) expect(row.current + row.days_0_30 + row.days_31_60 + row.days_61_90 + row.days_over_90).toBe(row.total)
  }
  await expect((await makeUser()).call(getAgeing, {})).rejects.toMatchObject({ code: 'forbidden' })
  expect((await staff.call(listDunningAccounts, { filter: { standing: 'suspended,terminated,past_due' } })).data.length).toBeGreaterThan(1)
}, 60_000)
