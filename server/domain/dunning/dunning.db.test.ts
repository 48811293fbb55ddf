import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { newId } from '../../core/id.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp, startApp } from '../apps/index.ts'
import { findViolations, issueCreditNote, voidInvoice, writeOffInvoice } from '../billing/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { receiveMoney, recordPayment } from '../payments/index.ts'
import { advanceOrganization } from './advance.ts'
import { getStanding, unsuspendOrganization } from './index.ts'
import { graceEnd } from './plan.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { appsOf, days, liveUntil, mailsTo, makeDebtor, payByCard, setClock, standingOf, stepsOf } from './testing/debtors.ts'

withRuntime()
beforeAll(setPlainMail)
const system = <T>(run: Parameters<ReturnType<typeof runtime>['databases']['asSystem']>[1]) => runtime().databases.asSystem('job', run) as Promise<T>

/** Clocks change on 14 March 2027 in New York and on 28 March in Berlin, within the ninety days. */
const START = new Date('2027-02-20T15:30:00Z')

test('ninety days without a payment in three time zones: each step once and at nine by the customer\'s clock, three workers at a time', async () => {
  await setClock(START)
  const debtors = await Promise.all(['Africa/Lagos', 'America/New_York', 'Europe/Berlin'].map(async (zone) => ({ zone, ...await makeDebtor(zone) })))
  await liveUntil(days(START, 90))
  for (const { zone, orgId, owner, dueAt, invoice } of debtors) {
    const local = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
    const steps = await stepsOf(orgId)
    expect(steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'reminder done', 'overdue done', 'reminder done', 'reminder done', 'suspend done', 'last_notice done', 'terminate done',
    ])
    expect(new Set(steps.map(({ key }) => key)).size).toBe(7)
    for (const { planned_at: planned, done_at: done } of steps) expect(done).toEqual(planned)
    for (const { done_at: done } of steps.filter(({ kind }) => kind !== 'overdue')) expect([local(done).hour, local(done).minute]).toEqual([9, 0])
    const suspended = steps.find(({ kind }) => kind === 'suspend')?.done_at
    expect(suspended).toEqual(graceEnd(DEFAULT_POLICY, zone, { dueAt }))
    expect(local(suspended ?? START).toPlainDate().since(local(dueAt).toPlainDate()).days).toBeGreaterThanOrEqual(14)
    const mails = (await mailsTo(owner.actor.email)).map(({ subject, text }) => `${subject.split(': ')[1]} ${/"(?:stage|notice)":"(\w+)"/.exec(text)?.[1] ?? ''}`.trim())
    // All of them leave when the ninety days are over, several at a time: their order here says nothing of that of their steps.
    expect(mails.sort()).toEqual(['invoice-finalised', 'invoice-reminder last', 'invoice-reminder overdue', 'invoice-reminder soon', 'standing-notice last_notice', 'standing-notice suspended', 'standing-notice terminated'])
    expect((await standingOf(orgId))?.standing).toBe('terminated')
    const report = await owner.call(getStanding, {})
    expect(report).toMatchObject({ standing: 'terminated', suspended_by: 'unpaid', export_available: true, invoices: [{ id: invoice.id, amount_due: { amount: 2000 } }], next: [] })
  }
}, 120_000)

test('suspension comes at the end of grace and not a minute before; data, settings and secrets stay, and nothing new is let in', async () => {
  await setClock(START)
  const { owner, orgId, dueAt, web, idle } = await makeDebtor('America/New_York')
  const end = graceEnd(DEFAULT_POLICY, 'America/New_York', { dueAt })
  await liveUntil(new Date(end.getTime() - 60_000))
  expect([(await standingOf(orgId))?.standing, await appsOf(orgId)]).toEqual(['past_due', { web: 'running', idle: 'stopped' }])
  await liveUntil(end)
  expect(await standingOf(orgId)).toEqual({ standing: 'suspended', suspended_at: end })
  expect(await appsOf(orgId)).toEqual({ web: 'stopped', idle: 'stopped' })
  expect(await system((db) => db.secret.count({ where: { orgId, deletedAt: null } }))).toBe(1)
  for (const act of [
    () => owner.call(createApp, { name: 'more', image: 'builtin/hello:v1' }), () => owner.call(startApp, { app_id: web.id }), () => owner.call(startApp, { app_id: idle.id }),
  ]) await expect(act()).rejects.toMatchObject({ code: 'payment_required' })
  await owner.call(deleteApp, { app_id: idle.id })
  const report = await owner.call(getStanding, {})
  expect(report).toMatchObject({ standing: 'suspended', suspended_by: 'unpaid', stopped_apps: 1, owed: [{ amount: 2000, currency: 'USD' }] })
  expect(report.next.map(({ kind }) => kind)).toEqual(['last_notice', 'terminate'])
}, 60_000)

