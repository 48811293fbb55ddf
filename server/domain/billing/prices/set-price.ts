import { z } from 'zod'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { DecimalString } from '../../../contract/money.ts'
import { Instant } from '../../../contract/time.ts'
import { PLAN_CURRENCIES, STARTER_PLAN } from './default-prices.ts'
import { MeterPriceMap, PriceListWire, toPriceList } from './price-wire.ts'

const NotNegative = DecimalString.refine((value) => !value.startsWith('-'), 'must not be negative')

export const setPrice = command({
  name: 'prices.set',
  summary: 'New version of a brand\'s price list. It counts from the first period that starts after it becomes active; issued invoices never change',
  scope: 'staff',
  input: z.strictObject({
    brand_id: z.string().max(60), plan_key: z.literal(STARTER_PLAN).default(STARTER_PLAN), currency: z.enum(PLAN_CURRENCIES),
    name: z.string().trim().min(1).max(60).optional(), flat_monthly: NotNegative.optional(),
    meters: z.strictObject({ vcpu_seconds: NotNegative, memory_mib_seconds: NotNegative, egress_bytes: NotNegative }).partial().optional(),
    active_from: Instant.optional(),
  }),
  output: PriceListWire,
  rest: { method: 'POST', path: '/prices', status: 201, tag: 'Prices' },
  run: async (ctx, input) => {
    const activeFrom = input.active_from ? new Date(input.active_from) : ctx.now
    if (activeFrom < ctx.now) throw ruleViolated('/active_from', 'in_the_past', 'A price cannot change what was used already. Leave active_from out to start now.')
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`price:${input.brand_id}:${input.currency}`}))`
    const last = await ctx.db.priceList.findFirst({
      where: { brandId: input.brand_id, planKey: input.plan_key, currency: input.currency }, orderBy: { version: 'desc' },
    })
    if (!last) throw notFound('price list')
    const row = await ctx.db.priceList.create({
      data: {
        id: newId('priceList'), brandId: input.brand_id, planKey: input.plan_key, currency: input.currency, version: last.version + 1, activeFrom,
        name: input.name ?? last.name, flatMonthly: input.flat_monthly ?? last.flatMonthly,
        meters: { ...MeterPriceMap.parse(last.meters), ...input.meters },
      },
    })
    await ctx.emit('price.changed', { type: 'price_list', id: row.id }, { brand_id: row.brandId, currency: row.currency, version: row.version })
    return toPriceList(row)
  },
})
