import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { seedPriceLists } from '../prices/seed-price-lists.ts'
import { invoicesOf, makeCustomer, setPlainMail } from '../testing/books.ts'
import { bookCoupons, couponsFor } from './coupons-for.ts'
import { archiveCoupon, createCoupon, listCoupons } from './manage-coupons.ts'
import { listRedemptions, redeemCoupon, removeCoupon } from './redeem-coupon.ts'

withRuntime()
beforeAll(setPlainMail)

type Terms = Parameters<typeof createCoupon.run>[1]
let made = 0
const setUp = async () => ({ staff: await makeUser({ staff: true }), owner: await makeOwner() })
const makeCoupon = ({ staff, owner }: Awaited<ReturnType<typeof setUp>>, over: Partial<Terms> = {}) => {
  made += 1
  return staff.call(createCoupon, { brand_id: owner.brand.id, code: `save-${made}`, name: 'Save', type: 'percent', value: '10', duration: 'once', ...over })
}
const of = (orgId: string, sale = { planKey: 'starter', currency: 'USD' }) => runtime().databases.asSystem('job', async (db) =>
  (await couponsFor(db, [orgId], runtime().clock.now()))(orgId, sale))
const book = (orgId: string, redemptionId: string, periodStart: string, invoiceId: string | null = 'inv_x') => runtime().databases.asSystem('job', (db) =>
  bookCoupons(db, [{ orgId, redemptionId, periodStart: new Date(periodStart), invoiceId, amount: 70n, currency: 'USD', at: new Date(periodStart) }]))
const fault = (code: string) => ({ status: 422, errors: [{ pointer: '/code', code }] })

test('a code is redeemed in any case, counts for its periods, and is then used up', async () => {
  const both = await setUp()
  const { owner } = both
  const coupon = await makeCoupon(both, { duration: 'repeating', periods: 2, code: 'Spring-24' })
  expect(coupon).toMatchObject({ code: 'SPRING-24', state: 'active', redeemed: 0 })
  const redeemed = await owner.call(redeemCoupon, { code: ' spring-24 ' })
  expect(redeemed).toMatchObject({ active: true, periods_left: 2, value: '10' })
  expect((await of(owner.organization.id)).map((c) => [c.type, c.value])).toEqual([['percent', '10']])
  await book(owner.organization.id, redeemed.id, '2031-01-01T00:00:00Z')
  await expect(book(owner.organization.id, redeemed.id, '2031-01-01T00:00:00Z')).rejects.toThrow(/[Uu]nique/)
  await book(owner.organization.id, redeemed.id, '2031-02-01T00:00:00Z', null)
  expect(await of(owner.organization.id)).toEqual([])
  await expect(book(owner.organization.id, redeemed.id, '2031-03-01T00:00:00Z')).rejects.toThrow(/coupon_used_up/)
  expect((await owner.call(listRedemptions, {})).data).toMatchObject([{ active: false, periods_used: 2, periods_left: 0, discounted: [{ amount: 140, currency: 'USD' }] }])
  const [listed] = (await both.staff.call(listCoupons, { filter: { q: 'spring' } })).data
  expect(listed).toMatchObject({ redeemed: 1, discounted: [{ amount: 140 }] })
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
})

test('of fifty organizations at once exactly ten redeem a coupon with a limit of ten', async () => {
  const both = await setUp()
  const { code, id } = await makeCoupon(both, { max_redemptions: 10 })
  const owners = []
  for (let i = 0; i < 50; i += 1) owners.push(await makeOwner())
  const results = await Promise.allSettled(owners.map((owner) => owner.call(redeemCoupon, { code })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(10)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'state_conflict', status: 409 })
  const coupons = (await both.staff.call(listCoupons, { filter: { brand_id: both.owner.brand.id } })).data
  expect(coupons.find((coupon) => coupon.id === id)).toMatchObject({ redeemed: 10, state: 'used_up' })
  await expect(both.owner.call(redeemCoupon, { code })).rejects.toMatchObject({ code: 'state_conflict' })
}, 60_000)

test('one organization redeems it as often as it may, also at once', async () => {
  const both = await setUp()
  const { code } = await makeCoupon(both, { max_per_organization: 2 })
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => both.owner.call(redeemCoupon, { code })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(2)
  expect(await of(both.owner.organization.id)).toHaveLength(2)
})

