import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { waitFor } from './throttle-rule.ts'

const COUNT = `INSERT INTO throttle (key, window_start, count) VALUES ($1, to_timestamp(floor(extract(epoch FROM now()) / $2::int) * $2::int), 1)
  ON CONFLICT (key, window_start) DO UPDATE SET count = throttle.count + 1
  RETURNING count, extract(epoch FROM now() - window_start)::float8 AS passed_s,
    (SELECT p.count FROM throttle p WHERE p.key = $1 AND p.window_start = throttle.window_start - make_interval(secs => $2::int)) AS before`

/** Counts one try per key and refuses above the limit. Written outside the caller's transaction, so a refused call still counts. Real time. */
export const throttle = async (key: string, limit: number, windowS: number): Promise<void> => {
  const { rows: [row] } = await runtime().databases.systemPool.query<{ count: number; passed_s: number; before: number | null }>(COUNT, [key, windowS])
  const wait = row ? waitFor({ count: row.count, before: row.before ?? 0, passedS: row.passed_s }, limit, windowS) : null
  if (wait !== null) {
    throw new DomainError('rate_limited', `Too many tries. Wait ${wait} seconds, then try again.`, { headers: { 'retry-after': String(wait) } })
  }
}
