import type { PriceList as PriceListRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import type { MeterPrices } from './default-prices.ts'

export type { PriceListRow }

/** The version in force at an instant: the newest one already active. */
export const findPriceList = (
  db: SystemDb | TenantDb, brandId: string, planKey: string, currency: string, at: Date,
): Promise<PriceListRow | null> =>
  db.priceList.findFirst({ where: { brandId, planKey, currency, activeFrom: { lte: at } }, orderBy: [{ activeFrom: 'desc' }, { version: 'desc' }] })

export const currentPriceList = async (
  db: SystemDb | TenantDb, brandId: string, planKey: string, currency: string, at: Date,
): Promise<PriceListRow> => {
  const found = await findPriceList(db, brandId, planKey, currency, at)
    ?? await db.priceList.findFirst({ where: { brandId, planKey, currency }, orderBy: { version: 'asc' } })
  if (!found) throw new DomainError('unavailable', `Prices in ${currency} are not set up yet. Try again in a moment.`)
  return found
}

export const meterPrices = (row: PriceListRow): MeterPrices => row.meters as MeterPrices
