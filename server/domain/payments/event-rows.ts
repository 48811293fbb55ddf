import { grouped } from '../../core/grouped.ts'
import { runtime } from '../../core/runtime.ts'
import type { PaymentAttempt } from './payment-wire.ts'

interface EventId { provider: string; dedupeKey: string }
const MOST = 100

const nameOf = (provider: string, dedupeKey: string): string => `${provider} ${dedupeKey}`
const columns = (ids: readonly EventId[]): [string[], string[]] => [ids.map(({ provider }) => provider), ids.map(({ dedupeKey }) => dedupeKey)]

const WAITING = `SELECT e.provider, e.dedupe_key FROM provider_event e JOIN unnest($1::text[], $2::text[]) AS k (provider, dedupe_key) USING (provider, dedupe_key)
  WHERE e.processed_at IS NULL`

/** Stored, and nothing was done about it yet. */
export const isWaiting = grouped<EventId, boolean>({
  most: MOST,
  together: async (ids) => {
    const { rows } = await runtime().databases.systemPool.query<{ provider: string; dedupe_key: string }>({ name: 'events-waiting', text: WAITING, values: columns(ids) })
    const waiting = new Set(rows.map((row) => nameOf(row.provider, row.dedupe_key)))
    return ids.map(({ provider, dedupeKey }) => waiting.has(nameOf(provider, dedupeKey)))
  },
})

const PROCESSED = `UPDATE provider_event e SET processed_at = now(), outcome = k.outcome
  FROM unnest($1::text[], $2::text[], $3::text[]) AS k (provider, dedupe_key, outcome) WHERE e.provider = k.provider AND e.dedupe_key = k.dedupe_key`

export const markProcessed = grouped<EventId & { outcome: string }, void>({
  most: MOST, keyOf: ({ provider, dedupeKey }) => nameOf(provider, dedupeKey),
  together: async (done) => {
    await runtime().databases.systemPool.query({ name: 'events-processed', text: PROCESSED, values: [...columns(done), done.map(({ outcome }) => outcome)] })
    return done.map(() => undefined)
  },
})

export const attemptById = grouped<string, PaymentAttempt | null>({
  most: MOST,
  together: async (ids) => {
    const rows = await runtime().databases.asSystem('webhook-intake', (db) => db.paymentAttempt.findMany({ where: { id: { in: [...new Set(ids)] } } }))
    return ids.map((id) => rows.find((row) => row.id === id) ?? null)
  },
})
