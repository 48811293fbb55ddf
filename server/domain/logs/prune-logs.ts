import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** Packed bytes kept of one app, however young: about twenty million lines. */
export const MAX_BYTES = 1 << 30
const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const BATCH = 200

/** Chunks whose last line is older than the plan keeps lines, and the oldest of apps that hold too much. */
const TOO_OLD = `SELECT c.org_id, c.app_id, c.last_id FROM log_chunk c LEFT JOIN subscription s ON s.org_id = c.org_id
  LEFT JOIN organization o ON o.id = c.org_id LEFT JOIN plan p ON p.brand_id = o.brand_id AND p.key = s.plan_key
  WHERE c.max_at < $1::timestamptz - make_interval(days => coalesce(p.log_days, ${DEFAULT_DAYS})) LIMIT ${BATCH}`
const TOO_MUCH = `SELECT org_id, app_id, last_id FROM (
    SELECT org_id, app_id, last_id, sum(octet_length(body) + coalesce(octet_length(signature), 0)) OVER (PARTITION BY org_id, app_id ORDER BY last_id DESC) AS kept FROM log_chunk
    WHERE (org_id, app_id) IN (SELECT org_id, app_id FROM log_chunk GROUP BY 1, 2 HAVING sum(octet_length(body) + coalesce(octet_length(signature), 0)) > $1::bigint)) t
  WHERE kept > $1::bigint LIMIT ${BATCH}`

const remove = async (which: string, value: unknown): Promise<number> => {
  let removed = 0
  for (let count = BATCH; count === BATCH; removed += count) {
    const result = await runtime().databases.systemPool.query(
      `DELETE FROM log_chunk c USING (${which}) old WHERE c.org_id = old.org_id AND c.app_id = old.app_id AND c.last_id = old.last_id`, [value])
    count = result.rowCount ?? 0
  }
  return removed
}

/** Takes whole chunks: a line goes when the youngest it is packed with does, at most some thousand lines later. Returns how many went. */
export const pruneLogs = async (maxBytes = MAX_BYTES): Promise<number> => {
  const now = runtime().clock.now()
  const removed = await remove(TOO_OLD, now) + await remove(TOO_MUCH, maxBytes)
  await runtime().databases.systemPool.query('DELETE FROM log_start WHERE touched_at < $1', [new Date(Date.now() - 40 * DAY_MS)])
  return removed
}

export const pruneLogLines = defineJob({ name: 'logs.prune', payload: z.object({}), run: async () => { await pruneLogs() } })
