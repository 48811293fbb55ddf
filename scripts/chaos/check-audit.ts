import type pg from 'pg'
import type { Done } from './workload.ts'

/** What each act of the customer that was answered yes to leaves in the audit trail, once. */
const EVENT_OF: Record<string, string> = {
  create: 'app.created', update: 'app.updated', scale: 'app.scaled', stop: 'app.stopped', remove: 'app.deleted', restart: 'deployment.queued restart',
}

const TRAIL = `SELECT coalesce(data->>'app_id', subject_id) AS app, CASE WHEN type = 'deployment.queued' THEN type || ' ' || (data->>'reason') ELSE type END AS type, count(*)::int AS times
  FROM event WHERE actor->>'type' = 'user' AND subject_type IN ('app', 'deployment') GROUP BY 1, 2`

/** I10: as many entries as effects, though acts were sent again and again until their answer was clear. */
export async function faultsOfAudit(pool: pg.Pool, history: readonly Done[], idOf: ReadonlyMap<string, string>): Promise<string[]> {
  const { rows } = await pool.query<{ app: string; type: string; times: number }>(TRAIL)
  const told = new Map(rows.map(({ app, type, times }) => [`${app} ${type}`, times]))
  const done = new Map<string, number>()
  for (const { act, app, status } of history) {
    const [id, type] = [idOf.get(app), EVENT_OF[act]]
    if (id && type && status < 300) done.set(`${id} ${type}`, (done.get(`${id} ${type}`) ?? 0) + 1)
  }
  return [...done].filter(([key, times]) => told.get(key) !== times).map(([key, times]) => `I10 ${key} was done ${times} times and is ${told.get(key) ?? 0} times in the audit trail`)
}
