import type pg from 'pg'
import type { TrafficRecord } from '../../contract/node-api/measures.ts'
import { addBins } from '../../contract/metrics.ts'
import type { SystemDb } from '../../core/db.ts'

const BIN_MS = 5_000
const quoted = (bins: readonly number[]): string => `{${bins.join(',')}}`

/** What instances answered that are compared; real time, since a canary is watched in it. Of an instance of another app nothing is taken. */
export const recordReleases = async (client: pg.PoolClient, records: readonly TrafficRecord[], receivedMs: number): Promise<void> => {
  const told = records.filter((r) => r.instance_id !== undefined)
  if (told.length === 0) return
  const { rows } = await client.query<{ id: string; app_id: string; release_id: string }>({
    name: 'release-of', text: 'SELECT id, app_id, release_id FROM instance WHERE id = ANY($1)', values: [[...new Set(told.map((r) => r.instance_id))]],
  })
  const found = told.flatMap((record) => {
    const row = rows.find(({ id, app_id: appId }) => id === record.instance_id && appId === record.app_id)
    return row ? [{ row, record, at: Math.floor((receivedMs - record.ago_ms) / BIN_MS) * BIN_MS }] : []
  })
  const summed = [...Map.groupBy(found, ({ row, at }) => `${row.release_id} ${at}`)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [, same] of summed) {
    const [{ row, at } = { row: null, at: 0 }] = same
    if (row === null) continue
    const bins = (of: 'status' | 'latency'): string => quoted(same.reduce<number[]>((sum, { record }) => addBins(sum, record[of]), []))
    await client.query({
      name: 'release-traffic', values: [row.release_id, new Date(at), bins('status'), bins('latency')],
      text: `INSERT INTO release_traffic AS t (release_id, at, status, latency) VALUES ($1, $2, $3::bigint[], $4::bigint[])
        ON CONFLICT (release_id, at) DO UPDATE SET status = bins_add(t.status, excluded.status), latency = bins_add(t.latency, excluded.latency)`,
    })
  }
}

interface Answered { status: number[]; latency: number[] }

/** Since then, by counts of status and latency. */
export const readRelease = async (db: SystemDb, releaseId: string, since: Date): Promise<Answered> => {
  const rows = await db.releaseTraffic.findMany({ where: { releaseId, at: { gte: since } } })
  return rows.reduce<Answered>(
    ({ status, latency }, row) => ({ status: addBins(status, row.status.map(Number)), latency: addBins(latency, row.latency.map(Number)) }),
    { status: [], latency: [] },
  )
}
