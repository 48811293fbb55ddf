import type { Coupon as CouponRow, CouponRedemption as RedemptionRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { Coupon, type COUPON_STATES, type Redemption } from '../../../contract/coupon.ts'
import { toMoney, type Money } from '../../../contract/money.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'

type CouponState = (typeof COUPON_STATES)[number]

export const stateOf = (row: CouponRow, now: Date): CouponState => {
  if (row.archivedAt) return 'archived'
  if (row.validUntil && row.validUntil <= now) return 'ended'
  if (row.maxRedemptions !== null && row.redeemed >= row.maxRedemptions) return 'used_up'
  return row.validFrom > now ? 'scheduled' : 'active'
}

const termsOf = (row: CouponRow) => ({
  code: row.code, name: row.name, type: Coupon.shape.type.parse(row.type), value: row.value, currency: row.currency,
  duration: Coupon.shape.duration.parse(row.duration), periods: row.periods,
})

export const toCoupon = (row: CouponRow, discounted: readonly Money[], now: Date): Coupon => ({
  id: row.id, brand_id: row.brandId, ...termsOf(row), state: stateOf(row, now), max_redemptions: row.maxRedemptions,
  max_per_organization: row.maxPerOrganization, redeemed: row.redeemed, valid_from: toInstant(row.validFrom), valid_until: toInstantOrNull(row.validUntil),
  plans: row.planKeys, currencies: row.currencies, first_time_only: row.firstTimeOnly, discounted: [...discounted], created_at: toInstant(row.createdAt),
})

export const toRedemption = (row: RedemptionRow & { coupon: CouponRow }, discounted: readonly Money[]): Redemption => {
  const left = row.periods === null ? null : row.periods - row.used
  return {
    id: row.id, ...termsOf(row.coupon), periods_used: row.used, periods_left: left, active: row.endedAt === null && left !== 0, discounted: [...discounted],
    redeemed_at: toInstant(row.redeemedAt), ended_at: toInstantOrNull(row.endedAt),
  }
}

/** What redemptions took off so far, by redemption and currency. */
export const discountsOf = async (db: SystemDb | TenantDb, redemptionIds: readonly string[]): Promise<Map<string, Money[]>> => {
  const rows = await db.couponUse.groupBy({
    by: ['redemptionId', 'currency'], where: { redemptionId: { in: [...redemptionIds] }, returnedAt: null }, _sum: { amount: true }, orderBy: { currency: 'asc' },
  })
  const groups = Map.groupBy(rows, (row) => row.redemptionId)
  return new Map([...groups].map(([id, own]) => [id, own.map((row) => toMoney(row._sum.amount ?? 0n, row.currency))]))
}
