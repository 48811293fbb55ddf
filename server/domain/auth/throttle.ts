import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'

/**
 * Counts one try per key in a fixed window and refuses above the limit. Written outside the caller's transaction, so a refused
 * call still counts. Real time.
 */
export const throttle = async (key: string, limit: number, windowS: number): Promise<void> => {
  const { rows } = await runtime().databases.systemPool.query<{ count: number; wait_s: number }>(
    `INSERT INTO throttle (key, window_start, count) VALUES ($1, to_timestamp(floor(extract(epoch FROM now()) / $2) * $2), 1)
     ON CONFLICT (key, window_start) DO UPDATE SET count = throttle.count + 1
     RETURNING count, ceil($2 - (extract(epoch FROM now()) - extract(epoch FROM window_start)))::int AS wait_s`, [key, windowS])
  const row = rows[0]
  if (row && row.count > limit) {
    throw new DomainError('rate_limited', `Too many tries. Wait ${row.wait_s} seconds, then try again.`)
  }
}
