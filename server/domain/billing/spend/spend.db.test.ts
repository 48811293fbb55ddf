import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { createCoupon } from '../coupons/manage-coupons.ts'
import { redeemCoupon } from '../coupons/redeem-coupon.ts'
import { grantCredits } from '../credits/grant-credits.ts'
import { getSpend } from '../get-spend.ts'
import { addInvoiceItem } from '../items/add-invoice-item.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../testing/books.ts'

withRuntime()
beforeAll(setPlainMail)

const setClock = async (text: string): Promise<void> => {
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [new Date(text).getTime() - Date.now()])
  await runtime().clock.refresh()
}

test('the running period with coupon, credit, items and tax is the invoice it becomes', async () => {
  await setClock('2032-03-31T23:00:00Z')
  const [owner, staff] = [await makeCustomer({ joinedAt: new Date('2032-03-05T00:00:00Z') }), await makeUser({ staff: true })]
  const orgId = owner.organization.id
  await addSegment(orgId, { vcpu: 10, memoryMib: 2048, startedAt: '2032-03-06T00:00:00Z', endedAt: '2032-03-20T00:00:00Z' })
  await runtime().databases.asSystem('job', async (db) => {
    const { country } = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
    await db.taxRate.create({ data: { id: 'txr_spend', brandId: owner.brand.id, country, name: 'VAT', rate: '0.075', activeFrom: '2020-01-01' } })
    await addInvoiceItem(db, { orgId, currency: 'USD', kind: 'one_off', description: 'Help', amount: 333n, key: 'help' })
  })
  await staff.call(createCoupon, { brand_id: owner.brand.id, code: 'TENTH', name: 'A tenth', type: 'percent', value: '10', duration: 'once' })
  await owner.call(redeemCoupon, { code: 'tenth' })
  await staff.call(grantCredits, { organization_id: orgId, amount: '1.00', reason: 'Welcome' })
  const spend = await owner.call(getSpend, {})
  expect(spend).toMatchObject({ credit: { amount: 100 }, tax_pending: false, coupons: [{ code: 'TENTH' }], plan: 'Starter', next_invoice_at: '2032-04-01T00:00:00.000Z' })
  expect(spend.by_app.reduce((sum, row) => sum + row.amount.amount, 0)).toBe(spend.spend.amount)
  expect(spend.spend.amount - spend.discount.amount + spend.tax.amount).toBe(spend.total.amount)
  await closePeriodsOf([orgId], new Date('2032-04-01T00:00:00Z'))
  const [invoice] = await invoicesOf(orgId)
  expect([spend.spend.amount, spend.tax.amount, spend.total.amount, spend.amount_due.amount].map(BigInt)).toEqual(
    [invoice?.subtotal, invoice?.tax, invoice?.total, (invoice?.total ?? 0n) - (invoice?.amountPaid ?? 0n)])
  expect(await owner.call(getSpend, {})).toMatchObject({ credit: { amount: 0 }, coupons: [], balance_due: { amount: Number(invoice?.total) - 100 } })
})
