import { z } from 'zod'
import type { Coupon as CouponRow } from '../../../../prisma/generated/client.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command, query } from '../../../core/operation.ts'
import { CouponCode, Redemption } from '../../../contract/coupon.ts'
import { discountsOf, stateOf, toRedemption } from './coupon-wire.ts'

const MOST_AT_ONCE = 10
const refuse = (code: string, message: string): DomainError => ruleViolated('/code', code, message)

/** Codes of other brands, archived ones and those not yet valid are all unknown: a guess learns nothing. */
const findCoupon = async ({ db, brand, now }: OrgContext, orgBrandId: string, code: string): Promise<CouponRow> => {
  const row = await db.coupon.findFirst({ where: { brandId: orgBrandId, code } })
  const state = row && stateOf(row, now)
  if (!row || state === 'archived' || state === 'scheduled') throw refuse('unknown_code', `${brand.name} has no coupon with this code. Check its letters and digits.`)
  if (state === 'ended') throw refuse('coupon_ended', 'This coupon has ended.')
  return row
}

const assertFits = async ({ db, orgId }: OrgContext, coupon: CouponRow, currency: string): Promise<void> => {
  const limits = coupon.currency === null ? coupon.currencies : [coupon.currency]
  if (limits.length > 0 && !limits.includes(currency)) throw refuse('currency_mismatch', `This coupon is for ${limits.join(', ')}; you are billed in ${currency}.`)
  if (coupon.planKeys.length > 0) {
    const subscription = await db.subscription.findFirst({ where: { orgId }, select: { planKey: true } })
    if (!subscription || !coupon.planKeys.includes(subscription.planKey)) throw refuse('plan_mismatch', `This coupon is for the plans ${coupon.planKeys.join(', ')}.`)
  }
  if (coupon.firstTimeOnly && await db.invoice.count({ where: { number: { not: null } } }) > 0) {
    throw refuse('first_time_only', 'This coupon is for new customers: there is an invoice already.')
  }
}

/** What the database says when a limit is reached in the very moment. */
const limitReached = (error: unknown): unknown => {
  const text = error instanceof Error ? error.message : ''
  if (text.includes('coupon_exhausted')) return new DomainError('state_conflict', 'This coupon was redeemed as often as it may be.', { cause: error })
  if (text.includes('coupon_used_by_organization')) return new DomainError('state_conflict', 'Your organization has redeemed this coupon already.', { cause: error })
  return error
}

export const redeemCoupon = command({
  name: 'coupons.redeem',
  summary: 'Redeem a code: it takes its discount off the next invoices',
  scope: 'org',
  permission: 'billing:write',
  input: z.strictObject({ code: CouponCode }),
  output: Redemption,
  rest: { method: 'POST', path: '/billing/coupons', status: 201, tag: 'Coupons' },
  run: async (ctx, { code }) => {
    const org = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { brandId: true, currency: true } })
    const coupon = await findCoupon(ctx, org.brandId, code)
    await assertFits(ctx, coupon, org.currency)
    const active = await ctx.db.couponRedemption.findMany({ where: { endedAt: null } })
    if (active.filter((row) => row.periods === null || row.used < row.periods).length >= MOST_AT_ONCE) {
      throw new DomainError('state_conflict', `At most ${MOST_AT_ONCE} coupons count at once. Remove one first.`)
    }
    const data = {
      id: newId('couponRedemption'), orgId: ctx.orgId, couponId: coupon.id, periods: coupon.duration === 'once' ? 1 : coupon.periods, redeemedBy: ctx.userId,
      redeemedAt: ctx.now,
    }
    await ctx.db.couponRedemption.createMany({ data }).catch((error: unknown) => { throw limitReached(error) })
    await ctx.emit('coupon.redeemed', { type: 'coupon_redemption', id: data.id }, { code: coupon.code })
    return toRedemption({ ...data, used: 0, endedAt: null, coupon }, [])
  },
})

export const listRedemptions = query({
  name: 'coupons.redeemed',
  summary: 'Coupons the organization redeemed, newest first, with what they took off',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({}),
  output: z.object({ data: z.array(Redemption) }),
  rest: { method: 'GET', path: '/billing/coupons', tag: 'Coupons' },
  run: async ({ db }) => {
    const rows = await db.couponRedemption.findMany({ include: { coupon: true }, orderBy: [{ redeemedAt: 'desc' }, { id: 'desc' }], take: 100 })
    const taken = await discountsOf(db, rows.map((row) => row.id))
    return { data: rows.map((row) => toRedemption(row, taken.get(row.id) ?? [])) }
  },
})

export const removeCoupon = command({
  name: 'coupons.remove',
  summary: 'Stop using a redeemed coupon; it counts as redeemed all the same',
  scope: 'org',
  permission: 'billing:write',
  input: z.strictObject({ redemption_id: z.string().max(60) }),
  output: Redemption,
  rest: { method: 'DELETE', path: '/billing/coupons/{redemption_id}', tag: 'Coupons' },
  run: async (ctx, { redemption_id: id }) => {
    const row = await ctx.db.couponRedemption.findFirst({ where: { id }, include: { coupon: true } })
    if (!row) throw notFound('redeemed coupon')
    if (row.endedAt) throw new DomainError('state_conflict', 'This coupon was removed already.')
    await ctx.db.couponRedemption.updateMany({ where: { id, endedAt: null }, data: { endedAt: ctx.now } })
    await ctx.emit('coupon.removed', { type: 'coupon_redemption', id }, { code: row.coupon.code })
    return toRedemption({ ...row, endedAt: ctx.now }, (await discountsOf(ctx.db, [id])).get(id) ?? [])
  },
})
