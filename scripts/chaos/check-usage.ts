import type pg from 'pg'
import type { Watch } from './machines.ts'

/** Between two looks at a TAP, and between a last look and the machine's end. */
const SLACK_BYTES = 128 * 1024
/** The agent counts at its interval and sends after it; by then it must be in the books. */
const LATE_MS = 150_000

interface Counted { instance_id: string; bytes: string }

/** I3: what was charged against what the kernel saw on the instance's TAP. Never more; and of what still runs not less than it had a while ago. */
export async function faultsOfUsage(pool: pg.Pool, watch: Watch): Promise<string[]> {
  const { rows } = await pool.query<Counted>('SELECT instance_id, sum(net_tx) AS bytes FROM usage_counter GROUP BY 1')
  const charged = new Map(rows.map(({ instance_id: id, bytes }) => [id, Number(bytes)]))
  return [...watch.sent].flatMap(([id, { total, looks, alive }]) => {
    const had = charged.get(id) ?? 0
    const before = looks.findLast(({ atMs }) => atMs < Date.now() - LATE_MS)?.bytes ?? 0
    if (had > total + SLACK_BYTES) return [`I3 ${id} sent ${total} bytes, counted are ${had}`]
    return alive && had < before - SLACK_BYTES ? [`I3 ${id} had sent ${before} bytes some minutes ago, counted are ${had}`] : []
  })
}
