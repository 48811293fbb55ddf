import type { BillingSettings, Brand, LegalEntity, Organization, TaxRate } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { consoleOrigin } from '../../mail/index.ts'
import { settingsOf, type SellerSettings } from '../billing-settings.ts'
import { taxFor, type TaxDecision, type TaxRateRule } from '../taxes/tax-for.ts'
import { buyerOf, sellerOf, type TaxProfileRow } from '../taxes/tax-profile.ts'
import type { SaleLine } from './sale.ts'

/** Everything about a customer and its seller that an invoice is made of. */
export interface Buyer {
  org: Organization
  brand: Brand
  entity: LegalEntity
  settings: SellerSettings
  profile: TaxProfileRow | null
  rates: readonly TaxRateRule[]
  /** `https://host` of the seller's console. */
  origin: string
}

type BrandParts = Brand & { legalEntities: LegalEntity[]; billingSettings: BillingSettings | null; taxRates: TaxRate[] }

const entityFor = (brand: BrandParts, chosen: string | null | undefined): LegalEntity => {
  const own = brand.legalEntities.filter((entity) => entity.archivedAt === null)
  const found = own.find((entity) => entity.id === chosen) ?? own.find((entity) => entity.isDefault) ?? brand.legalEntities[0]
  if (!found) throw new Error(`brand ${brand.id} has no legal entity`)
  return found
}

/** Customers with their sellers, in a handful of reads however many there are. */
export const loadBuyers = async (db: SystemDb, orgIds: readonly string[]): Promise<(orgId: string) => Buyer> => {
  const orgs = await db.organization.findMany({ where: { id: { in: [...orgIds] } } })
  const profiles = new Map((await db.orgTaxProfile.findMany({ where: { orgId: { in: [...orgIds] } } })).map((row) => [row.orgId, row]))
  const brands = await db.brand.findMany({
    where: { id: { in: [...new Set(orgs.map((org) => org.brandId))] } },
    include: { legalEntities: { orderBy: { createdAt: 'asc' } }, billingSettings: true, taxRates: true },
  })
  const origins = new Map<string, string>()
  for (const brand of brands) origins.set(brand.id, await consoleOrigin(db, brand.id))
  const byOrg = new Map(orgs.map((org) => [org.id, org]))
  return (orgId) => {
    const org = byOrg.get(orgId)
    const brand = brands.find((candidate) => candidate.id === org?.brandId)
    if (!org || !brand) throw new Error(`organization ${orgId} is missing`)
    const profile = profiles.get(orgId) ?? null
    const { legalEntities: _entities, billingSettings, taxRates, ...seller } = brand
    return {
      org, brand: seller, entity: entityFor(brand, profile?.entityId), settings: settingsOf(billingSettings), profile,
      rates: taxRates.map(({ activeFrom: from, activeTo: to, country, region, product, rate, inclusive, name }) => (
        { country, region, product, from, to, rate, inclusive, name })), origin: origins.get(brand.id) ?? '',
    }
  }
}

/** The last day of service, or the day of the invoice where that is earlier. */
const taxPoint = (line: SaleLine, today: string): string => {
  const lastDay = new Date(Date.parse(line.periodEnd) - 86_400_000).toISOString().slice(0, 10)
  return lastDay < today && lastDay >= line.periodStart ? lastDay : today
}

export const taxOfLine = ({ org, brand, entity, profile, rates }: Buyer, today: string) => (line: SaleLine): TaxDecision =>
  taxFor({ seller: sellerOf(brand, entity), buyer: buyerOf(org.country, profile), product: line.product, date: taxPoint(line, today), rates })