test('unknown, foreign, archived, ended and unfitting codes are refused with a reason', async () => {
  const both = await setUp()
  const { owner, staff } = both
  const redeem = (code: string) => owner.call(redeemCoupon, { code })
  await expect(redeem('NOBODY-KNOWS')).rejects.toMatchObject(fault('unknown_code'))
  await expect(redeem('a b')).rejects.toMatchObject({ status: 400 })
  const archived = await makeCoupon(both)
  expect(await staff.call(archiveCoupon, { coupon_id: archived.id })).toMatchObject({ state: 'archived' })
  await expect(staff.call(archiveCoupon, { coupon_id: archived.id })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(redeem(archived.code)).rejects.toMatchObject(fault('unknown_code'))
  await expect(redeem((await makeCoupon(both, { valid_from: '2099-01-01T00:00:00Z' })).code)).rejects.toMatchObject(fault('unknown_code'))
  await expect(redeem((await makeCoupon(both, { valid_from: '2020-01-01T00:00:00Z', valid_until: '2021-01-01T00:00:00Z' })).code)).rejects.toMatchObject(fault('coupon_ended'))
  await expect(redeem((await makeCoupon(both, { currencies: ['NGN'] })).code)).rejects.toMatchObject(fault('currency_mismatch'))
  await expect(redeem((await makeCoupon(both, { type: 'fixed', value: '5', currency: 'EUR' })).code)).rejects.toMatchObject(fault('currency_mismatch'))
})

test('limited to a plan it counts for that plan alone; for new customers only while there is no invoice', async () => {
  const both = await setUp()
  const { owner } = both
  await runtime().databases.asSystem('job', (db) => seedPriceLists(db, owner.brand.id))
  await drainJobs()
  const { code } = await makeCoupon(both, { plans: ['starter'], first_time_only: true })
  await owner.call(redeemCoupon, { code })
  expect(await of(owner.organization.id, { planKey: 'starter', currency: 'USD' })).toHaveLength(1)
  expect(await of(owner.organization.id, { planKey: 'other', currency: 'USD' })).toEqual([])
  expect(await of(owner.organization.id, { planKey: 'starter', currency: 'NGN' })).toHaveLength(1)
})

test('a removed coupon no longer counts, and is still counted as redeemed', async () => {
  const both = await setUp()
  const { owner } = both
  const { code } = await makeCoupon(both, { duration: 'forever' })
  const { id } = await owner.call(redeemCoupon, { code })
  expect(await owner.call(removeCoupon, { redemption_id: id })).toMatchObject({ active: false })
  expect(await of(owner.organization.id)).toEqual([])
  await expect(owner.call(removeCoupon, { redemption_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(redeemCoupon, { code })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect((await makeOwner()).call(removeCoupon, { redemption_id: id })).rejects.toMatchObject({ code: 'not_found' })
})

test('terms that contradict themselves are refused with their place', async () => {
  const both = await setUp()
  const faults: [Partial<Terms>, string, string][] = [
    [{ value: '101' }, '/value', 'out_of_range'], [{ value: '0' }, '/value', 'out_of_range'], [{ currency: 'USD' }, '/currency', 'not_for_percent'],
    [{ type: 'fixed' }, '/currency', 'required'], [{ type: 'fixed', currency: 'XYZ' }, '/currency', 'unknown_currency'],
    [{ type: 'fixed', currency: 'JPY', value: '0.5' }, '/value', 'too_fine'], [{ type: 'fixed', currency: 'USD', value: '-5' }, '/value', 'not_positive'],
    [{ type: 'fixed', currency: 'USD', value: '5', currencies: ['NGN'] }, '/currencies', 'currency_mismatch'],
    [{ duration: 'repeating' }, '/periods', 'fits_duration'], [{ periods: 3 }, '/periods', 'fits_duration'],
    [{ valid_from: '2031-01-02T00:00:00Z', valid_until: '2031-01-01T00:00:00Z' }, '/valid_until', 'before_start'],
    [{ max_redemptions: 2, max_per_organization: 3 }, '/max_per_organization', 'above_total'], [{ plans: ['starter', 'nope'] }, '/plans/1', 'unknown_plan'],
  ]
  await runtime().databases.asSystem('job', (db) => seedPriceLists(db, both.owner.brand.id))
  for (const [over, pointer, code] of faults) await expect(makeCoupon(both, over)).rejects.toMatchObject({ status: 422, errors: [{ pointer, code }] })
  const { code } = await makeCoupon(both)
  await expect(makeCoupon(both, { code })).rejects.toMatchObject({ code: 'name_taken' })
})

test('the database lets no terms be rewritten and no redemption vanish', async () => {
  const both = await setUp()
  const { id, code } = await makeCoupon(both)
  const { systemPool } = runtime().databases
  await both.owner.call(redeemCoupon, { code })
  await expect(systemPool.query('UPDATE coupon SET value = \'99\' WHERE id = $1', [id])).rejects.toThrow(/never change/)
  await expect(systemPool.query('DELETE FROM coupon_redemption WHERE coupon_id = $1', [id])).rejects.toThrow(/append-only/)
})

test('closing a month applies coupons, percent before fixed, and counts the period also when nothing is left to invoice', async () => {
  const staff = await makeUser({ staff: true })
  const owner = await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') })
  const both = { staff, owner }
  await owner.call(redeemCoupon, { code: (await makeCoupon(both, { type: 'fixed', currency: 'USD', value: '0.30' })).code })
  await owner.call(redeemCoupon, { code: (await makeCoupon(both, { value: '25', duration: 'repeating', periods: 2 })).code })
  await runtime().databases.systemPool.query('UPDATE coupon_redemption SET redeemed_at = \'2031-01-01T00:00:00Z\'')
  await closePeriodsOf([owner.organization.id], new Date('2031-02-01T00:00:00Z'))
  const free = await makeCoupon(both, { value: '100', duration: 'once' })
  await owner.call(redeemCoupon, { code: free.code })
  await runtime().databases.systemPool.query('UPDATE coupon_redemption SET redeemed_at = \'2031-02-02T00:00:00Z\' WHERE coupon_id = $1', [free.id])
  await closePeriodsOf([owner.organization.id], new Date('2031-03-01T00:00:00Z'))
  await closePeriodsOf([owner.organization.id], new Date('2031-04-01T00:00:00Z'))
  expect((await invoicesOf(owner.organization.id)).map((invoice) => [invoice.periodStart.toISOString().slice(0, 7), invoice.subtotal, invoice.total])).toEqual([
    ['2031-01', 200n, 120n], ['2031-03', 200n, 200n]])
  expect((await owner.call(listRedemptions, {})).data.map((redemption) => redemption.periods_left)).toEqual([0, 0, 0])
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
})