type Debtor = Awaited<ReturnType<typeof makeDebtor>>
const WAYS: readonly (readonly [string, (debtor: Debtor) => Promise<unknown>])[] = [
  ['a card', ({ orgId, invoice }) => payByCard(orgId, invoice.id)],
  ['a transfer', ({ invoice }) => system(async (db) => {
    const { brandId, entityId, number } = await db.invoice.findUniqueOrThrow({ where: { id: invoice.id } })
    return receiveMoney(db, {
      brandId, entityId, provider: 'bank', reference: `Payment ${number ?? ''}`, amount: 2000n, currency: 'USD', at: runtime().clock.now(), payer: 'Somebody', key: newId('event'),
    })
  })],
  ['a payment by hand', ({ staff, invoice }) => staff.call(recordPayment, { invoice_id: invoice.id, amount: 2000, evidence: 'Receipt 4711', reference: newId('event') })],
  ['a credit note', ({ staff, invoice }) => staff.call(issueCreditNote, { invoice_id: invoice.id, lines: [{ line: 1 }], settlement: 'receivable', reason: 'Never delivered' })],
  ['a write-off', ({ staff, invoice }) => staff.call(writeOffInvoice, { invoice_id: invoice.id, reason: 'Not worth it' })],
  ['a void', ({ staff, invoice }) => staff.call(voidInvoice, { invoice_id: invoice.id, reason: 'A mistake' })],
  ['the operator', ({ staff, orgId }) => staff.call(unsuspendOrganization, { organization_id: orgId, reason: 'They promised', until: days(runtime().clock.now(), 10).toISOString() })],
]

test.each(WAYS)('by %s a suspended customer is back at once: what ran runs again, and nothing else', async (way, act) => {
  await setClock(START)
  const debtor = await makeDebtor('Europe/Berlin')
  const { orgId, dueAt, owner } = debtor
  await liveUntil(days(dueAt, 16))
  expect((await standingOf(orgId))?.standing).toBe('suspended')
  const before = Date.now()
  await act(debtor)
  await drainJobs()
  expect(Date.now() - before).toBeLessThan(60_000)
  expect(await standingOf(orgId)).toEqual({ standing: way === 'the operator' ? 'past_due' : 'good', suspended_at: null })
  expect(await appsOf(orgId)).toEqual({ web: 'running', idle: 'stopped' })
  await owner.call(createApp, { name: 'more', image: 'builtin/hello:v1' })
  expect((await mailsTo(owner.actor.email)).filter(({ text }) => text.includes('"notice":"recovered"'))).toHaveLength(1)
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
}, 60_000)

test('what a hand lifted is suspended again when the time it was given is over', async () => {
  await setClock(START)
  const { orgId, dueAt, staff } = await makeDebtor('UTC')
  await liveUntil(days(dueAt, 16))
  const until = days(runtime().clock.now(), 10)
  await expect(staff.call(unsuspendOrganization, { organization_id: orgId, reason: 'They promised' })).rejects.toMatchObject({ errors: [{ pointer: '/until', code: 'required' }] })
  await staff.call(unsuspendOrganization, { organization_id: orgId, reason: 'They promised', until: until.toISOString() })
  await drainJobs()
  await liveUntil(new Date(until.getTime() - 60_000))
  expect((await standingOf(orgId))?.standing).toBe('past_due')
  await liveUntil(days(until, 1))
  expect((await standingOf(orgId))?.standing).toBe('suspended')
  expect((await stepsOf(orgId)).filter(({ kind }) => kind === 'suspend')).toHaveLength(2)
  expect(await appsOf(orgId)).toEqual({ web: 'stopped', idle: 'stopped' })
}, 60_000)

test('after a week in which nothing ran one reminder stands for the missed ones, and a second run of the same minute does nothing', async () => {
  await setClock(START)
  const { orgId, dueAt, owner } = await makeDebtor('UTC')
  await setClock(days(dueAt, 9))
  const took = await Promise.all([1, 2, 3].map(() => advanceOrganization(orgId, days(dueAt, 9))))
  expect(took.filter((steps) => steps > 0)).toHaveLength(1)
  await drainJobs()
  expect((await stepsOf(orgId)).filter(({ kind }) => kind === 'reminder').map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'done'])
  expect((await mailsTo(owner.actor.email)).filter(({ subject }) => subject.includes('invoice-reminder'))).toHaveLength(1)
}, 60_000)

test('who is terminated and pays is good again, without the apps', async () => {
  await setClock(START)
  const { orgId, dueAt, invoice, owner } = await makeDebtor('UTC')
  await liveUntil(days(dueAt, 80))
  expect((await standingOf(orgId))?.standing).toBe('terminated')
  await expect(owner.call(createApp, { name: 'new', image: 'builtin/hello:v1' })).rejects.toMatchObject({ code: expect.stringMatching(/payment_required|state_conflict/) as string })
  await payByCard(orgId, invoice.id)
  await drainJobs()
  expect((await standingOf(orgId))?.standing).toBe('good')
  const kept = await system<{ export: { apps: { name: string; secrets: string[] }[] } }>((db) => db.dunningCase.findUniqueOrThrow({ where: { orgId } }))
  expect(kept.export.apps.map(({ name, secrets }) => [name, secrets])).toEqual([['idle', []], ['web', ['KEY']]])
}, 60_000)
