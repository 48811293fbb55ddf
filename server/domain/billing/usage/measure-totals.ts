import type { SystemDb } from '../../../core/db.ts'
import type { Meter } from '../prices/default-prices.ts'

export interface EndedWindow { orgId: string; from: Date; to: Date }
interface Row { org_id: string; vcpu: string; memory: string; egress: string }

/** Whole periods that have ended, many customers in one pass: allocation times milliseconds, bytes times thousand, as usage cells count. */
export const measureTotals = async (db: SystemDb, windows: readonly EndedWindow[]): Promise<Map<string, Map<Meter, bigint>>> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT w.org_id, coalesce(a.vcpu, 0)::text AS vcpu, coalesce(a.memory, 0)::text AS memory, coalesce(h.egress, 0)::text AS egress
    FROM jsonb_to_recordset(${JSON.stringify(windows.map(({ orgId, from, to }) => ({ org_id: orgId, starts: from, ends: to })))}::jsonb)
      AS w (org_id text, starts timestamptz, ends timestamptz)
    CROSS JOIN LATERAL (
      SELECT sum(s.vcpu * ms) AS vcpu, sum(s.memory_mib * ms) AS memory
      FROM allocation_segment s
      CROSS JOIN LATERAL (SELECT (extract(epoch FROM least(coalesce(s.ended_at, w.ends), w.ends) - greatest(s.started_at, w.starts)) * 1000)::bigint AS ms) length
      WHERE s.org_id = w.org_id AND s.started_at < w.ends AND coalesce(s.ended_at, 'infinity') > w.starts
    ) a
    CROSS JOIN LATERAL (
      SELECT sum(quantity) * 1000 AS egress FROM usage_hour u
      WHERE u.org_id = w.org_id AND u.meter = 'egress_bytes' AND u.hour >= w.starts AND u.hour < w.ends
    ) h`
  return new Map(rows.map((row) => [row.org_id, new Map<Meter, bigint>([
    ['vcpu_seconds', BigInt(row.vcpu)], ['memory_mib_seconds', BigInt(row.memory)], ['egress_bytes', BigInt(row.egress)],
  ])]))
}
