/** Stripe's rule: the first answer to a key is replayed for 24 hours, other parameters under the same key are an error. */
import { createHash } from 'node:crypto'
import type { Call, Reply } from './http.ts'
import type { Lock } from './lock.ts'
import type { ObjectStore } from './object-store.ts'
import { shelfOf } from './object-store.ts'

type Remembered = { readonly fingerprint: string; readonly status: number; readonly body: unknown; readonly created: number }
const KEPT_S = 24 * 3600

export function createIdempotency(store: ObjectStore, lock: Lock, nowSeconds: () => number) {
  const remembered = shelfOf<Remembered>(store, 'stripe', 'idempotency_key')
  return async (call: Call, run: () => Promise<Reply>): Promise<Reply> => {
    const key = call.headers['idempotency-key']
    if (call.method !== 'POST' || typeof key !== 'string') return run()
    if (key.length > 255) return idempotencyError('Idempotency keys can have at most 255 characters.')
    const fingerprint = createHash('sha256').update(`${call.path}\n${call.body}`).digest('hex')
    return lock(`idempotency:${key}`, async () => {
      const earlier = await remembered.get(key)
      if (earlier !== null && nowSeconds() - earlier.created < KEPT_S) {
        if (earlier.fingerprint !== fingerprint) {
          return idempotencyError(`Keys for idempotent requests can only be used with the same parameters they were first used with. Key: ${key}`)
        }
        return { status: earlier.status, body: earlier.body, headers: { 'idempotent-replayed': 'true' } }
      }
      const reply = await run()
      // Faults found before anything ran are not remembered, so that the caller may correct them.
      if (reply.status === 400 || reply.status === 401) return reply
      await remembered.put(key, { fingerprint, status: reply.status, body: reply.body, created: nowSeconds() })
      return reply
    })
  }
}

const idempotencyError = (message: string): Reply => ({ status: 400, body: { error: { type: 'idempotency_error', message } } })
