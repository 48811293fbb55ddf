import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { createApp, deployApp, listApps, scaleApp, startApp } from '../../apps/index.ts'
import { getSpend } from '../../billing/index.ts'
import { addSegment, makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { createInstall } from '../../installs/index.ts'
import { appsOf, days, mailsTo, setClock } from '../testing/debtors.ts'
import { getBudget, removeBudget, setBudget, watchBudgets } from '../index.ts'
import { moveClock } from '../../../sandbox/test-clock.ts'

withRuntime()
beforeAll(setPlainMail)
const START = new Date('2027-02-01T12:00:00Z')
const major = (minor: number): string => (minor / 100).toFixed(2)
const alertsOf = async (orgId: string) => (await runtime().databases.systemPool.query<{ period_from: string; threshold: number }>(
  'SELECT period_from, threshold FROM budget_alert WHERE org_id = $1 ORDER BY period_from, threshold', [orgId])).rows.map((row) => `${row.period_from} ${row.threshold}`)

/** A customer whose machines cost a known sum a day. */
const makeSpender = async () => {
  await setClock(START)
  const owner = await makeCustomer({ timezone: 'Africa/Lagos', joinedAt: START })
  await addSegment(owner.organization.id, { vcpu: 8, memoryMib: 16_384, startedAt: START.toISOString() })
  await setClock(days(START, 1))
  const { spend } = await owner.call(getSpend, {})
  return { owner, orgId: owner.organization.id, day: spend.amount }
}

test('each share of a budget is told once per period, however many look at the same time', async () => {
  const { owner, orgId, day } = await makeSpender()
  await owner.call(setBudget, { amount: major(day * 3) })
  for (const after of [1.5, 2.2, 3.1, 4.5, 6]) {
    const now = days(START, after)
    await setClock(now)
    await Promise.all([watchBudgets(now), watchBudgets(now), watchBudgets(now)])
  }
  await drainJobs()
  expect(await alertsOf(orgId)).toEqual(['2027-02-01 50', '2027-02-01 75', '2027-02-01 100'])
  expect((await mailsTo(owner.actor.email)).filter(({ subject }) => subject.includes('budget-alert')).map(({ text }) => /"threshold":"(\d+)"/.exec(text)?.[1]).sort()).toEqual(['100', '50', '75'])
  const budget = await owner.call(getBudget, {})
  expect(budget).toMatchObject({ amount: { amount: day * 3 }, reached: true, hard_cap: false })
  expect(budget.alerts.map(({ threshold }) => threshold)).toEqual([50, 75, 100])
  expect(budget.daily.length).toBeGreaterThan(4)
  await owner.call(createApp, { name: 'allowed', image: 'builtin/hello:v1' })
}, 60_000)

test('the next period tells again, and a raised budget tells no share twice', async () => {
  const { owner, orgId, day } = await makeSpender()
  await owner.call(setBudget, { amount: major(day) })
  await drainJobs()
  await owner.call(setBudget, { amount: major(day * 2) }, {})
  await watchBudgets(days(START, 1.5))
  let done = false
  const moving = moveClock(new Date('2027-03-05T00:00:00Z')).finally(() => { done = true })
  while (!done) await drainJobs()
  await moving
  expect(await alertsOf(orgId)).toEqual(['2027-02-01 50', '2027-02-01 75', '2027-02-01 100', '2027-03-01 50', '2027-03-01 75', '2027-03-01 100'])
}, 120_000)

test('fifty that create at once behind a hard cap get no further than an hour of what would run', async () => {
  const { owner, orgId, day } = await makeSpender()
  await owner.call(setBudget, { amount: major(day + 6), hard_cap: true })
  const made = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => owner.call(createApp, { name: `app-${i}`, image: 'builtin/hello:v1' })))
  const refused = made.filter((one) => one.status === 'rejected')
  const codes = new Set(refused.map((one) => (one.reason as { code: string }).code))
  // On a busy machine some of the fifty wait in vain for their turn: they are told to come again, and nothing of theirs was made.
  expect([...codes].filter((code) => code !== 'unavailable')).toEqual(['budget_reached'])
  const running = Object.keys(await appsOf(orgId)).length
  expect(running).toBe(50 - refused.length)
  // One of them is 0.4061 cents an hour, and sums are rounded to the cent: 16 of them are 6.
  expect(running).toBeGreaterThan(0)
  expect(running).toBeLessThanOrEqual(16)
  expect(refused.length).toBeGreaterThanOrEqual(34)
}, 120_000)

