import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../core/runtime.ts'
import { call } from '../core/operation.ts'
import { findViolations } from '../domain/billing/index.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../domain/billing/testing/books.ts'
import { listTestMail } from '../domain/mail/list-test-mail.ts'
import { brandContext, makeUser, metaFor } from '../testing/actors.ts'
import { drainJobs, withRuntime } from '../testing/runtime.ts'
import { getTestClock, setTestClock } from './test-clock.ts'

withRuntime()
beforeAll(setPlainMail)

/** The clock waits until the queue is empty, so somebody has to work it meanwhile. */
const move = async (who: Awaited<ReturnType<typeof makeUser>>, now: string) => {
  const moving = setTestClock.handle(metaFor(who.actor, who.brand), { now })
  let done = false
  const settled = moving.then(() => { done = true }, () => { done = true })
  while (!done) {
    await drainJobs()
    await sleep(20)
  }
  await settled
  return moving
}

test('the clock jumps three months: three invoices, each of its own date, their mails sent, before the call answers', async () => {
  const staff = await makeUser({ staff: true })
  const start = runtime().clock.now()
  const customer = await makeCustomer({ timezone: 'Africa/Lagos' })
  await addSegment(customer.organization.id, { startedAt: start.toISOString() })
  const target = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 3, 5, 12))
  const { now, jobs_run: jobsRun } = await move(staff, target.toISOString())
  expect(new Date(now).getTime() - target.getTime()).toBeLessThan(10_000)
  const invoices = await invoicesOf(customer.organization.id)
  expect(invoices).toHaveLength(3)
  for (const invoice of invoices) expect((invoice.issuedAt?.getTime() ?? 0) - invoice.periodEnd.getTime()).toBeLessThan(1_000)
  expect(invoices.map((i) => i.number?.slice(0, 8))).toEqual(invoices.map((i) => `SWG-${(i.snapshot as { issuedOn: string }).issuedOn.slice(0, 4)}`))
  expect(jobsRun).toBeGreaterThanOrEqual(9)
  const { data: mails } = await call(listTestMail, metaFor({ type: 'anonymous' }, await brandContext()), { to: customer.actor.email })
  const issued = mails.filter((m) => m.subject === 'ShellWeGo: invoice-finalised')
  expect(issued).toHaveLength(3)
  expect(issued[0]?.links[0]).toMatch(/^https:\/\/console\.localhost\/[a-z0-9-]+\/billing\/invoices\/inv_/)
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
})

test('the clock runs on from where it was put, and never back', async () => {
  const staff = await makeUser({ staff: true })
  const before = runtime().clock.now()
  await expect(move(staff, new Date(before.getTime() - 1000).toISOString())).rejects.toMatchObject({ code: 'clock_backwards' })
  const { now } = await move(staff, new Date(before.getTime() + 60_000).toISOString())
  await sleep(30)
  const later = (await staff.call(getTestClock, {})).now
  expect(new Date(later).getTime()).toBeGreaterThan(new Date(now).getTime())
})

test('only the operator moves the clock', async () => {
  const customer = await makeCustomer()
  await expect(setTestClock.handle(metaFor(customer.actor, customer.brand), { now: '2099-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(setTestClock.handle(metaFor({ type: 'anonymous' }, customer.brand), { now: '2099-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(setTestClock.handle(metaFor((await makeUser({ staff: true })).actor, customer.brand), { now: 'soon' })).rejects.toMatchObject({ code: 'invalid_request' })
})
