import { z } from 'zod'
import type { UserContext } from '../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { Charge, INTERVALS, PriceSpec, Region, TIMINGS } from '../../../contract/catalogue.ts'
import { Currency, DecimalString } from '../../../contract/money.ts'
import { Instant } from '../../../contract/time.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { metersOf } from './meters.ts'
import { termsFaults } from './terms-faults.ts'

/** What a version may say; what it leaves out is as in the version before. */
export const PublishTerms = {
  currency: Currency, region: Region.default(''), name: z.string().trim().min(1).max(60).optional(),
  price: DecimalString.optional().describe('Flat price of the plan for a period; short for `recurring`'), recurring: PriceSpec.optional(),
  charges: z.array(z.strictObject({ meter: z.string().max(60), price: PriceSpec })).max(100).optional().describe('All metered prices; they replace those before'),
  interval: z.enum(INTERVALS).optional(), timing: z.enum(TIMINGS).optional(), trial_days: z.number().int().min(0).max(365).optional(),
  setup_fee: DecimalString.optional(), commitment: DecimalString.nullable().optional(), active_from: Instant.optional(),
}
type Input = z.output<z.ZodObject<typeof PublishTerms>>
interface PlanName { brandId: string; planKey: string }

const lockPlan = async ({ db }: UserContext, { brandId, planKey }: PlanName) => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`price ${brandId} ${planKey}`}, 0))`
  const plan = await db.plan.findUnique({ where: { brandId_key: { brandId, key: planKey } } })
  if (!plan) throw notFound('plan')
  if (plan.archivedAt) throw new DomainError('state_conflict', 'The plan is archived. Restore it before it gets another price.')
  return plan
}

/** The market's last version; a new country begins with the terms of the list for everywhere in its currency. */
const lastVersions = async ({ db }: UserContext, { brandId, planKey }: PlanName, { currency, region }: Input) => {
  const last = (of: string): Promise<PriceListRow | null> => db.priceList.findFirst({ where: { brandId, planKey, currency, region: of }, orderBy: { version: 'desc' } })
  const own = await last(region)
  return { version: (own?.version ?? 0) + 1, base: own ?? (region === '' ? null : await last('')) }
}

const termsOf = (input: Input, base: PriceListRow | null) => {
  if (input.price !== undefined && input.recurring) throw ruleViolated('/price', 'ambiguous', 'Give either price or recurring.')
  const recurring = input.recurring ?? (input.price === undefined ? base && PriceSpec.parse(base.recurring) : { model: 'flat' as const, unit_amount: input.price })
  const charges = input.charges ?? (base && Charge.array().parse(base.charges).map(({ meter, price }) => ({ meter, price })))
  if (!recurring) throw ruleViolated('/recurring', 'required', 'The first version in a market needs a price.')
  if (!charges) throw ruleViolated('/charges', 'required', 'Prices are never converted from another currency. Give those of usage, or an empty list if usage is free.')
  return {
    recurring, charges, currency: input.currency, region: input.region, interval: input.interval ?? base?.interval ?? 'month', timing: input.timing ?? base?.timing ?? 'arrears',
    trialDays: input.trial_days ?? base?.trialDays ?? 0, setup_fee: input.setup_fee ?? base?.setupFee ?? '0',
    commitment: input.commitment === undefined ? base?.commitment ?? null : input.commitment,
  }
}

/** Writes the next version of a plan's price in one market. Two at once become two versions. */
export const publishVersion = async (ctx: UserContext, plan: PlanName, input: Input): Promise<PriceListRow> => {
  const asked = input.active_from ? new Date(input.active_from) : null
  if (asked && asked < ctx.now) throw ruleViolated('/active_from', 'in_the_past', 'A price cannot change what was sold already. Leave active_from out to start now.')
  const { name } = await lockPlan(ctx, plan)
  // The time of whoever waited: of two at once the later version must be the one in force.
  const activeFrom = asked ?? runtime().clock.now()
  const { version, base } = await lastVersions(ctx, plan, input)
  const { setup_fee: setupFee, charges, ...terms } = termsOf(input, base)
  const meters = new Map((await metersOf(ctx.db, plan.brandId)).map((meter) => [meter.key, meter]))
  const faults = termsFaults({ ...terms, charges, setup_fee: setupFee }, new Set(meters.keys()))
  if (faults.length > 0) throw new DomainError('rule_violated', faults.map((f) => `${f.pointer}: ${f.message}`).join(' '), { errors: faults })
  const row = await ctx.db.priceList.create({
    data: {
      id: newId('priceList'), ...plan, ...terms, setupFee, version, activeFrom, name: input.name ?? base?.name ?? name,
      charges: charges.map(({ meter, price }) => {
        const known = meters.get(meter)
        return { meter, name: known?.name ?? meter, unit: known?.unit ?? meter, meter_units: known?.meterUnits ?? '1', price }
      }),
    },
  })
  await ctx.emit('price.changed', { type: 'price_list', id: row.id }, { brand_id: row.brandId, plan: row.planKey, currency: row.currency, region: row.region, version })
  return row
}
