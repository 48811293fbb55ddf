import { beforeAll, expect, test } from 'vitest'
import type { Aggregation } from '../../../contract/usage.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { addMeters } from '../../metering/events/testing.ts'
import { ingestUsageEvents } from '../../metering/index.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closeDuePeriods, nextDueAt } from '../periods/close-due-periods.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { endSubscription } from '../subscription.ts'
import { addSegment, invoicesOf, makeCustomer, retireCustomers, setPlainMail } from '../testing/books.ts'

withRuntime()
beforeAll(setPlainMail)

type Customer = Awaited<ReturnType<typeof makeCustomer>>
const setClock = async (text: string): Promise<Date> => {
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [new Date(text).getTime() - Date.now()])
  await runtime().clock.refresh()
  return new Date(text)
}
const METERS: Record<string, { aggregation: Aggregation; field?: string }> = {
  api_calls: { aggregation: 'sum' }, peak: { aggregation: 'max' }, users: { aggregation: 'unique', field: 'user' },
}
const TIERS = { model: 'volume', tiers: [{ up_to: '10', unit_amount: '5', flat_amount: '0' }, { up_to: null, unit_amount: '2', flat_amount: '0' }] }

/** A customer of a plan that prices custom meters. */
const makeMetered = async (joinedAt: string, timezone = 'UTC'): Promise<Customer & { id: string }> => {
  const who = await makeCustomer({ joinedAt: new Date(joinedAt), timezone })
  await addMeters(who.brand.id, METERS)
  const each = { model: 'per_unit', unit_amount: '1' }
  const charge = (meter: string, price: object) => ({ meter, name: meter, unit: 'unit', meter_units: '1', price })
  await runtime().databases.asSystem('job', async (db) => {
    await db.plan.createMany({ data: { id: newId('plan'), brandId: who.brand.id, key: 'metered', name: 'Metered' }, skipDuplicates: true })
    const { id: priceListId } = await db.priceList.create({
      data: {
        id: newId('priceList'), brandId: who.brand.id, planKey: 'metered', currency: 'USD', version: Date.now() % 1_000_000 + Math.floor(Math.random() * 1_000), name: 'Metered',
        recurring: { model: 'flat', unit_amount: '0' }, activeFrom: new Date('2020-01-01T00:00:00Z'),
        charges: [charge('api_calls', TIERS), charge('peak', each), charge('users', each), charge('egress_bytes', each), { ...charge('vcpu_seconds', each), meter_units: '3600' }],
      },
    })
    await db.subscription.update({ where: { orgId: who.organization.id }, data: { priceListId, planKey: 'metered' } })
    await db.subscriptionPhase.updateMany({ where: { orgId: who.organization.id }, data: { priceListId } })
  })
  return { ...who, id: who.organization.id }
}

let sent = 0
const send = (who: Customer, type: string, time: string, data: object) =>
  who.call(ingestUsageEvents, { id: `late-${++sent}`, source: 'test', type, time, data })
const linesOf = async (orgId: string) => (await invoicesOf(orgId)).map((invoice) =>
  (invoice.snapshot as unknown as { lines: { description: string; quantity: string; amount: number }[] }).lines.filter((l) => !l.description.endsWith('plan')).map((l) => [l.description, l.amount]))
const close = (who: { id: string }, now: string) => setClock(now).then((at) => closePeriodsOf([who.id], at))
const violations = () => runtime().databases.asSystem('staff', findViolations)

test('an event one second after the invoice becomes a correction on the next one, exactly once, at the price of its own period', async () => {
  const who = await makeMetered('2031-01-01T00:00:00Z')
  await setClock('2031-01-31T23:00:00Z')
  await send(who, 'api_calls', '2031-01-20T00:00:00Z', { value: '5' })
  await close(who, '2031-02-01T00:00:00Z')
  await setClock('2031-02-01T00:00:01Z')
  await send(who, 'api_calls', '2031-01-31T23:59:59Z', { value: '10' })
  await send(who, 'api_calls', '2031-02-01T00:00:01Z', { value: '1' })
  await close(who, '2031-03-01T00:00:00Z')
  await close(who, '2031-04-01T00:00:00Z')
  // Volume: 5 at 5 were billed, 15 at 2 are 30.
  expect(await linesOf(who.id)).toEqual([[['api_calls', 2500]], [['api_calls', 500], ['api_calls, correction', 500]]])
  expect(await violations()).toEqual([])
})

