import { z } from 'zod'
import type { TaxRate as TaxRateRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { newId } from '../../../core/id.ts'
import { command, query } from '../../../core/operation.ts'
import { LocalDate } from '../../../contract/invoice.ts'
import { TaxRate, taxRateFields } from '../../../contract/tax.ts'
import { TAX_PRESETS } from './presets.ts'

const today = (now: Date): string => now.toISOString().slice(0, 10)

const toRate = (row: TaxRateRow, now: Date): TaxRate => ({
  id: row.id, brand_id: row.brandId, country: row.country, region: row.region, product: row.product, name: row.name, rate: row.rate, inclusive: row.inclusive,
  active_from: row.activeFrom, active_to: row.activeTo, source: row.source, current: row.activeFrom <= today(now) && (row.activeTo === null
    || today(now) < row.activeTo),
  etag: versionOf([row.id, row.activeTo]),
})

const lockRates = async (db: SystemDb, brandId: string): Promise<void> => {
  const rows = await db.$queryRaw<unknown[]>`SELECT id FROM brand WHERE id = ${brandId} FOR UPDATE`
  if (rows.length === 0) throw notFound('brand')
}

type Range = { country: string; region: string; product: string; active_from: string; active_to: string | null }
const overlapping = (db: SystemDb, brandId: string, { country, region, product, active_from: from, active_to: to }: Range): Promise<TaxRateRow | null> =>
  db.taxRate.findFirst({
    where: { brandId, country, region, product, OR: [{ activeTo: null }, { activeTo: { gt: from } }], ...(to === null ? {} : { activeFrom: { lt: to } }) }, orderBy: { activeFrom: 'asc' },
  })

export const listTaxRates = query({
  name: 'admin.tax_rates', summary: 'Rates of a seller by country, region, product and date', scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60), country: z.string().max(2).optional() }), output: z.object({ data: z.array(TaxRate),
    presets: z.array(z.string()) }),
  rest: { method: 'GET', path: '/admin/tax-rates', tag: 'Taxes' },
  run: async ({ db, now }, { brand_id: brandId, country }) => {
    const rows = await db.taxRate.findMany({ where: { brandId, ...(country ? { country } : {}) }, orderBy: [{ country: 'asc' }, { region: 'asc' }, { product: 'asc' }, { activeFrom: 'desc' }] })
    return { data: rows.map((row) => toRate(row, now)), presets: Object.keys(TAX_PRESETS) }
  },
})

export const getTaxRate = query({
  name: 'admin.tax_rate', summary: 'One rate', scope: 'staff', input: z.strictObject({ tax_rate_id: z.string().max(60) }), output: TaxRate,
  rest: { method: 'GET', path: '/admin/tax-rates/{tax_rate_id}', tag: 'Taxes' }, etag: etagOf,
  run: async ({ db, now }, { tax_rate_id: id }) => {
    const row = await db.taxRate.findUnique({ where: { id } })
    if (!row) throw notFound('tax rate')
    return toRate(row, now)
  },
})

export const addTaxRate = command({
  name: 'admin.add_tax_rate', summary: 'Add a rate. From the first one on the brand\'s own flat rate counts only at home, where no rate is given', scope: 'staff',
  input: z.strictObject({
    brand_id: z.string().max(60), ...taxRateFields, ends_present: z.boolean().default(false).describe('End the rate now in force for the same thing on the day this one begins'),
  }),
  output: TaxRate, rest: { method: 'POST', path: '/admin/tax-rates', status: 201, tag: 'Taxes' },
  run: async (ctx, { ends_present: endsPresent, ...input }) => {
    if (input.active_to !== null && input.active_to <= input.active_from) throw ruleViolated('/active_to', 'ends_before_start', 'The rate ends before it begins.')
    await lockRates(ctx.db, input.brand_id)
    const present = await overlapping(ctx.db, input.brand_id, input)
    if (present && endsPresent && present.activeTo === null && present.activeFrom < input.active_from) {
      await ctx.db.taxRate.update({ where: { id: present.id }, data: { activeTo: input.active_from } })
    }
    const left = await overlapping(ctx.db, input.brand_id, input)
    if (left) throw ruleViolated('/active_from', 'overlaps', `A rate of ${left.rate} is in force from ${left.activeFrom}${left.activeTo ? ` to ${left.activeTo}` : ''}. End it first.`)
    const { active_from: activeFrom, active_to: activeTo, brand_id: brandId, ...rate } = input
    const row = await ctx.db.taxRate.create({ data: { id: newId('taxRate'), brandId, activeFrom, activeTo, ...rate } })
    await ctx.emit('tax_rate.added', { type: 'tax_rate', id: row.id }, { brand_id: row.brandId, country: row.country, rate: row.rate })
    return toRate(row, ctx.now)
  },
})

