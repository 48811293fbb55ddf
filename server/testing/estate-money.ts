import { randomText } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { bookCoupons } from '../domain/billing/coupons/coupons-for.ts'
import { createCoupon, grantCredits, redeemCoupon } from '../domain/billing/index.ts'
import { makeUser, type Caller } from './actors.ts'

/** Credit, a redeemed coupon, and their booking. */
export const makeCredits = async (owner: Caller, orgId: string, marker: string) => {
  const staff = await makeUser({ staff: true })
  const credit = await staff.call(grantCredits, { organization_id: orgId, amount: '1.00', reason: marker })
  const coupon = await staff.call(createCoupon, {
    brand_id: owner.brand.id, code: `c-${randomText(8)}`, name: marker, type: 'percent', value: '1', duration: 'forever', max_per_organization: 3,
  })
  const redemption = await owner.call(redeemCoupon, { code: coupon.code })
  await runtime().databases.asSystem('job', (db) => bookCoupons(db, [
    { orgId, redemptionId: redemption.id, periodStart: new Date('2025-12-01T00:00:00Z'), invoiceId: null, amount: 1n, currency: 'USD', at: new Date('2026-01-01T00:00:00Z') },
  ]))
  const booked = await runtime().databases.asSystem('job', (db) => db.ledgerTransaction.findUniqueOrThrow({ where: { businessKey: `credit_granted:${credit.id}` } }))
  return { credit_id: credit.id, coupon_id: coupon.id, redemption_id: redemption.id, transaction_id: booked.id, entity_id: booked.entityId ?? '' }
}
