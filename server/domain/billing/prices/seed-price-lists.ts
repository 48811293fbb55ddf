import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { DEFAULT_PRICES, PLAN_CURRENCIES, STARTER_PLAN, type MeterPrices } from './default-prices.ts'

/**
 * First price lists of a brand, once: a reseller starts from the platform's present prices, with its own flat fee where given.
 * Running it again changes nothing.
 */
export const seedPriceLists = async (db: SystemDb, brandId: string, options: { starterPrice?: string | null; now?: Date } = {}): Promise<void> => {
  const activeFrom = options.now ?? runtime().clock.now()
  const brand = await db.brand.findUniqueOrThrow({ where: { id: brandId } })
  for (const currency of PLAN_CURRENCIES) {
    const parent = brand.parentId
      ? await db.priceList.findFirst({
        where: { brandId: brand.parentId, planKey: STARTER_PLAN, currency, activeFrom: { lte: activeFrom } }, orderBy: [{ activeFrom: 'desc' }, { version: 'desc' }],
      })
      : null
    const base = parent ? { name: parent.name, flatMonthly: parent.flatMonthly, meters: parent.meters as MeterPrices } : DEFAULT_PRICES[currency]
    const own = options.starterPrice && currency === brand.defaultCurrency ? { flatMonthly: options.starterPrice } : {}
    await db.priceList.createMany({
      data: { id: newId('priceList'), brandId, planKey: STARTER_PLAN, currency, version: 1, activeFrom, ...base, ...own }, skipDuplicates: true,
    })
  }
}
