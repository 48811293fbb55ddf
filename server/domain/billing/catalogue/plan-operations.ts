import { z } from 'zod'
import type { Plan as PlanRow } from '../../../../prisma/generated/client.ts'
import type { UserContext } from '../../../core/context.ts'
import { violatedUnique } from '../../../core/db.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { etagOf } from '../../../core/etag.ts'
import { newId } from '../../../core/id.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { CatalogueKey } from '../../../contract/catalogue.ts'
import { Etag } from '../../../contract/etag.ts'
import { pageOf } from '../../../contract/page.ts'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { PriceListWire, toPriceList } from '../prices/price-wire.ts'
import { STARTER_PLAN } from '../prices/default-prices.ts'
import { publishVersion, PublishTerms } from './publish-version.ts'

const tag = 'Catalogue'
const PlanId = { plan_id: z.string().max(60) }

const PlanWire = z.object({
  id: z.string(), brand_id: z.string(), key: z.string(), name: z.string(), description: z.string(), public: z.boolean().describe('Customers may choose it themselves'),
  position: z.number().int(), log_retention_days: z.number().int(), archived_at: Instant.nullable(), created_at: Instant, etag: Etag,
})
const PlanDetail = PlanWire.extend({
  prices: z.array(PriceListWire.extend({ subscriptions: z.number().int(), current: z.boolean().describe('Sold now in its market') })).describe('Every version of every market, newest first'),
})

const toPlan = (row: PlanRow): z.input<typeof PlanWire> => ({
  id: row.id, brand_id: row.brandId, key: row.key, name: row.name, description: row.description, public: row.public, position: row.position,
  log_retention_days: row.logDays,
  archived_at: toInstantOrNull(row.archivedAt), created_at: toInstant(row.createdAt), etag: String(row.updatedAt.getTime()),
})

const list = defineList({
  name: 'plans',
  fields: {
    brand_id: { kind: 'text', column: 'brandId', filter: true, sort: true }, key: { kind: 'text', column: 'key', filter: true, sort: true },
    position: { kind: 'int', column: 'position', sort: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    archived: { kind: 'enum', values: ['true', 'false'], filter: true, where: (values) => (values.includes('true') ? {} : { archivedAt: null }) },
  },
  search: ['key', 'name'], sort: 'brand_id,position,key',
})

export const listPlans = query({
  name: 'plans.list', summary: 'Plans of every seller', scope: 'staff', input: z.strictObject(list.input), output: pageOf(PlanWire),
  rest: { method: 'GET', path: '/admin/plans', tag },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.plan.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toPlan)
  },
})

const findPlan = async ({ db }: Pick<UserContext, 'db'>, id: string): Promise<PlanRow> => {
  const row = await db.plan.findUnique({ where: { id } })
  if (!row) throw notFound('plan')
  return row
}

const detail = async ({ db, now }: Pick<UserContext, 'db' | 'now'>, plan: PlanRow): Promise<z.input<typeof PlanDetail>> => {
  const rows = await db.priceList.findMany({ where: { brandId: plan.brandId, planKey: plan.key }, orderBy: [{ currency: 'asc' }, { region: 'asc' }, { version: 'desc' }] })
  const counts = await db.subscription.groupBy({ by: ['priceListId'], where: { priceListId: { in: rows.map((row) => row.id) }, endedAt: null }, _count: true })
  const subscribed = new Map(counts.map((row) => [row.priceListId, row._count]))
  const inForce = new Set([...Map.groupBy(rows, (row) => `${row.currency} ${row.region}`).values()].map((market) => market
    .filter((row) => row.activeFrom <= now).toSorted((a, b) => b.activeFrom.getTime() - a.activeFrom.getTime() || b.version - a.version)[0]?.id))
  return { ...toPlan(plan), prices: rows.map((row) => ({ ...toPriceList(row), subscriptions: subscribed.get(row.id) ?? 0, current: inForce.has(row.id) })) }
}

export const getPlan = query({
  name: 'plans.get', summary: 'A plan with every version of its price in every market', scope: 'staff', input: z.strictObject(PlanId), output: PlanDetail,
  rest: { method: 'GET', path: '/admin/plans/{plan_id}', tag }, etag: etagOf, run: async (ctx, { plan_id: id }) => detail(ctx, await findPlan(ctx, id)),
})