test('corrections follow each other, may be credits, and the highest and the different ones are measured anew', async () => {
  const who = await makeMetered('2032-01-01T00:00:00Z', 'Asia/Kolkata')
  await setClock('2032-01-31T18:00:00Z')
  await send(who, 'api_calls', '2032-01-20T00:00:00Z', { value: '10' })
  await send(who, 'peak', '2032-01-20T00:00:00Z', { value: '7' })
  await send(who, 'users', '2032-01-20T00:00:00Z', { user: 'ada' })
  await close(who, '2032-01-31T18:30:00Z')
  for (const value of ['3', '9']) await send(who, 'peak', '2032-01-31T18:29:00Z', { value })
  for (const user of ['ada', 'bob']) await send(who, 'users', '2032-01-31T18:29:00Z', { user })
  await send(who, 'api_calls', '2032-01-31T18:29:00Z', { value: '1' })
  await close(who, '2032-02-29T18:30:00Z')
  // Volume: 10 at 5 were 50, 11 at 2 are 22.
  expect((await linesOf(who.id))[0]).toEqual([['api_calls', 5000], ['peak', 700], ['users', 100]])
  const items = await runtime().databases.asSystem('job', (db) => db.invoiceItem.findMany({ where: { orgId: who.id }, orderBy: { amount: 'asc' } }))
  expect(items.map((i) => [i.description, i.amount, i.kind, i.periodFrom, i.periodTo])).toEqual([
    ['api_calls, correction', -2800n, 'correction', '2032-01-01', '2032-02-01'], ['users, correction', 100n, 'correction', '2032-01-01', '2032-02-01'],
    ['peak, correction', 200n, 'correction', '2032-01-01', '2032-02-01'],
  ])
})

test('usage added while the period is being closed is on the invoice or on the next one, never on both or neither', async () => {
  const who = await makeMetered('2033-01-01T00:00:00Z')
  const now = await setClock('2033-02-01T00:00:00Z')
  const events = Array.from({ length: 40 }, (_, i) => send(who, 'peak', '2033-01-15T00:00:00Z', { value: String(i + 1) }))
  await Promise.all([...events.slice(0, 20), closePeriodsOf([who.id], now), ...events.slice(20)])
  await close(who, '2033-03-01T00:00:00Z')
  const amounts = (await linesOf(who.id)).flat().map(([, amount]) => Number(amount))
  expect(amounts.reduce((a, b) => a + b, 0)).toBe(4000)
})

