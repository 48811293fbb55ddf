import { z } from 'zod'
import { violatedUnique } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { AGGREGATIONS, CatalogueKey } from '../../../contract/catalogue.ts'
import { DecimalString } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { Instant, toInstantOrNull } from '../../../contract/time.ts'
import { compare, exact, ZERO } from '../rules/rational.ts'
import { metersOf, type MeterRow } from './meters.ts'

const tag = 'Catalogue'

const MeterWire = z.object({
  id: z.string(), brand_id: z.string().nullable().describe('Null: built in, for every seller'), key: z.string(), name: z.string(), unit: z.string(),
  meter_units: DecimalString.describe('So many of what is measured are one unit'), aggregation: z.enum(AGGREGATIONS), field: z.string().nullable(), archived_at: Instant.nullable(),
})

const toMeter = (row: MeterRow): z.input<typeof MeterWire> => ({
  id: row.id, brand_id: row.brandId, key: row.key, name: row.name, unit: row.unit, meter_units: row.meterUnits,
  aggregation: row.aggregation as z.input<typeof MeterWire>['aggregation'], field: row.field, archived_at: toInstantOrNull(row.archivedAt),
})

const list = defineList({
  name: 'meters',
  fields: {
    brand_id: { kind: 'text', filter: true, where: (ids) => ({ OR: [{ brandId: { in: ids } }, { brandId: null }] }) },
    key: { kind: 'text', column: 'key', filter: true, sort: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    archived: { kind: 'enum', values: ['true', 'false'], filter: true, where: (values) => (values.includes('true') ? {} : { archivedAt: null }) },
  },
  search: ['key', 'name'], sort: 'key',
})

export const listMeters = query({
  name: 'meters.list', summary: 'Built-in meters and those of sellers; `filter[brand_id]` shows what one seller can price', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(MeterWire), rest: { method: 'GET', path: '/admin/meters', tag },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.meter.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toMeter)
  },
})

export const getMeter = query({
  name: 'meters.get', summary: 'One meter', scope: 'staff', input: z.strictObject({ meter_id: z.string().max(60) }), output: MeterWire,
  rest: { method: 'GET', path: '/admin/meters/{meter_id}', tag },
  run: async ({ db }, { meter_id: id }) => {
    const row = await db.meter.findUnique({ where: { id } })
    if (!row) throw notFound('meter')
    return toMeter(row)
  },
})

export const createMeter = command({
  name: 'meters.create', summary: 'A meter of your own, fed by usage events of its key as type', scope: 'staff',
  input: z.strictObject({
    brand_id: z.string().max(60).optional(), key: CatalogueKey, name: z.string().trim().min(1).max(60), unit: z.string().trim().min(1).max(40), meter_units: DecimalString.default('1'),
    aggregation: z.enum(AGGREGATIONS).default('sum'), field: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,59}$/, 'Use a name of the event\'s data.').optional(),
  }),
  output: MeterWire, rest: { method: 'POST', path: '/admin/meters', status: 201, tag },
  run: async (ctx, { brand_id: brandId = ctx.brand.id, meter_units: meterUnits, ...input }) => {
    if (compare(exact(meterUnits), ZERO) <= 0) throw ruleViolated('/meter_units', 'out_of_range', 'Use more than 0.')
    if (input.aggregation === 'unique' && !input.field) throw ruleViolated('/field', 'required', 'Say which field of the event is counted.')
    if (input.aggregation !== 'unique' && input.field) throw ruleViolated('/field', 'not_for_aggregation', 'Only unique counts a field; the others take data.value.')
    if (!await ctx.db.brand.findUnique({ where: { id: brandId } })) throw notFound('brand')
    const known = await metersOf(ctx.db, brandId, true)
    if (known.some((meter) => meter.key === input.key)) throw taken()
    try {
      const row = await ctx.db.meter.create({ data: { id: newId('meter'), brandId, meterUnits, ...input, field: input.field ?? null } })
      await ctx.emit('meter.created', { type: 'meter', id: row.id }, { key: row.key, brand_id: brandId })
      return toMeter(row)
    } catch (error) {
      throw violatedUnique(error) === null ? error : taken()
    }
  },
})

const taken = (): DomainError =>
  new DomainError('name_taken', 'A meter with this key exists.', { errors: [{ pointer: '/key', code: 'taken', message: 'Choose another key.' }] })

const archive = (to: 'archived' | 'restored', summary: string) => command({
  name: `meters.${to === 'archived' ? 'archive' : 'restore'}`, summary, scope: 'staff', input: z.strictObject({ meter_id: z.string().max(60) }), output: MeterWire,
  rest: { method: 'POST', path: `/admin/meters/{meter_id}/${to === 'archived' ? 'archive' : 'restore'}`, tag },
  run: async (ctx, { meter_id: id }) => {
    const row = await ctx.db.meter.findUnique({ where: { id } })
    if (!row) throw notFound('meter')
    if (row.brandId === null) throw new DomainError('state_conflict', 'A built-in meter stays. Leave it out of a price to charge nothing for it.')
    const changed = await ctx.db.meter.update({ where: { id }, data: { archivedAt: to === 'archived' ? row.archivedAt ?? ctx.now : null } })
    await ctx.emit(`meter.${to}`, { type: 'meter', id }, { key: row.key })
    return toMeter(changed)
  },
})

export const archiveMeter = archive('archived', 'Stop offering a meter: new prices cannot name it; those that do go on')
export const restoreMeter = archive('restored', 'Offer an archived meter again')
