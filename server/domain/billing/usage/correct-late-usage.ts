import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { addInvoiceItems, type NewInvoiceItem } from '../items/add-invoice-item.ts'
import { chargesOf, type PriceListRow } from '../prices/current-price-list.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { loadPriceLists } from '../prices/load-price-lists.ts'
import { chargedLines, type MeterUsage } from '../rules/invoice.ts'
import { fraction } from '../rules/rational.ts'
import { measureWindows, type UsageTotals } from './measure-totals.ts'

const Totals = z.record(z.string(), z.object({ quantity: z.string(), events: z.number().optional() }))

interface Row {
  org_id: string; starts_at: Date; ends_at: Date; price_list_id: string; currency: string; totals: unknown; revision: number
  period_from: string; period_to: string; share: string
}

/** Billed periods whose usage changed since, but for those a draft still waits for: it will measure anew. */
const readChanged = (db: SystemDb, orgIds: readonly string[]): Promise<Row[]> => db.$queryRaw<Row[]>`
  SELECT p.* FROM usage_period p WHERE p.org_id = ANY(${[...orgIds]}) AND p.changed
    AND NOT EXISTS (SELECT FROM invoice i WHERE i.org_id = p.org_id AND i.state = 'draft' AND i.kind = 'invoice' AND i.period_start <= p.starts_at AND i.period_end > p.starts_at)
  ORDER BY p.org_id, p.starts_at`

const correctionsOf = (row: Row, price: PriceListRow, now: UsageTotals): NewInvoiceItem[] => {
  const billed = Totals.parse(row.totals)
  const period = { start: row.period_from, end: row.period_to }
  const [n = '1', d = '1'] = row.share.split('/')
  const usage = new Map(chargesOf(price).map(({ meter }): [string, MeterUsage] => {
    const { quantity = '0', events = 0 } = now.get(meter) ?? {}
    return [meter, { quantity, events, alreadyBilled: billed[meter]?.quantity ?? '0', alreadyBilledEvents: billed[meter]?.events ?? 0 }]
  }))
  return chargedLines({ priceList: { ...enginePriceList(price, '0'), recurring: [], share: fraction(BigInt(n), BigInt(d)) }, period, usage }).map((line) => ({
    orgId: row.org_id, currency: row.currency, kind: 'correction', description: line.description, amount: line.amount, product: line.source,
    key: `usage:${row.starts_at.toISOString()}:${line.source}:${row.revision}`, periodFrom: period.start, periodTo: period.end,
    reason: `Usage reported after the invoice: ${line.quantity} ${line.unit} in all`,
  }))
}

/**
 * Usage that reached a period after it was billed becomes corrections on the next invoice: what the period costs now, less what was
 * billed for it, at its own price. The caller holds the locks of `lockUsage`, so that nothing is missed or billed twice.
 */
export const correctLateUsage = async (db: SystemDb, orgIds: readonly string[]): Promise<number> => {
  const rows = await readChanged(db, orgIds)
  if (rows.length === 0) return 0
  const priceOf = await loadPriceLists(db, rows.map((row) => row.price_list_id))
  const totals = await measureWindows(db, rows.map((row) => ({ orgId: row.org_id, from: row.starts_at, to: row.ends_at })))
  await addInvoiceItems(db, rows.flatMap((row, n) => correctionsOf(row, priceOf(row.price_list_id), totals[n] ?? new Map())))
  const settled = rows.map((row, n) => ({ org_id: row.org_id, starts_at: row.starts_at, totals: Object.fromEntries(totals[n] ?? []) }))
  await db.$executeRaw`
    UPDATE usage_period p SET totals = s.totals, changed = false, revision = p.revision + 1
    FROM jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) AS s (org_id text, starts_at timestamptz, totals jsonb)
    WHERE p.org_id = s.org_id AND p.starts_at = s.starts_at`
  return rows.length
}
