import type { PriceList as PriceListRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { Charge, PriceSpec } from '../../../contract/catalogue.ts'

export type { PriceListRow }

/** Where a plan is sold: the currency of the organization, and its country. */
export interface Market { brandId: string; planKey: string; currency: string; country: string }

export const marketOf = (org: { brandId: string; currency: string; country: string }, planKey: string): Market =>
  ({ brandId: org.brandId, planKey, currency: org.currency, country: org.country })

/** The version in force at an instant: the newest one already active, of the country's own list before the one for everywhere. */
export const findPriceList = async (db: SystemDb | TenantDb, { country, ...plan }: Market, at: Date): Promise<PriceListRow | null> => {
  const newest = (region: string) => db.priceList.findFirst({
    where: { ...plan, region, activeFrom: { lte: at } }, orderBy: [{ activeFrom: 'desc' }, { version: 'desc' }],
  })
  return await newest(country) ?? (country === '' ? null : await newest(''))
}

export const currentPriceList = async (db: SystemDb | TenantDb, market: Market, at: Date): Promise<PriceListRow> => {
  const { country, ...plan } = market
  const found = await findPriceList(db, market, at)
    ?? await db.priceList.findFirst({ where: { ...plan, region: { in: [country, ''] } }, orderBy: { version: 'asc' } })
  if (!found) throw new DomainError('unavailable', `Prices in ${market.currency} are not set up yet. Try again in a moment.`)
  return found
}

export const recurringOf = (row: PriceListRow): PriceSpec => PriceSpec.parse(row.recurring)
export const chargesOf = (row: PriceListRow): Charge[] => Charge.array().parse(row.charges)
