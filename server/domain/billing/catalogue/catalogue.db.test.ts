import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { getPrices } from '../prices/get-prices.ts'
import { listPrices } from '../prices/list-prices.ts'
import { setPrice } from '../prices/set-price.ts'
import { changePlan } from '../subscriptions/operations.ts'
import { makeCustomer, setPlainMail } from '../testing/books.ts'
import {
  archiveMeter, archivePlan, createMeter, createPlan, getPlan, listMeters, listOfferedPlans, listPlans, publishPrice, restorePlan, updatePlan,
} from './operations.ts'

withRuntime()
beforeAll(setPlainMail)

type Staff = Awaited<ReturnType<typeof makeUser>>
let staff: Staff
beforeAll(async () => {
  await makeCustomer()
  staff = await makeUser({ staff: true })
})

const graduated = (...bounds: (number | null)[]) => ({ model: 'graduated' as const, tiers: bounds.map((up_to, i) => ({ up_to, unit_amount: `0.${9 - i}` })) })
const faultsOf = async (terms: object): Promise<string[]> => {
  const error = await staff.call(setPrice, { plan_key: 'starter', currency: 'USD', ...terms }).then(() => null, (e: unknown) => e as { code: string; errors: { pointer: string; code: string }[] })
  return error ? [error.code, ...error.errors.map((f) => `${f.pointer} ${f.code}`)] : ['accepted']
}

test.each<[string, object, string[]]>([
  ['tiers that overlap', { recurring: graduated(10, 5, null) }, ['rule_violated', '/recurring/tiers/1/up_to tiers_not_rising']],
  ['tiers with a hole at the end', { recurring: graduated(5, 10) }, ['rule_violated', '/recurring/tiers/1/up_to last_tier_open']],
  ['an open tier before the last', { recurring: graduated(null, 10) }, ['rule_violated', '/recurring/tiers/0/up_to tier_not_last', '/recurring/tiers/1/up_to last_tier_open']],
  ['a minimum above the maximum', { recurring: { model: 'flat', unit_amount: '1', minimum: '2', maximum: '1' } }, ['rule_violated', '/recurring/minimum minimum_above_maximum']],
  ['an unknown meter, and one twice', { charges: [{ meter: 'nope', price: { model: 'flat', unit_amount: '1' } }, { meter: 'nope', price: { model: 'flat', unit_amount: '1' } }] },
    ['rule_violated', '/charges/0/meter unknown_meter', '/charges/1/meter unknown_meter', '/charges/1/meter duplicate_meter']],
  ['negative prices', { recurring: { model: 'per_unit', unit_amount: '-1', minimum: '-2' } }, ['rule_violated', '/recurring/unit_amount out_of_range', '/recurring/minimum out_of_range']],
  ['a negative tier fee of a meter', { charges: [{ meter: 'egress_bytes', price: { model: 'volume', tiers: [{ up_to: null, unit_amount: '1', flat_amount: '-1' }] } }] },
    ['rule_violated', '/charges/0/price/tiers/0/flat_amount out_of_range']],
  ['a set-up fee finer than a cent', { setup_fee: '1.005' }, ['rule_violated', '/setup_fee finer_than_minor_unit']],
  ['a negative commitment', { commitment: '-1' }, ['rule_violated', '/commitment out_of_range']],
  ['no such country', { region: 'XQ' }, ['rule_violated', '/region unknown_region']],
  ['a start in the past', { price: '1', active_from: '2020-01-01T00:00:00Z' }, ['rule_violated', '/active_from in_the_past']],
  ['two prices at once', { price: '1', recurring: { model: 'flat', unit_amount: '1' } }, ['rule_violated', '/price ambiguous']],
  ['not a number', { price: 'NaN' }, ['invalid_request', '/price invalid_format']],
  ['thirteen decimals', { price: '0.0000000000001' }, ['invalid_request', '/price invalid_format']],
  ['no currency of this world', { currency: 'XYZ', price: '1' }, ['invalid_request', '/currency custom']],
])('refused with its place: %s', async (_name, terms, expected) => {
  expect(await faultsOf(terms)).toEqual(expected)
})

test('a market has a list of its own, never a conversion', async () => {
  expect(await faultsOf({ currency: 'GHS', price: '150' })).toEqual(['rule_violated', '/charges required'])
  const ghana = await staff.call(setPrice, { plan_key: 'starter', currency: 'GHS', price: '150', charges: [] })
  expect(ghana).toMatchObject({ version: 1, region: '', currency: 'GHS', price: '150', charges: [] })
  const abuja = await staff.call(setPrice, { plan_key: 'starter', region: 'NG', currency: 'NGN', price: '2500' })
  expect(abuja).toMatchObject({ version: 1, region: 'NG', price: '2500' })
  expect(abuja.charges.map((c) => c.meter)).toEqual(['vcpu_seconds', 'memory_mib_seconds', 'sleeping_mib_seconds', 'egress_bytes'])
  const there = await makeCustomer({ currency: 'NGN' })
  const { country } = await runtime().databases.asSystem('job', (db) => db.organization.findUniqueOrThrow({ where: { id: there.organization.id } }))
  expect((await there.call(getPrices, {})).price).toBe(country === 'NG' ? '2500' : '3000')
  const listed = await staff.call(listPrices, { filter: { currency: 'NGN', region: 'NG' } })
  expect(listed.data.map((p) => p.price)).toEqual(['2500'])
})

