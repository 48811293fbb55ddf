import type { SystemDb } from '../../../core/db.ts'
import type { PriceListRow } from './current-price-list.ts'

export type PriceLookup = (brandId: string, planKey: string, currency: string, at: Date) => PriceListRow

/** All versions of some brands' price lists in one read; each look-up follows the rule of `currentPriceList`. */
export const loadPriceLists = async (db: SystemDb, brandIds: string[]): Promise<PriceLookup> => {
  const rows = await db.priceList.findMany({ where: { brandId: { in: brandIds } }, orderBy: [{ activeFrom: 'desc' }, { version: 'desc' }] })
  return (brandId, planKey, currency, at) => {
    const own = rows.filter((row) => row.brandId === brandId && row.planKey === planKey && row.currency === currency)
    const found = own.find((row) => row.activeFrom <= at) ?? own.at(-1)
    if (!found) throw new Error(`brand ${brandId} has no price list for ${planKey} in ${currency}`)
    return found
  }
}
