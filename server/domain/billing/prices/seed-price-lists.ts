import type { Prisma } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import type { PriceListRow } from './current-price-list.ts'
import { DEFAULT_PRICES, FIRST_CURRENCIES, STARTER_PLAN } from './default-prices.ts'

type Terms = Pick<PriceListRow, 'currency' | 'region' | 'name' | 'interval' | 'timing' | 'trialDays' | 'setupFee' | 'commitment'>
  & { recurring: Prisma.InputJsonValue; charges: Prisma.InputJsonValue }

const platformTerms = (): Terms[] => FIRST_CURRENCIES.map((currency) => {
  const { name, recurring, charges } = DEFAULT_PRICES[currency]
  return { currency, region: '', name, interval: 'month', timing: 'arrears', trialDays: 0, setupFee: '0', commitment: null, recurring, charges }
})

/** What the platform sells the first plan for now, one per market. */
const parentTerms = async (db: SystemDb, parentId: string, at: Date): Promise<Terms[]> => {
  const rows = await db.priceList.findMany({
    where: { brandId: parentId, planKey: STARTER_PLAN, activeFrom: { lte: at } }, orderBy: [{ activeFrom: 'desc' }, { version: 'desc' }],
  })
  return [...Map.groupBy(rows, (row) => `${row.currency} ${row.region}`).values()].flatMap(([row]) => (row ? [{
    currency: row.currency, region: row.region, name: row.name, interval: row.interval, timing: row.timing, trialDays: row.trialDays, setupFee: row.setupFee,
    commitment: row.commitment, recurring: row.recurring as Prisma.InputJsonObject, charges: row.charges as Prisma.InputJsonArray,
  }] : []))
}

/**
 * First plan of a brand with its price lists, once: a reseller starts from the platform's present prices, with its own flat fee where
 * given. Running it again changes nothing.
 */
export const seedPriceLists = async (db: SystemDb, brandId: string, options: { starterPrice?: string | null; now?: Date } = {}): Promise<void> => {
  const activeFrom = options.now ?? runtime().clock.now()
  const brand = await db.brand.findUniqueOrThrow({ where: { id: brandId } })
  await db.plan.createMany({ data: { id: newId('plan'), brandId, key: STARTER_PLAN, name: 'Starter' }, skipDuplicates: true })
  const inherited = brand.parentId ? await parentTerms(db, brand.parentId, activeFrom) : []
  const first = [...inherited, ...platformTerms().filter(({ currency }) => !inherited.some((terms) => terms.currency === currency && terms.region === ''))]
  for (const terms of first) {
    const own = options.starterPrice && terms.currency === brand.defaultCurrency ? { recurring: { model: 'flat', unit_amount: options.starterPrice } } : {}
    await db.priceList.createMany({
      data: { id: newId('priceList'), brandId, planKey: STARTER_PLAN, version: 1, activeFrom, ...terms, ...own }, skipDuplicates: true,
    })
  }
}
