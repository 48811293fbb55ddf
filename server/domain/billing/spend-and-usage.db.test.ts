import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser, metaFor } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createBrand } from '../branding/index.ts'
import { billingPreview } from './billing-preview.ts'
import { getSpend } from './get-spend.ts'
import { getUsage } from './get-usage.ts'
import { invoicePdf } from './documents/documents.ts'
import { closePeriodsOf } from './periods/close-period.ts'
import { estimateAppPrice } from './prices/estimate-app-price.ts'
import { getPrices, getPublicPrices } from './prices/get-prices.ts'
import { setPrice } from './prices/set-price.ts'
import { pdfText } from './pdf/pdf-text.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from './testing/books.ts'

withRuntime()
beforeAll(setPlainMail)

const DAY_MS = 86_400_000
/** Puts business time at an instant for one call; the real clock stands in between. */
const setClock = async (text: string): Promise<void> => {
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [new Date(text).getTime() - Date.now()])
  await runtime().clock.refresh()
}
const addTraffic = (orgId: string, appId: string, hour: string, bytes: bigint) =>
  runtime().databases.asSystem('job', (db) => db.usageQuarter.create({ data: { orgId, appId, meter: 'egress_bytes', at: new Date(hour), quantity: bytes } }))

test('usage by app, meter and local day; the parts add up to what the invoice says', async () => {
  await setClock('2031-03-01T00:00:30Z')
  const owner = await makeCustomer({ timezone: 'Africa/Lagos', joinedAt: new Date('2031-01-31T23:00:00Z') })
  const { id } = owner.organization
  await addSegment(id, { appId: 'app_a', startedAt: '2031-02-09T22:30:00Z', endedAt: '2031-02-09T23:30:00Z' })
  await addSegment(id, { appId: 'app_b', vcpu: 3, memoryMib: 700, startedAt: '2031-02-03T01:00:00.123Z' })
  await addTraffic(id, 'app_a', '2031-02-09T23:00:00Z', 5n * 1024n ** 3n)
  const february = { from: '2031-02-01', to: '2031-03-01' }
  const report = await owner.call(getUsage, february)
  expect(report).toMatchObject({ from: '2031-01-31T23:00:00.000Z', to: '2031-02-28T23:00:00.000Z' })
  const days = report.days.filter((d) => d.app_id === 'app_a').map((d) => [d.date, d.meter, d.quantity])
  expect(days).toEqual([
    ['2031-02-09', 'memory_mib_seconds', '921600'], ['2031-02-09', 'vcpu_seconds', '1800'],
    ['2031-02-10', 'egress_bytes', String(5n * 1024n ** 3n)], ['2031-02-10', 'memory_mib_seconds', '921600'], ['2031-02-10', 'vcpu_seconds', '1800'],
  ])
  expect(report.rows.find((r) => r.app_id === 'app_b' && r.meter === 'vcpu_seconds')).toMatchObject({ quantity: String(3 * (25 * 86_400 + 79_200) - 0.369), unit: 'vCPU hour' })
  await closePeriodsOf([id], new Date('2031-03-01T00:00:00Z'))
  const [invoice] = await invoicesOf(id)
  expect(BigInt(report.total.amount) + 200n).toBe(invoice?.total)
  expect(report.daily.reduce((sum, d) => sum + d.amount, 0)).toBe(report.total.amount)
  expect(report.days.reduce((sum, d) => sum + d.amount.amount, 0)).toBe(report.total.amount)
  const onlyA = await owner.call(getUsage, { ...february, app_id: 'app_a' })
  expect(new Set(onlyA.rows.map((r) => r.app_id))).toEqual(new Set(['app_a']))
})

