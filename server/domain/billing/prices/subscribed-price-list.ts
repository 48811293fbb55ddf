import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { currentPriceList, marketOf, type PriceListRow } from './current-price-list.ts'
import { STARTER_PLAN } from './default-prices.ts'

interface Customer { brandId: string; currency: string; country: string; subscription: { priceListId: string } | null }

/** The version the organization subscribed to; before it has subscribed, what it is about to. */
export const subscribedPriceList = async (db: SystemDb | TenantDb, org: Customer, now: Date): Promise<PriceListRow> =>
  org.subscription
    ? db.priceList.findUniqueOrThrow({ where: { id: org.subscription.priceListId } })
    : currentPriceList(db, marketOf(org, STARTER_PLAN), now)