export const endTaxRate = command({
  name: 'admin.end_tax_rate', summary: 'Say on which day a rate ends, exclusive; what was issued stays as it is', scope: 'staff',
  input: z.strictObject({ tax_rate_id: z.string().max(60), active_to: LocalDate.nullable() }), output: TaxRate,
  rest: { method: 'PATCH', path: '/admin/tax-rates/{tax_rate_id}', tag: 'Taxes' }, ifMatch: true, etag: etagOf,
  run: async (ctx, { tax_rate_id: id, active_to: activeTo }) => {
    const { brandId } = await ctx.db.taxRate.findUnique({ where: { id } }) ?? {}
    if (brandId === undefined) throw notFound('tax rate')
    await lockRates(ctx.db, brandId)
    const row = await ctx.db.taxRate.findUniqueOrThrow({ where: { id } })
    ctx.expectVersion(toRate(row, ctx.now).etag)
    if (activeTo !== null && activeTo <= row.activeFrom) throw ruleViolated('/active_to', 'ends_before_start', 'The rate ends before it begins.')
    const { country, region, product, activeFrom } = row
    const others = await ctx.db.taxRate.findFirst({
      where: { brandId, country, region, product, id: { not: id }, activeFrom: { gt: activeFrom, ...(activeTo === null ? {} : { lt: activeTo }) } },
    })
    if (others) throw ruleViolated('/active_to', 'overlaps', `Another rate begins on ${others.activeFrom}.`)
    const changed = await ctx.db.taxRate.update({ where: { id }, data: { activeTo } })
    await ctx.emit('tax_rate.ended', { type: 'tax_rate', id }, { brand_id: brandId, active_to: activeTo })
    return toRate(changed, ctx.now)
  },
})

export const applyPreset = command({
  name: 'admin.apply_tax_preset', summary: 'Add the standard rates of a country, with their sources; those that are there already stay', scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60), country: z.enum(['NG', 'KE', 'ZA', 'GH']) }), output: z.object({ data: z.array(TaxRate) }),
  rest: { method: 'POST', path: '/admin/tax-rates/presets', tag: 'Taxes' },
  run: async (ctx, { brand_id: brandId, country }) => {
    await lockRates(ctx.db, brandId)
    for (const { from, to, ...preset } of TAX_PRESETS[country] ?? []) {
      const row = { ...preset, region: '', product: '', active_from: from, active_to: to }
      const present = await overlapping(ctx.db, brandId, row)
      if (present && !(present.activeFrom === from && present.rate === preset.rate)) {
        throw ruleViolated('/country', 'overlaps', `A rate of ${present.rate} for ${country} is in force from ${present.activeFrom}. End it first.`)
      }
      if (!present) await ctx.db.taxRate.create({ data: { id: newId('taxRate'), brandId, activeFrom: from, activeTo: to, ...preset } })
    }
    await ctx.emit('tax_rate.preset_applied', { type: 'brand', id: brandId }, { country })
    const rows = await ctx.db.taxRate.findMany({ where: { brandId, country }, orderBy: { activeFrom: 'desc' } })
    return { data: rows.map((row) => toRate(row, ctx.now)) }
  },
})
