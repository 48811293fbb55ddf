import type { Coupon } from '../../../contract/billing-preview.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'

/** A coupon an organization redeemed and has not used up. */
export interface RedeemedCoupon extends Coupon {
  redemptionId: string; couponId: string; code: string; name: string; currency: string | null; planKeys: string[]; currencies: string[]
}
export type CouponLookup = (orgId: string, sale: { planKey: string; currency: string }) => RedeemedCoupon[]

/** What takes something off an invoice of these organizations, oldest first. Locked to the end of the transaction unless only looked at. */
export const couponsFor = async (db: SystemDb | TenantDb, orgIds: readonly string[], at: Date): Promise<CouponLookup> => {
  const rows = await db.couponRedemption.findMany({
    where: { orgId: { in: [...orgIds] }, redeemedAt: { lte: at }, OR: [{ endedAt: null }, { endedAt: { gt: at } }] },
    include: { coupon: true }, orderBy: [{ redeemedAt: 'asc' }, { id: 'asc' }],
  })
  const live = Map.groupBy(rows.filter((row) => row.periods === null || row.used < row.periods), (row) => row.orgId)
  return (orgId, { planKey, currency }) => (live.get(orgId) ?? []).map(({ id, couponId, coupon }): RedeemedCoupon => ({
    redemptionId: id, couponId, code: coupon.code, name: coupon.name, type: coupon.type === 'percent' ? 'percent' : 'fixed', value: coupon.value,
    currency: coupon.currency, planKeys: coupon.planKeys, currencies: coupon.currencies,
  })).filter((coupon) => fits(coupon, planKey, currency))
}

const fits = ({ currency: own, planKeys, currencies }: RedeemedCoupon, planKey: string, currency: string): boolean =>
  (own === null || own === currency) && (planKeys.length === 0 || planKeys.includes(planKey)) && (currencies.length === 0 || currencies.includes(currency))

export interface BookedCoupon { orgId: string; redemptionId: string; periodStart: Date; invoiceId: string | null; amount: bigint; currency: string; at: Date }

/**
 * Counts a period of each coupon that took something off, also where nothing was left to invoice: a coupon of 100 percent for one period
 * would otherwise last for ever. The discount itself lessens revenue within the invoice's own booking.
 */
export const bookCoupons = async (db: SystemDb, uses: readonly BookedCoupon[]): Promise<void> => {
  const real = uses.filter((use) => use.amount > 0n)
  if (real.length > 0) await db.couponUse.createMany({ data: real.map((use) => ({ ...use, id: newId('couponUse') })) })
}

/** An invoice was voided: the period counts no more, and the coupon is there for another. */
export const returnCoupons = async (db: SystemDb, invoiceId: string, at: Date): Promise<void> => {
  await db.couponUse.updateMany({ where: { invoiceId, returnedAt: null }, data: { returnedAt: at } })
}