const Described = {
  name: z.string().trim().min(1).max(60), description: z.string().trim().max(500), public: z.boolean(), position: z.number().int().min(0).max(1000),
  log_retention_days: z.number().int().min(1).max(3650).describe('How long log lines of its customers are kept'),
}

export const createPlan = command({
  name: 'plans.create', summary: 'A plan without a price yet; it can be chosen where it has one', scope: 'staff',
  input: z.strictObject({
    brand_id: z.string().max(60).optional(), key: CatalogueKey, name: Described.name, description: Described.description.default(''), public: Described.public.default(true),
    position: Described.position.default(0), log_retention_days: Described.log_retention_days.default(30),
  }),
  output: PlanWire, rest: { method: 'POST', path: '/admin/plans', status: 201, tag }, etag: etagOf,
  run: async (ctx, { brand_id: brandId = ctx.brand.id, log_retention_days: logDays, ...input }) => {
    if (!await ctx.db.brand.findUnique({ where: { id: brandId } })) throw notFound('brand')
    try {
      const row = await ctx.db.plan.create({ data: { id: newId('plan'), brandId, logDays, ...input } })
      await ctx.emit('plan.created', { type: 'plan', id: row.id }, { key: row.key, brand_id: brandId })
      return toPlan(row)
    } catch (error) {
      if (violatedUnique(error) === null) throw error
      throw new DomainError('name_taken', 'A plan with this key exists.', { errors: [{ pointer: '/key', code: 'taken', message: 'Choose another key.' }] })
    }
  },
})

export const updatePlan = command({
  name: 'plans.update', summary: 'Name, description, order, and whether customers may choose a plan', scope: 'staff',
  input: z.strictObject({ ...PlanId, ...z.object(Described).partial().shape }), output: PlanWire,
  rest: { method: 'PATCH', path: '/admin/plans/{plan_id}', tag }, ifMatch: true, etag: etagOf,
  run: async (ctx, { plan_id: id, log_retention_days: logDays, ...input }) => {
    await ctx.db.$queryRaw`SELECT 1 FROM plan WHERE id = ${id} FOR UPDATE`
    ctx.expectVersion(toPlan(await findPlan(ctx, id)).etag)
    const given = Object.fromEntries(Object.entries({ ...input, logDays }).filter(([, value]) => value !== undefined))
    const row = await ctx.db.plan.update({ where: { id }, data: given })
    await ctx.emit('plan.updated', { type: 'plan', id }, { key: row.key })
    return toPlan(row)
  },
})

const archive = (verb: 'archive' | 'restore', summary: string) => command({
  name: `plans.${verb}`, summary, scope: 'staff', input: z.strictObject(PlanId), output: PlanWire, rest: { method: 'POST', path: `/admin/plans/{plan_id}/${verb}`, tag }, etag: etagOf,
  run: async (ctx, { plan_id: id }) => {
    const { archivedAt, key } = await findPlan(ctx, id)
    if (verb === 'archive' && key === STARTER_PLAN) throw new DomainError('state_conflict', 'New organizations begin on this plan.')
    const row = await ctx.db.plan.update({ where: { id }, data: { archivedAt: verb === 'archive' ? archivedAt ?? ctx.now : null } })
    await ctx.emit(`plan.${verb}d`, { type: 'plan', id }, { key: row.key })
    return toPlan(row)
  },
})

export const archivePlan = archive('archive', 'Stop selling a plan; subscriptions to it go on')
export const restorePlan = archive('restore', 'Sell an archived plan again')

export const publishPrice = command({
  name: 'plans.publish_price', summary: 'New version of a plan\'s price in one market. Subscriptions keep theirs until they are migrated on purpose', scope: 'staff',
  input: z.strictObject({ ...PlanId, ...PublishTerms }), output: PriceListWire, rest: { method: 'POST', path: '/admin/plans/{plan_id}/prices', status: 201, tag },
  run: async (ctx, { plan_id: id, ...terms }) => {
    const { brandId, key } = await findPlan(ctx, id)
    return toPriceList(await publishVersion(ctx, { brandId, planKey: key }, terms))
  },
})
