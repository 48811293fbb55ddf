import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

const KEPT_MS = 30 * 86_400_000
/** Newest lines kept of one app, however young the older ones are. */
export const MAX_LINES = 200_000
const BATCH = 10_000

/** First id to keep: that of the oldest young line, or of the n-th newest, whichever is later. */
const KEEP_FROM = `SELECT a.org_id, a.id, greatest(
    (SELECT l.id FROM log_line l WHERE l.org_id = a.org_id AND l.app_id = a.id ORDER BY l.id DESC OFFSET $2 LIMIT 1) + 1,
    coalesce((SELECT l.id FROM log_line l WHERE l.org_id = a.org_id AND l.app_id = a.id AND l.at >= $1 ORDER BY l.id LIMIT 1),
      (SELECT max(l.id) + 1 FROM log_line l WHERE l.org_id = a.org_id AND l.app_id = a.id))) AS keep_from FROM app a`

export const pruneLogs = async (maxLines = MAX_LINES): Promise<number> => {
  const before = new Date(runtime().clock.now().getTime() - KEPT_MS)
  const pool = runtime().databases.systemPool
  const { rows } = await pool.query<{ org_id: string; id: string; keep_from: string | null }>(KEEP_FROM, [before, maxLines])
  let deleted = 0
  for (const app of rows) {
    if (app.keep_from === null) continue
    for (let count = BATCH; count === BATCH; deleted += count) {
      const result = await pool.query(
        'DELETE FROM log_line WHERE id IN (SELECT id FROM log_line WHERE org_id = $1 AND app_id = $2 AND id < $3 ORDER BY id LIMIT $4)', [app.org_id, app.id, app.keep_from, BATCH])
      count = result.rowCount ?? 0
    }
  }
  return deleted
}

export const pruneLogLines = defineJob({ name: 'logs.prune', payload: z.object({}), run: async () => { await pruneLogs() } })
