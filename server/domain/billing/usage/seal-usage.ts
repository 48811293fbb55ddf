import type { SystemDb } from '../../../core/db.ts'
import type { Rational } from '../rules/rational.ts'
import { measureWindows, type UsageTotals } from './measure-totals.ts'

/** A stretch of time that is being billed, the price list its usage is rated by, and that list's share of the billing period. */
export interface BilledUsage {
  orgId: string; from: Date; to: Date; priceListId: string; currency: string; days: { start: string; end: string }; share: Rational
}

/** Waits for everybody who is adding usage of these organizations and lets nobody add until the caller's transaction ends. */
export const lockUsage = async (db: SystemDb, orgIds: readonly string[]): Promise<void> => {
  await db.$queryRaw`SELECT count(pg_advisory_xact_lock(usage_lock_key(o))) FROM (SELECT o FROM unnest(${[...new Set(orgIds)]}::text[]) AS u (o) ORDER BY o) sorted`
}

/**
 * Measures what is to be billed and remembers it as billed. The caller holds the locks of `lockUsage`: what is in the totals is billed,
 * what comes after finds the period billed and is corrected later.
 */
export const sealUsage = async (db: SystemDb, periods: readonly BilledUsage[]): Promise<UsageTotals[]> => {
  const totals = await measureWindows(db, periods)
  const rows = JSON.stringify(periods.map(({ orgId, from, to, priceListId, currency, days, share }, n) => ({
    org_id: orgId, starts_at: from, ends_at: to, price_list_id: priceListId, currency, period_from: days.start, period_to: days.end,
    share: `${share.n}/${share.d}`, totals: Object.fromEntries(totals[n] ?? []),
  })))
  await db.$executeRaw`
    DELETE FROM usage_period p USING (
      SELECT org_id, min(starts_at) AS starts, max(ends_at) AS ends, array_agg(starts_at) AS own
      FROM jsonb_to_recordset(${rows}::jsonb) AS r (org_id text, starts_at timestamptz, ends_at timestamptz) GROUP BY 1
    ) s WHERE p.org_id = s.org_id AND p.starts_at >= s.starts AND p.ends_at <= s.ends AND p.starts_at <> ALL(s.own)`
  await db.$executeRaw`
    INSERT INTO usage_period (org_id, starts_at, ends_at, price_list_id, currency, period_from, period_to, share, totals)
    SELECT * FROM jsonb_to_recordset(${rows}::jsonb)
      AS r (org_id text, starts_at timestamptz, ends_at timestamptz, price_list_id text, currency text, period_from text, period_to text, share text, totals jsonb)
    ON CONFLICT (org_id, starts_at) DO UPDATE SET ends_at = excluded.ends_at, price_list_id = excluded.price_list_id, currency = excluded.currency,
      period_from = excluded.period_from, period_to = excluded.period_to, share = excluded.share, totals = excluded.totals, changed = false`
  return totals
}
