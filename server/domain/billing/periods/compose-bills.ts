import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { couponsFor } from '../coupons/coupons-for.ts'
import { availableGrants } from '../credits/grants.ts'
import { loadBuyers, taxOfLine, type Buyer } from '../invoices/load-buyers.ts'
import { composeSale, type ComposedSale, type HeldSale, type SaleLine } from '../invoices/sale.ts'
import type { SnapshotPrice } from '../invoices/snapshot-of.ts'
import { lineOfItem, takeUnbilledItems } from '../items/unbilled-items.ts'
import { chargesOf, recurringOf, type PriceListRow } from '../prices/current-price-list.ts'
import { localDateOf } from '../rules/period.ts'
import { phasesWithin, type Phase } from '../rules/recurring.ts'
import type { SubscriptionRow } from '../subscription.ts'
import type { Terms } from '../subscriptions/load-terms.ts'
import { correctLateUsage } from '../usage/correct-late-usage.ts'
import { lockUsage, sealUsage } from '../usage/seal-usage.ts'
import { chargeLines } from './charge-lines.ts'

/** A period that ended and is to be invoiced; `subscription` carries that period's columns. */
export interface Bill { draftId: string | null; subscription: SubscriptionRow }

export interface ComposedBill extends Bill {
  id: string
  buyer: Buyer
  sale: ComposedSale | HeldSale
  /** Lines that are no items: what an invoice not issued would lose. */
  charges: readonly SaleLine[]
  itemIds: readonly string[]
  price: SnapshotPrice
  period: { start: string; end: string }
  periodStart: Date
  periodEnd: Date
}

export const priceOfSnapshot = (price: PriceListRow): SnapshotPrice => ({ id: price.id, version: price.version, recurring: recurringOf(price),
  charges: chargesOf(price) })

/** The terms at the end of the period. */
const lastPhase = (phases: readonly Phase[], period: { start: string; end: string }): Phase => {
  const phase = phasesWithin(phases, period).at(-1) ?? phases.at(-1)
  if (!phase) throw new Error('a subscription has at least one phase')
  return phase
}

/** Makes the invoices of many customers from a handful of reads; what they spend is locked to the end of the transaction. */
export const composeBills = async (db: SystemDb, bills: readonly Bill[], terms: Terms, now: Date): Promise<ComposedBill[]> => {
  const orgIds = bills.map(({ subscription }) => subscription.orgId)
  const buyerOf = await loadBuyers(db, orgIds)
  const periods = bills.map(({ subscription: { orgId, periodStart, periodEnd, periodFrom: start, periodTo: end } }) => (
    { orgId, timezone: buyerOf(orgId).org.timezone, period: { start, end }, periodStart, periodEnd }))
  await lockUsage(db, orgIds)
  const charged = await chargeLines(periods, terms, (windows) => sealUsage(db, windows))
  await correctLateUsage(db, orgIds)
  const couponsOf = await couponsFor(db, orgIds, now)
  const grantsOf = await availableGrants(db, orgIds, now)
  const itemsOf = await takeUnbilledItems(db, orgIds)
  return bills.map(({ draftId, subscription }, index): ComposedBill => {
    const { orgId, planKey, currency, periodStart, periodEnd, periodFrom, periodTo } = subscription
    const [buyer, charges] = [buyerOf(orgId), charged[index] ?? []]
    const period = { start: periodFrom, end: periodTo }
    const items = itemsOf(orgId, currency)
    const sale = composeSale([...charges, ...items.map((item) => lineOfItem(item, period))], {
      currency, coupons: couponsOf(orgId, { planKey, currency }), grants: grantsOf(orgId, currency), now, taxOf: taxOfLine(buyer, localDateOf(now,
        buyer.org.timezone)),
    })
    const price = priceOfSnapshot(terms.rowOf(lastPhase(terms.phasesOf(orgId), period).priceListId))
    return { draftId, subscription, id: draftId ?? newId('invoice'), buyer, sale, charges, itemIds: items.map((item) => item.id), price, period, periodStart, periodEnd }
  })
}
