import { beforeAll, beforeEach, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { voidInvoice } from '../invoices/end-invoice.ts'
import { addInvoiceItem } from '../items/add-invoice-item.ts'
import { listInvoiceItems, removeItem } from '../items/item-operations.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closeDuePeriods } from '../periods/close-due-periods.ts'
import { invoicesOf, makeCustomer, retireCustomers, setPlainMail } from '../testing/books.ts'
import { createCoupon } from './manage-coupons.ts'
import { listRedemptions, redeemCoupon } from './redeem-coupon.ts'

withRuntime()
beforeAll(setPlainMail)
beforeEach(retireCustomers)

const at = (text: string): Date => new Date(text)
const violations = () => runtime().databases.asSystem('staff', findViolations)

/** A customer from the year's start with a coupon redeemed on that day. */
const withCoupon = async (year: number, terms: { value: string; duration: 'once' } | { value: string; duration: 'repeating'; periods: number }) => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at(`${year}-01-01T00:00:00Z`) }), await makeUser({ staff: true })]
  const coupon = await staff.call(createCoupon, { brand_id: owner.brand.id, code: `OFF-${year}`, name: 'Off', type: 'percent', ...terms })
  await owner.call(redeemCoupon, { code: coupon.code })
  return { owner, staff, orgId: owner.organization.id, uses: async () => (await owner.call(listRedemptions, {})).data[0] }
}

test('an item that a coupon takes altogether makes no invoice of nothing, and is never asked for again', async () => {
  const { staff, orgId, uses } = await withCoupon(2071, { value: '100', duration: 'once' })
  await runtime().databases.asSystem('job', (db) => addInvoiceItem(db, { orgId, currency: 'USD', kind: 'one_off', description: 'Advice', amount: 1000n, key: 'advice' }))
  await closeDuePeriods(at('2071-02-01T00:00:00Z'))
  expect(await invoicesOf(orgId)).toEqual([])
  expect(await uses()).toMatchObject({ periods_used: 1, periods_left: 0, discounted: [{ amount: 1200 }] })
  const of = async (billed: 'yes' | 'no') => (await staff.call(listInvoiceItems, { filter: { organization_id: orgId, billed } })).data
  expect(await of('no')).toEqual([])
  const [settled] = await of('yes')
  expect(settled).toMatchObject({ description: 'Advice', invoice_id: null })
  await expect(staff.call(removeItem, { invoice_item_id: settled?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(runtime().databases.systemPool.query('UPDATE invoice_item SET settled_at = NULL WHERE org_id = $1', [orgId])).rejects.toThrow(/settled/)
  await closeDuePeriods(at('2071-03-01T00:00:00Z'))
  expect((await invoicesOf(orgId)).map((invoice) => invoice.total)).toEqual([200n])
  expect(await violations()).toEqual([])
})

test('a void gives the coupon its period back: it is there for another invoice, and counts once for each', async () => {
  const { staff, orgId, uses } = await withCoupon(2072, { value: '50', duration: 'repeating', periods: 2 })
  await closeDuePeriods(at('2072-02-01T00:00:00Z'))
  const [first] = await invoicesOf(orgId)
  expect(first).toMatchObject({ total: 100n })
  expect(await uses()).toMatchObject({ periods_used: 1, discounted: [{ amount: 100 }] })
  await staff.call(voidInvoice, { invoice_id: first?.id ?? '', reason: 'Wrong address' })
  expect(await uses()).toMatchObject({ periods_used: 0, periods_left: 2, discounted: [] })
  expect(await violations()).toEqual([])
  await closeDuePeriods(at('2072-05-01T00:00:00Z'))
  expect((await invoicesOf(orgId)).map((invoice) => invoice.total)).toEqual([100n, 100n, 100n, 200n])
  expect(await uses()).toMatchObject({ periods_used: 2, periods_left: 0, discounted: [{ amount: 200 }] })
  const { systemPool } = runtime().databases
  for (const statement of ['UPDATE coupon_use SET returned_at = NULL', 'UPDATE coupon_use SET amount = 1', 'DELETE FROM coupon_use']) {
    await expect(systemPool.query(`${statement} WHERE org_id = $1`, [orgId])).rejects.toThrow(/append-only/)
  }
  expect(await violations()).toEqual([])
})
