import { z } from 'zod'
import type { SystemDb, TenantDb } from './db.ts'
import { hmac } from './crypto.ts'
import { DomainError } from './error.ts'
import { defineJob } from './job.ts'
import { runtime } from './runtime.ts'

interface Row { request_hash: string; response: unknown }
interface KeyedCall { scope: string; key: string; request: unknown }

/** Visible ASCII: what every proxy hands on unchanged. */
const KEY = /^[\x21-\x7e]{1,255}$/
const KEPT = '48 hours'
const RETRY_S = '1'

export const assertKey = (key: string): void => {
  if (!KEY.test(key)) throw new DomainError('invalid_request', 'Idempotency-Key must hold 1 to 255 visible ASCII characters.')
}

/**
 * Runs `act` once per (scope, key) and replays its answer afterwards. The row is written in the caller's transaction; a failed call leaves
 * none. While the first call is under way a second one is told to come back (409); another body under the same key is refused (422).
 */
export const once = async (db: SystemDb | TenantDb, call: KeyedCall, act: () => Promise<unknown>): Promise<{ response: unknown; replayed: boolean }> => {
  assertKey(call.key)
  // Keyed: a plain hash of a short secret could be guessed from a dump.
  const hash = hmac(runtime().env.masterKey, JSON.stringify(call.request))
  const [lock] = await db.$queryRaw<{ free: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${`idempotency:${call.scope}:${call.key}`}, 0)) AS free`
  if (!lock?.free) {
    throw new DomainError('idempotency_key_in_use', 'The first request with that Idempotency-Key is under way. Send it again in a moment to get its answer.', { headers: { 'retry-after': RETRY_S } })
  }
  const inserted = await db.$executeRaw`INSERT INTO idempotency_key (scope, key, request_hash) VALUES (${call.scope}, ${call.key}, ${hash}) ON CONFLICT DO NOTHING`
  if (inserted === 0) {
    const [row] = await db.$queryRaw<Row[]>`SELECT request_hash, response FROM idempotency_key WHERE scope = ${call.scope} AND key = ${call.key}`
    if (row?.request_hash !== hash) throw new DomainError('idempotency_key_reused', 'That Idempotency-Key was used with another body. Use a new key.')
    return { response: row.response, replayed: true }
  }
  const response = await act()
  await db.$executeRaw`UPDATE idempotency_key SET response = ${JSON.stringify(response)}::jsonb WHERE scope = ${call.scope} AND key = ${call.key}`
  return { response, replayed: false }
}

/** Keys are remembered for two days of real time. */
export const pruneIdempotencyKeys = defineJob({
  name: 'core.prune_idempotency_keys', payload: z.object({}),
  run: async () => {
    await runtime().databases.systemPool.query('DELETE FROM idempotency_key WHERE created_at < now() - $1::interval', [KEPT])
  },
})
