import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { defineList } from '../../../core/listing.ts'
import { newId } from '../../../core/id.ts'
import { command, query } from '../../../core/operation.ts'
import { Coupon, COUPON_DURATIONS, COUPON_TYPES, CouponCode } from '../../../contract/coupon.ts'
import { Currency, CurrencyCode, DecimalString, isCurrency, toMoney, type Money } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { Instant } from '../../../contract/time.ts'
import { exactAmount } from '../credits/exact-amount.ts'
import { compare, exact, whole } from '../rules/rational.ts'
import { toCoupon } from './coupon-wire.ts'

const NewCoupon = z.strictObject({
  brand_id: z.string().max(60), code: CouponCode, name: z.string().trim().min(1).max(100), type: z.enum(COUPON_TYPES),
  value: DecimalString.describe('Percent up to 100, or major units of `currency`'), currency: CurrencyCode.optional().describe('Of type `fixed`'),
  duration: z.enum(COUPON_DURATIONS), periods: z.int().min(1).max(120).optional().describe('Of duration `repeating`'),
  max_redemptions: z.int().min(1).max(1_000_000).optional(), max_per_organization: z.int().min(1).max(100).default(1),
  valid_from: Instant.optional(), valid_until: Instant.optional(),
  plans: z.array(z.string().max(60)).max(50).default([]), currencies: z.array(Currency).max(50).default([]), first_time_only: z.boolean().default(false),
})
type NewCoupon = z.output<typeof NewCoupon>

const checkValue = ({ type, value, currency, currencies }: NewCoupon): void => {
  if (type === 'percent') {
    if (currency !== undefined) throw ruleViolated('/currency', 'not_for_percent', 'A percentage has no currency. Use currencies to limit where it counts.')
    const percent = exact(value)
    if (percent.n <= 0n || compare(percent, whole(100)) > 0) throw ruleViolated('/value', 'out_of_range', 'A percentage is above 0 and at most 100.')
    return
  }
  if (currency === undefined) throw ruleViolated('/currency', 'required', 'Say in which currency the coupon takes its amount off.')
  if (!isCurrency(currency)) throw ruleViolated('/currency', 'unknown_currency', `${currency} is not an ISO 4217 currency.`)
  exactAmount('/value', value, currency)
  if (currencies.length > 0 && !currencies.includes(currency)) throw ruleViolated('/currencies', 'currency_mismatch', `The coupon is in ${currency}, but limited to other currencies.`)
}

const checkTerms = async (db: SystemDb, input: NewCoupon, from: Date): Promise<void> => {
  checkValue(input)
  if ((input.duration === 'repeating') !== (input.periods !== undefined)) {
    throw ruleViolated('/periods', 'fits_duration', 'Periods belong to the duration repeating, and it needs them.')
  }
  if (input.valid_until && new Date(input.valid_until) <= from) throw ruleViolated('/valid_until', 'before_start', 'The coupon would end before it starts.')
  if (input.max_redemptions !== undefined && input.max_per_organization > input.max_redemptions) {
    throw ruleViolated('/max_per_organization', 'above_total', 'One organization cannot redeem it more often than all together.')
  }
  const known = await db.priceList.findMany({ where: { brandId: input.brand_id, planKey: { in: input.plans } }, select: { planKey: true }, distinct: ['planKey'] })
  const missing = input.plans.findIndex((plan) => !known.some((row) => row.planKey === plan))
  if (missing >= 0) throw ruleViolated(`/plans/${missing}`, 'unknown_plan', `This brand has no plan ${input.plans[missing] ?? ''}.`)
}

