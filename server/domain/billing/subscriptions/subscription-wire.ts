import { z } from 'zod'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { LocalDate } from '../../../contract/billing-preview.ts'
import { Etag } from '../../../contract/etag.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { PriceListWire, toPriceList } from '../prices/price-wire.ts'
import { feeOf } from '../rules/subscription-change.ts'
import { Quote } from './quote.ts'
import type { ChangeRow, SubscriptionState } from './state.ts'

export const CHANGE_KINDS = ['plan', 'pause', 'resume', 'cancel', 'migration'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]
export const CHANGE_STATES = ['scheduled', 'awaiting_payment', 'applied', 'cancelled'] as const

export const ChangeWire = z.object({
  id: z.string(), kind: z.enum(CHANGE_KINDS), state: z.enum(CHANGE_STATES), when: z.enum(['now', 'period_end']),
  plan: z.string().nullable().describe('Name of the plan it leads to'),
  plan_key: z.string().nullable(), quantity: z.number().int().nullable(), effective_at: Instant, quote: Quote, invoice_id: z.string().nullable(),
  requested_at: Instant, settled_at: Instant.nullable(),
})
export type ChangeWire = z.infer<typeof ChangeWire>

export const SubscriptionWire = z.object({
  status: z.enum(['trialing', 'active', 'paused', 'cancelled']), plan_key: z.string(), plan: z.string(), description: z.string(), quantity: z.number().int(),
  price: PriceListWire,
  fee: Money.describe('Of a whole period, before tax'), anchor: z.enum(['calendar', 'anniversary']), currency: z.string(), timezone: z.string(),
  started_at: Instant, trial_ends_at: Instant.nullable(),
  period: z.object({ start: Instant, end: Instant, first_day: LocalDate, end_day: LocalDate.describe('First day after it') }),
  cancel_at: Instant.nullable(), ended_at: Instant.nullable(), pending_change: ChangeWire.nullable(), etag: Etag,
})
export type SubscriptionWire = z.infer<typeof SubscriptionWire>

type NamedChange = ChangeRow & { priceList?: { name: string; planKey: string } | null }

export const toChange = (row: NamedChange): ChangeWire => ({
  id: row.id, kind: row.kind as ChangeKind, state: row.state as ChangeWire['state'], when: row.timing === 'now' ? 'now' : 'period_end',
  plan: row.priceList?.name ?? null, plan_key: row.priceList?.planKey ?? null, quantity: row.quantity, effective_at: toInstant(row.effectiveAt),
  quote: Quote.parse(row.quote),
  invoice_id: row.invoiceId, requested_at: toInstant(row.requestedAt), settled_at: toInstantOrNull(row.settledAt),
})

export const versionOf = (row: { version: number }): string => String(row.version)

export const toSubscription = async (db: SystemDb | TenantDb, { org, row, phase, rowOf, planOf, open }: SubscriptionState): Promise<SubscriptionWire> => {
  const price = rowOf(row.priceListId)
  const plan = await db.plan.findUniqueOrThrow({ where: { brandId_key: { brandId: org.brandId, key: row.planKey } } })
  const target = open?.priceListId ? await db.priceList.findUnique({ where: { id: open.priceListId } }) : null
  return {
    status: row.status as SubscriptionWire['status'], plan_key: row.planKey, plan: plan.name, description: plan.description, quantity: row.quantity,
    price: toPriceList(price),
    fee: toMoney(feeOf({ ...phase, priceListId: row.priceListId, quantity: row.quantity, paused: false }, planOf), row.currency),
    anchor: row.anchorMode === 'anniversary' ? 'anniversary' : 'calendar', currency: row.currency, timezone: org.timezone,
    started_at: toInstant(row.startedAt), trial_ends_at: toInstantOrNull(row.trialEndsAt),
    period: { start: toInstant(row.periodStart), end: toInstant(row.periodEnd), first_day: row.periodFrom, end_day: row.periodTo },
    cancel_at: toInstantOrNull(row.cancelAt), ended_at: toInstantOrNull(row.endedAt), pending_change: open && toChange({ ...open, priceList: target }),
    etag: versionOf(row),
  }
}
