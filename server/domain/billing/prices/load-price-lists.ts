import type { SystemDb } from '../../../core/db.ts'
import type { PriceListRow } from './current-price-list.ts'

/** Versions by id, in one read. */
export const loadPriceLists = async (db: SystemDb, ids: readonly string[]): Promise<(id: string) => PriceListRow> => {
  const rows = new Map((await db.priceList.findMany({ where: { id: { in: [...new Set(ids)] } } })).map((row) => [row.id, row]))
  return (id) => {
    const row = rows.get(id)
    if (!row) throw new Error(`price list ${id} is missing`)
    return row
  }
}