export const createCoupon = command({
  name: 'coupons.create',
  summary: 'Make a coupon. Its terms never change; archive it and make another instead',
  scope: 'staff',
  input: NewCoupon,
  output: Coupon,
  rest: { method: 'POST', path: '/admin/coupons', status: 201, tag: 'Coupons' },
  run: async (ctx, input) => {
    if (!(await ctx.db.brand.findUnique({ where: { id: input.brand_id }, select: { id: true } }))) throw notFound('brand')
    const validFrom = input.valid_from ? new Date(input.valid_from) : ctx.now
    await checkTerms(ctx.db, input, validFrom)
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`coupon:${input.brand_id}:${input.code}`}, 0))`
    if (await ctx.db.coupon.findFirst({ where: { brandId: input.brand_id, code: input.code } })) {
      throw new DomainError('name_taken', `There is a coupon ${input.code} already, perhaps an archived one. Choose another code.`)
    }
    const row = await ctx.db.coupon.create({
      data: {
        id: newId('coupon'), brandId: input.brand_id, code: input.code, name: input.name, type: input.type, value: input.value, currency: input.currency ?? null,
        duration: input.duration, periods: input.periods ?? null, maxRedemptions: input.max_redemptions ?? null, maxPerOrganization: input.max_per_organization,
        validFrom, validUntil: input.valid_until ? new Date(input.valid_until) : null, planKeys: input.plans, currencies: input.currencies,
        firstTimeOnly: input.first_time_only, createdBy: ctx.user.userId, createdAt: ctx.now,
      },
    })
    await ctx.emit('coupon.created', { type: 'coupon', id: row.id }, { code: row.code })
    return toCoupon(row, [], ctx.now)
  },
})

export const archiveCoupon = command({
  name: 'coupons.archive',
  summary: 'Nobody can redeem the coupon any more; who has redeemed it keeps it',
  scope: 'staff',
  input: z.strictObject({ coupon_id: z.string().max(60) }),
  output: Coupon,
  rest: { method: 'POST', path: '/admin/coupons/{coupon_id}/archive', tag: 'Coupons' },
  run: async (ctx, { coupon_id: id }) => {
    await ctx.db.$queryRaw`SELECT id FROM coupon WHERE id = ${id} FOR UPDATE`
    const found = await ctx.db.coupon.findUnique({ where: { id } })
    if (!found) throw notFound('coupon')
    if (found.archivedAt) throw new DomainError('state_conflict', 'This coupon is archived already.')
    const row = await ctx.db.coupon.update({ where: { id }, data: { archivedAt: ctx.now } })
    await ctx.emit('coupon.archived', { type: 'coupon', id }, { code: row.code })
    return toCoupon(row, await takenOff(ctx.db, [id]).then((taken) => taken.get(id) ?? []), ctx.now)
  },
})

const takenOff = async (db: SystemDb, couponIds: readonly string[]): Promise<Map<string, Money[]>> => {
  const rows = await db.$queryRaw<{ coupon_id: string; currency: string; amount: bigint }[]>`
    SELECT r.coupon_id, u.currency, sum(u.amount)::bigint AS amount FROM coupon_use u JOIN coupon_redemption r ON r.id = u.redemption_id
    WHERE r.coupon_id = ANY(${[...couponIds]}) AND u.returned_at IS NULL GROUP BY 1, 2 ORDER BY 2`
  const groups = Map.groupBy(rows, (row) => row.coupon_id)
  return new Map([...groups].map(([id, own]) => [id, own.map((row) => toMoney(row.amount, row.currency))]))
}

const list = defineList({
  name: 'admin.coupons', search: ['code', 'name'],
  fields: {
    brand_id: { kind: 'text', column: 'brandId', filter: true }, type: { kind: 'enum', values: COUPON_TYPES, column: 'type', filter: true },
    archived: {
      kind: 'enum', values: ['true', 'false'], filter: true, where: (values) => ({ OR: values.map((value) => ({ archivedAt: value === 'true' ? { not: null } : null })) }),
    },
    code: { kind: 'text', column: 'code', sort: true }, redeemed: { kind: 'int', column: 'redeemed', sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
})

export const listCoupons = query({
  name: 'coupons.list',
  summary: 'Coupons of every brand with what they took off so far',
  scope: 'staff',
  input: z.strictObject(list.input),
  output: pageOf(Coupon),
  rest: { method: 'GET', path: '/admin/coupons', tag: 'Coupons' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.coupon.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    const taken = await takenOff(ctx.db, rows.map((row) => row.id))
    return page.of(rows, (row) => toCoupon(row, taken.get(row.id) ?? [], ctx.now))
  },
})