test('behind a reached cap nothing new is let in: create, start, scale, deploy, install; reading and shrinking is', async () => {
  const { owner, day, orgId } = await makeSpender()
  const web = await owner.call(createApp, { name: 'web', image: 'builtin/hello:v1', replicas: 2 })
  const idle = await owner.call(createApp, { name: 'idle', image: 'builtin/hello:v1' })
  await runtime().databases.systemPool.query('UPDATE app SET desired = \'stopped\' WHERE id = $1', [idle.id])
  await owner.call(setBudget, { amount: major(day), hard_cap: true })
  for (const act of [
    () => owner.call(createApp, { name: 'more', image: 'builtin/hello:v1' }), () => owner.call(startApp, { app_id: idle.id }), () => owner.call(scaleApp, { app_id: web.id, replicas: 5 }),
    () => owner.call(deployApp, { app_id: idle.id }), () => owner.call(createInstall, { catalog_id: 'hello', name: 'inst', parameters: { name: 'x' } }),
  ]) await expect(act()).rejects.toMatchObject({ code: 'budget_reached' })
  await owner.call(scaleApp, { app_id: web.id, replicas: 1 })
  expect((await owner.call(listApps, {})).data).toHaveLength(2)
  expect(await appsOf(orgId)).toEqual({ web: 'running', idle: 'stopped' })
}, 60_000)

test('a cap that stops brings back what it stopped: with more budget, in the next period, or without a budget', async () => {
  const { owner, orgId, day } = await makeSpender()
  await owner.call(createApp, { name: 'web', image: 'builtin/hello:v1' })
  await expect(owner.call(setBudget, { amount: '1.00', stop_apps: true })).rejects.toMatchObject({ errors: [{ pointer: '/stop_apps', code: 'needs_cap' }] })
  for (const release of [
    () => owner.call(setBudget, { amount: major(day * 100), hard_cap: true, stop_apps: true }), () => owner.call(removeBudget, {}),
    () => setClock(new Date('2027-03-01T00:00:00Z')).then(() => runtime().databases.systemPool.query('UPDATE allocation_segment SET ended_at = \'2027-02-27\' WHERE org_id = $1', [orgId]))
      .then(() => runtime().databases.systemPool.query('UPDATE subscription SET period_start = \'2027-02-28T23:00:00Z\', period_end = \'2027-03-31T23:00:00Z\', period_from = \'2027-03-01\', period_to = \'2027-04-01\' WHERE org_id = $1', [orgId])),
  ]) {
    await owner.call(setBudget, { amount: major(day), hard_cap: true, stop_apps: true })
    await watchBudgets(runtime().clock.now())
    expect(await appsOf(orgId)).toEqual({ web: 'stopped' })
    expect((await owner.call(getBudget, {})).stopped_apps).toBe(1)
    await release()
    await watchBudgets(runtime().clock.now())
    await drainJobs()
    expect(await appsOf(orgId)).toEqual({ web: 'running' })
  }
}, 60_000)

test.each([['0', 'not_positive'], ['0.001', 'too_fine'], ['-5', 'not_positive']])('a budget of %s is refused', async (amount, code) => {
  const owner = await makeCustomer()
  await expect(owner.call(setBudget, { amount })).rejects.toMatchObject({ errors: [{ pointer: '/amount', code }] })
})