test('the invoice waits for who is just adding usage', async () => {
  const who = await makeMetered('2036-01-01T00:00:00Z')
  const now = await setClock('2036-02-01T00:00:00Z')
  const [added, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  const adding = runtime().databases.inTenant({ orgId: who.id, brandId: who.brand.id, appIds: null }, async (db) => {
    await ingestUsageEvents.run({ db, orgId: who.id, now } as never, { id: 'slow', source: 'test', type: 'peak', time: '2036-01-31T23:59:59Z', data: { value: '3' } })
    added.resolve(undefined)
    await gate.promise
  })
  await added.promise
  const closing = closePeriodsOf([who.id], now)
  setTimeout(() => gate.resolve(undefined), 400)
  await Promise.all([adding, closing])
  expect(await linesOf(who.id)).toEqual([[['peak', 300]]])
})

test('a segment that turns out shorter, and traffic reported late, correct what was billed', async () => {
  const who = await makeMetered('2034-01-01T00:00:00Z')
  await setClock('2034-01-31T00:00:00Z')
  const { id } = await addSegment(who.id, { startedAt: '2034-01-31T00:00:00Z', vcpu: 1 })
  await close(who, '2034-02-01T00:00:00Z')
  const traffic = { orgId: who.id, appId: 'app_test', meter: 'egress_bytes', at: new Date('2034-01-31T23:45:00Z'), quantity: 5n }
  await runtime().databases.asSystem('job', (db) => db.usageQuarter.create({ data: traffic }))
  await runtime().databases.asSystem('job', (db) => db.allocationSegment.update({ where: { id }, data: { endedAt: new Date('2034-01-31T06:00:00Z') } }))
  await close(who, '2034-03-01T00:00:00Z')
  const items = await runtime().databases.asSystem('job', (db) => db.invoiceItem.findMany({ where: { orgId: who.id, kind: 'correction' }, orderBy: { amount: 'asc' } }))
  expect((await linesOf(who.id))[0]).toEqual([['vcpu_seconds', 2400]])
  expect(items.map((i) => [i.product, i.amount])).toEqual([['vcpu_seconds', -1800n], ['egress_bytes', 500n]])
  // Grown again beyond the period: the same time is owed after all.
  await runtime().databases.asSystem('job', (db) => db.allocationSegment.update({ where: { id }, data: { endedAt: null } }))
  await close(who, '2034-04-01T00:00:00Z')
  const again = await runtime().databases.asSystem('job', (db) => db.invoiceItem.findMany({ where: { orgId: who.id, product: 'vcpu_seconds' }, orderBy: { amount: 'asc' } }))
  expect(again.map((i) => i.amount)).toEqual([-1800n, 1800n, 28n * 2400n])
})

test('an event of the running period, and a segment that ends in it, change nothing that was billed', async () => {
  const who = await makeMetered('2035-01-01T00:00:00Z')
  await setClock('2035-01-31T00:00:00Z')
  const { id } = await addSegment(who.id, { startedAt: '2035-01-31T00:00:00Z', vcpu: 1 })
  await close(who, '2035-02-01T00:00:00Z')
  await setClock('2035-02-01T06:00:00Z')
  await runtime().databases.asSystem('job', (db) => db.allocationSegment.update({ where: { id }, data: { endedAt: new Date('2035-02-01T05:00:00Z') } }))
  await send(who, 'peak', '2035-02-01T00:00:00Z', { value: '1' })
  expect(await runtime().databases.asSystem('job', (db) => db.usagePeriod.findMany({ where: { orgId: who.id, changed: true } }))).toEqual([])
})

test('usage reported after a customer left comes on one more invoice, when no more can come', async () => {
  await retireCustomers()
  const who = await makeMetered('2037-01-01T00:00:00Z')
  const left = await setClock('2037-01-20T12:00:00Z')
  await send(who, 'peak', '2037-01-10T00:00:00Z', { value: '3' })
  await runtime().databases.asSystem('job', (db) => endSubscription(db, who.id, left))
  await closeDuePeriods(await setClock('2037-02-01T00:00:00Z'))
  expect(await linesOf(who.id)).toEqual([[['peak', 300]]])
  await setClock('2037-02-02T00:00:00Z')
  await send(who, 'peak', '2037-01-15T00:00:00Z', { value: '9' })
  await setClock('2037-02-19T00:00:00Z')
  await send(who, 'users', '2037-01-15T00:00:01Z', { user: 'ada' })
  expect(await closeDuePeriods(new Date('2037-02-24T11:59:59Z'))).toMatchObject({ invoiced: 0 })
  expect(await nextDueAt(new Date('2037-02-24T11:59:59Z'), new Date('2037-03-24T00:00:00Z'))).toEqual(new Date('2037-02-24T12:00:00Z'))
  const edge = await setClock('2037-02-24T12:00:00Z')
  await Promise.all([closeDuePeriods(edge), closeDuePeriods(edge)])
  expect(await closeDuePeriods(edge)).toMatchObject({ invoiced: 0, failed: 0 })
  expect(await linesOf(who.id)).toEqual([[['peak', 300]], [['peak, correction', 600], ['users, correction', 100]]])
  expect(await nextDueAt(new Date('2037-02-01T00:00:00Z'), new Date('2038-03-24T00:00:00Z'))).toBeNull()
  expect(await violations()).toEqual([])
})
