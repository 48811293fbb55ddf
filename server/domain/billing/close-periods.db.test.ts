import { beforeAll, beforeEach, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { findViolations } from './ledger/check-invariants.ts'
import { closeDuePeriods } from './periods/close-due-periods.ts'
import { closePeriodsOf } from './periods/close-period.ts'
import { DEFAULT_PRICES } from './prices/default-prices.ts'
import { addCustomers, addSegment, invoicesOf, makeCustomer, retireCustomers, setPlainMail } from './testing/books.ts'

withRuntime()
beforeAll(setPlainMail)
beforeEach(retireCustomers)

const NOT_DUE = { closed: 0, invoiced: 0 }
const NOTHING_TO_BILL = { closed: 1, invoiced: 0 }
const INVOICED = { closed: 1, invoiced: 1 }
const at = (text: string): Date => new Date(text)
const violations = () => runtime().databases.asSystem('staff', findViolations)
const subscriptionOf = (orgId: string) => runtime().databases.asSystem('job', (db) => db.subscription.findUniqueOrThrow({ where: { orgId } }))

test('the month ends: one invoice with number, lines, tax and books, and the next period is open', async () => {
  const { organization: { id } } = await makeCustomer({ timezone: 'Africa/Lagos', joinedAt: at('2031-01-10T12:00:00Z') })
  await addSegment(id, { startedAt: '2031-01-11T00:00:00Z', endedAt: '2031-01-21T00:00:00Z' })
  expect(await closePeriodsOf([id], at('2031-01-31T22:59:59Z'))).toEqual(NOT_DUE)
  expect(await closePeriodsOf([id], at('2031-01-31T23:00:00Z'))).toEqual(INVOICED)
  const [invoice] = await invoicesOf(id)
  expect(invoice).toMatchObject({ state: 'finalised', number: 'SWG-2031-000001', currency: 'USD', periodStart: at('2030-12-31T23:00:00Z'), periodEnd: at('2031-01-31T23:00:00Z') })
  expect((invoice?.snapshot as { lines: unknown[] }).lines).toEqual([
    expect.objectContaining({ description: 'Starter plan', quantity: '0.709677', amount: 142, periodStart: '2031-01-10', periodEnd: '2031-02-01' }),
    expect.objectContaining({ description: 'vCPU', quantity: '240', unit: 'vCPU hour', amount: 86 }),
    expect.objectContaining({ description: 'Memory', quantity: '120', unit: 'GiB hour', amount: 44 }),
  ])
  expect(invoice?.total).toBe(272n)
  expect(await subscriptionOf(id)).toMatchObject({ periodStart: at('2031-01-31T23:00:00Z'), periodEnd: at('2031-02-28T23:00:00Z') })
  expect(await violations()).toEqual([])
})

test('an instance that runs on is billed to the end of each period, month after month, and no second is lost', async () => {
  const { organization: { id } } = await makeCustomer({ joinedAt: at('2032-01-01T00:00:00Z') })
  await addSegment(id, { startedAt: '2032-01-15T00:00:00Z', memoryMib: 1024 })
  await closeDuePeriods(at('2032-04-02T00:00:00Z'))
  const hours = (await invoicesOf(id)).map((i) => (i.snapshot as unknown as { lines: { description: string; quantity: string }[] }).lines.find((l) => l.description === 'vCPU')?.quantity)
  expect(hours).toEqual([17 * 24, 29 * 24, 31 * 24].map(String))
  expect(await violations()).toEqual([])
})

test('a plan that costs nothing and no usage makes no invoice, but the period moves on', async () => {
  const { brand } = await makeCustomer()
  await runtime().databases.asSystem('job', (db) => db.priceList.create({
    data: { id: 'price_free', brandId: brand.id, planKey: 'starter', currency: 'NGN', version: 2, name: 'Free', recurring: { model: 'flat', unit_amount: '0' },
      activeFrom: at('2032-12-01T00:00:00Z') },
  }))
  const { organization: { id } } = await makeCustomer({ currency: 'NGN', joinedAt: at('2033-01-01T00:00:00Z') })
  expect(await closePeriodsOf([id], at('2033-02-01T00:00:00Z'))).toEqual(NOTHING_TO_BILL)
  expect(await invoicesOf(id)).toEqual([])
  expect((await subscriptionOf(id)).periodStart).toEqual(at('2033-02-01T00:00:00Z'))
})

test('a new price is for who subscribes from then on; the others keep theirs', async () => {
  const { organization: { id }, brand } = await makeCustomer({ joinedAt: at('2034-01-01T00:00:00Z') })
  await runtime().databases.asSystem('job', (db) => db.priceList.create({
    data: { id: 'price_dear', brandId: brand.id, planKey: 'starter', currency: 'USD', version: 7, name: 'Starter', recurring: { model: 'flat', unit_amount: '50' },
      activeFrom: at('2034-01-20T00:00:00Z') },
  }))
  const late = await makeCustomer({ joinedAt: at('2034-02-01T00:00:00Z') })
  await closeDuePeriods(at('2034-03-01T00:00:00Z'))
  expect((await invoicesOf(id)).map((i) => i.total)).toEqual([200n, 200n])
  expect((await invoicesOf(late.organization.id)).map((i) => i.total)).toEqual([5000n])
  const cheap = { currency: 'USD', name: 'Starter', recurring: { model: 'flat', unit_amount: '2.00' }, charges: DEFAULT_PRICES.USD.charges }
  await runtime().databases.asSystem('job', (db) => db.priceList.create({
    data: { id: 'price_again', brandId: brand.id, planKey: 'starter', version: 8, activeFrom: at('2034-03-01T00:00:00Z'), ...cheap },
  }))
})

test('fifty customers closed by many processes at once: every number once, none missing, nobody twice', async () => {
  const joinedAt = at('2040-05-01T00:00:00Z')
  const { brand, organization } = await makeCustomer({ joinedAt })
  const ids = [organization.id, ...await addCustomers(brand.id, 49, joinedAt)]
  const now = at('2040-06-01T00:00:00Z')
  const oneByOne = async (order: string[]): Promise<void> => { for (const id of order) await closePeriodsOf([id], now) }
  await Promise.all([closeDuePeriods(now), oneByOne(ids), oneByOne(ids.toReversed()), oneByOne(ids)])
  const invoices = (await Promise.all(ids.map(invoicesOf))).flat()
  expect(invoices).toHaveLength(50)
  expect(invoices.map((i) => i.number).sort()).toEqual(Array.from({ length: 50 }, (_, i) => `SWG-2040-${String(i + 1).padStart(6, '0')}`))
  expect(await violations()).toEqual([])
})

test('a close that fails half-way gives its number back', async () => {
  const { organization: { id } } = await makeCustomer({ joinedAt: at('2041-05-01T00:00:00Z') })
  const other = await makeCustomer({ joinedAt: at('2041-05-01T00:00:00Z') })
  const { systemPool } = runtime().databases
  await systemPool.query('INSERT INTO invoice (id, org_id, brand_id, entity_id, number, state, currency, period_start, period_end, subtotal, tax, total, snapshot) ' +
    'SELECT \'inv_in_the_way\', $1, brand_id, (SELECT id FROM legal_entity e WHERE e.brand_id = organization.brand_id), \'SWG-X\', \'draft\', \'USD\', \'2041-05-01T00:00:00Z\', \'2041-06-01T00:00:00Z\', 0, 0, 0, \'{}\' FROM organization WHERE id = $1', [id])
  const report = await closeDuePeriods(at('2041-06-01T00:00:00Z'))
  expect(report.failed).toBe(1)
  expect((await invoicesOf(other.organization.id)).map((i) => i.number)).toEqual(['SWG-2041-000001'])
  await systemPool.query('DELETE FROM invoice WHERE id = \'inv_in_the_way\'')
  expect(await closePeriodsOf([id], at('2041-06-01T00:00:00Z'))).toEqual(INVOICED)
  expect((await invoicesOf(id)).map((i) => i.number)).toEqual(['SWG-2041-000002'])
  expect(await violations()).toEqual([])
})

test('an issued invoice cannot be changed or deleted, not even by the system', async () => {
  const { organization: { id } } = await makeCustomer({ joinedAt: at('2042-05-01T00:00:00Z') })
  await closePeriodsOf([id], at('2042-06-01T00:00:00Z'))
  const { systemPool } = runtime().databases
  await expect(systemPool.query('UPDATE invoice SET total = 1 WHERE org_id = $1', [id])).rejects.toThrow(/finalised/)
  await expect(systemPool.query('DELETE FROM invoice WHERE org_id = $1', [id])).rejects.toThrow(/append-only/)
  await expect(systemPool.query('UPDATE ledger_entry SET amount = amount + 1 WHERE org_id = $1', [id])).rejects.toThrow(/append-only/)
})