test('a range is checked before it is measured', async () => {
  const owner = await makeCustomer()
  await expect(owner.call(getUsage, { from: '2031-02-01', to: '2031-02-01' })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(owner.call(getUsage, { from: '2030-01-01', to: '2031-12-01' })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(owner.call(getUsage, { from: 'yesterday' })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('spend so far is the invoice as it stands; the forecast is a range around what runs now', async () => {
  await setClock('2032-03-11T00:00:00Z')
  const owner = await makeCustomer({ joinedAt: new Date('2032-03-01T00:00:00Z') })
  await addSegment(owner.organization.id, { vcpu: 10, memoryMib: 1024, startedAt: '2032-03-06T00:00:00Z' })
  const spend = await owner.call(getSpend, {})
  const dailyRate = 10 * 86_400 * 0.0001 + 1024 * 86_400 * 0.0000001
  const soFar = Math.round(5 * 10 * 86_400 * 0.0001) + Math.round(5 * 1024 * 86_400 * 0.0000001)
  expect(spend.spend.amount).toBeGreaterThanOrEqual(200 + soFar)
  expect(spend.spend.amount).toBeLessThanOrEqual(200 + soFar + 1)
  expect(spend.forecast.expected.amount).toBeGreaterThan(200 + soFar + Math.floor(dailyRate) * 21 - 25)
  expect(spend.forecast.low.amount).toBeLessThan(spend.forecast.expected.amount)
  expect(spend.forecast).toMatchObject({ method: 'daily_rate_range_v1', basis_days: 7 })
  expect(spend.by_app.map((row) => row.name)).toEqual(['Starter plan', 'app_test'])
  expect(spend.by_app.reduce((sum, row) => sum + row.amount.amount, 0)).toBe(spend.spend.amount)
  expect(spend.daily.map((d) => d.date)).toEqual(['06', '07', '08', '09', '10', '11'].map((d) => `2032-03-${d}`))
  expect(spend).toMatchObject({ previous: null, balance_due: { amount: 0 }, period: { start: '2032-03-01T00:00:00.000Z', end: '2032-04-01T00:00:00.000Z' } })
})

test('the balance due and the month before follow the invoices', async () => {
  const owner = await makeCustomer({ joinedAt: new Date('2033-01-01T00:00:00Z') })
  await closePeriodsOf([owner.organization.id], new Date('2033-02-01T00:00:00Z'))
  expect(await owner.call(getSpend, {})).toMatchObject({ previous: { amount: 200, currency: 'USD' }, balance_due: { amount: 200, currency: 'USD' } })
})

test('a new organization is subscribed, a new brand has the platform\'s prices with its own fee, and nobody sees another brand\'s', async () => {
  const staff = await makeUser({ staff: true })
  await makeCustomer()
  const brand = await staff.call(createBrand, {
    name: 'Lagos Cloud', hostname: 'lagos.example', support_email: 'help@lagos.example', legal_name: 'Lagos Cloud Ltd', invoice_prefix: 'LAG', default_currency: 'NGN', starter_price: '7500',
  })
  await drainJobs()
  const customer = await makeOwner({ brandId: brand.id })
  await drainJobs()
  const own = await customer.call(getPrices, {})
  expect(own).toMatchObject({ brand_id: brand.id, currency: 'NGN', price: '7500', version: 1 })
  expect(own.rates.map((r) => [r.unit, r.unit_price])).toEqual([['vCPU hour', '5.4'], ['GiB hour', '5.5296'], ['GiB hour', '0.55296'], ['GiB', '16.10612736']])
  expect((await customer.call(getPublicPrices, {})).price).toBe('7500')
  expect((await staff.call(getPublicPrices, {})).brand_id).not.toBe(brand.id)
  const subscription = await runtime().databases.asSystem('job', (db) => db.subscription.findUnique({ where: { orgId: customer.organization.id } }))
  expect(subscription).toMatchObject({ planKey: 'starter', currency: 'NGN', status: 'active', anchorMode: 'calendar', periodFrom: expect.stringMatching(/-01$/) })
})

test('the estimate of the form is what a whole month of that app costs', async () => {
  const owner = await makeCustomer()
  expect(await owner.call(estimateAppPrice, { vcpu: 1, memory_mib: 512, replicas: 1 })).toEqual({
    app: { amount: 398, currency: 'USD' }, plan: { amount: 200, currency: 'USD' }, total: { amount: 598, currency: 'USD' }, hours: 730,
  })
  expect((await owner.call(estimateAppPrice, { vcpu: 1, memory_mib: 512, replicas: 3 })).app.amount).toBe(1192)
})

test('a new price is a new version, never one in the past, and only the operator sets it', async () => {
  const owner = await makeCustomer()
  const staff = await makeUser({ staff: true })
  const { brand_id: brandId, version } = await owner.call(getPrices, {})
  const change = { brand_id: brandId, currency: 'USD', price: '9.00' }
  await expect(owner.call(setPrice, change)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(staff.call(setPrice, { ...change, active_from: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(staff.call(setPrice, { ...change, price: '-1' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/recurring/unit_amount' }] })
  const both = await Promise.all([staff.call(setPrice, change), staff.call(setPrice, { ...change, price: '8.00' })])
  expect(both.map((p) => p.version).sort()).toEqual([version + 1, version + 2])
  const later = await staff.call(setPrice, { ...change, price: '1.00', active_from: new Date(runtime().clock.now().getTime() + DAY_MS).toISOString() })
  expect((await owner.call(getPrices, {})).version).toBe(version)
  const joined = await makeOwner()
  await drainJobs()
  expect((await joined.call(getPrices, {})).version).toBe(later.version - 1)
})

test('the PDF is the stored invoice, the same bytes each time, and only for its own organization', async () => {
  const owner = await makeCustomer({ joinedAt: new Date('2034-01-01T00:00:00Z') })
  await closePeriodsOf([owner.organization.id], new Date('2034-02-01T00:00:00Z'))
  const [invoice] = await invoicesOf(owner.organization.id)
  const get = (who: typeof owner) => invoicePdf.handle(metaFor(who.actor, who.brand), { invoice_id: invoice?.id })
  const [first, second] = [await get(owner), await get(owner)]
  expect(first.fileName).toBe(`${invoice?.number ?? ''}.pdf`)
  if (!Buffer.isBuffer(first.body) || !Buffer.isBuffer(second.body)) throw new Error('the PDF is not whole')
  expect(first.body.equals(second.body)).toBe(true)
  expect(pdfText(first.body)).toContain(invoice?.number)
  expect((await invoicesOf(owner.organization.id))[0]?.pdfSha256).toMatch(/^[0-9a-f]{64}$/)
  await expect(get(await makeCustomer())).rejects.toMatchObject({ code: 'not_found' })
})

test('the preview answers every fault with its place, 400 for the schema and 422 for the rules', async () => {
  const owner = await makeCustomer()
  const request = { currency: 'USD', timezone: 'UTC', period: { start: '2024-03-01', end: '2024-04-01' }, lines: [{ key: 'a', price: { model: 'flat', unit_amount: '10.00' } }] }
  expect(await owner.call(billingPreview, request)).toMatchObject({ total: 1000, amount_due: 1000 })
  await expect(owner.call(billingPreview, { ...request, lines: [], nonsense: 1 })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(owner.call(billingPreview, { ...request, currency: 'XXX' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/currency' }] })
})