test('ten versions published at once are ten versions; a published one never changes', async () => {
  const { id } = await staff.call(createPlan, { key: 'busy', name: 'Busy' })
  await Promise.all(Array.from({ length: 10 }, (_, i) => staff.call(publishPrice, { plan_id: id, currency: 'USD', price: String(i), charges: [] })))
  const { prices } = await staff.call(getPlan, { plan_id: id })
  expect(prices.map((p) => p.version)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  expect(prices.filter((p) => p.current)).toHaveLength(1)
  await expect(runtime().databases.systemPool.query('UPDATE price_list SET setup_fee = \'1\' WHERE plan_key = \'busy\'')).rejects.toThrow(/append-only/)
})

test('meters: built-in ones and the seller\'s own; keys are taken once; what a meter is called is kept with the price', async () => {
  const meters = (await staff.call(listMeters, { limit: 100 })).data
  expect(meters.map((m) => m.key)).toEqual(expect.arrayContaining(['vcpu_seconds', 'memory_mib_seconds', 'volume_gib_seconds', 'snapshot_gib_seconds', 'egress_bytes', 'build_seconds', 'database_hours']))
  const create = (over: object) => staff.call(createMeter, { key: 'api_calls', name: 'API calls', unit: '1,000 calls', meter_units: '1000', aggregation: 'count', ...over })
  await expect(create({ key: 'egress_bytes' })).rejects.toMatchObject({ code: 'name_taken' })
  await expect(create({ meter_units: '0' })).rejects.toMatchObject({ errors: [{ pointer: '/meter_units' }] })
  await expect(create({ aggregation: 'unique' })).rejects.toMatchObject({ errors: [{ pointer: '/field', code: 'required' }] })
  await expect(create({ field: 'user' })).rejects.toMatchObject({ errors: [{ pointer: '/field', code: 'not_for_aggregation' }] })
  const both = await Promise.allSettled([create({}), create({})])
  expect(both.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  const own = (await staff.call(listMeters, { filter: { key: 'api_calls' } })).data[0]
  const { id } = await staff.call(createPlan, { key: 'metered', name: 'Metered' })
  const priced = await staff.call(publishPrice, { plan_id: id, currency: 'USD', price: '0', charges: [{ meter: 'api_calls', price: { model: 'package', unit_amount: '1', package_size: 10, free_units: 5 } }] })
  expect(priced.charges).toEqual([expect.objectContaining({ meter: 'api_calls', name: 'API calls', unit: '1,000 calls', meter_units: '1000' })])
  await staff.call(archiveMeter, { meter_id: own?.id ?? '' })
  await expect(staff.call(publishPrice, { plan_id: id, currency: 'USD', charges: [{ meter: 'api_calls', price: { model: 'flat', unit_amount: '1' } }] })).rejects.toMatchObject({ errors: [{ code: 'unknown_meter' }] })
  await expect(staff.call(archiveMeter, { meter_id: meters.find((m) => m.key === 'vcpu_seconds')?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('plans: hidden and archived ones cannot be chosen; the first plan stays', async () => {
  const owner = await makeCustomer()
  const { id } = await staff.call(createPlan, { key: 'team', name: 'Team', description: 'For teams', position: 5 })
  await expect(staff.call(createPlan, { key: 'team', name: 'Again' })).rejects.toMatchObject({ code: 'name_taken' })
  await expect(owner.call(changePlan, { plan_key: 'team' })).rejects.toMatchObject({ errors: [{ code: 'not_sold_here' }] })
  await staff.call(publishPrice, { plan_id: id, currency: 'USD', price: '20', charges: [] })
  const offered = async () => (await owner.call(listOfferedPlans, {})).data.map((plan) => [plan.key, plan.current])
  expect(await offered()).toEqual(expect.arrayContaining([['starter', true], ['team', false]]))
  await staff.call(updatePlan, { plan_id: id, public: false })
  expect(await offered()).not.toContainEqual(['team', false])
  await expect(owner.call(changePlan, { plan_key: 'team' })).rejects.toMatchObject({ errors: [{ code: 'unknown_plan' }] })
  await staff.call(archivePlan, { plan_id: id })
  await expect(staff.call(publishPrice, { plan_id: id, currency: 'USD', price: '21' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect((await staff.call(restorePlan, { plan_id: id })).archived_at).toBeNull()
  const first = (await staff.call(listPlans, { filter: { key: 'starter' } })).data[0]
  await expect(staff.call(archivePlan, { plan_id: first?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(createPlan, { key: 'mine', name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
})
