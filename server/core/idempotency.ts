import type { SystemDb, TenantDb } from './db.ts'
import { sha256 } from './crypto.ts'
import { DomainError } from './error.ts'

interface Row { request_hash: string; response: unknown }

/**
 * Runs `act` once per (scope, key) and replays its answer afterwards. The row is written in the caller's transaction, so a second call in
 * flight waits for the first one's commit; a failed call leaves no row. Another body under the same key is refused (422).
 */
export const once = async (db: SystemDb | TenantDb, call: { scope: string; key: string; request: unknown }, act: () => Promise<unknown>): Promise<unknown> => {
  if (call.key.length > 255) throw new DomainError('invalid_request', 'Idempotency-Key may hold at most 255 characters.')
  const hash = sha256(JSON.stringify(call.request))
  const inserted = await db.$executeRaw`INSERT INTO idempotency_key (scope, key, request_hash) VALUES (${call.scope}, ${call.key}, ${hash}) ON CONFLICT DO NOTHING`
  if (inserted === 0) {
    const [row] = await db.$queryRaw<Row[]>`SELECT request_hash, response FROM idempotency_key WHERE scope = ${call.scope} AND key = ${call.key}`
    if (row?.request_hash !== hash) throw new DomainError('idempotency_key_reused', 'That Idempotency-Key was used with another body. Use a new key.')
    return row.response
  }
  const response = await act()
  await db.$executeRaw`UPDATE idempotency_key SET response = ${JSON.stringify(response)}::jsonb WHERE scope = ${call.scope} AND key = ${call.key}`
  return response
}
