import { jobRow } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import type { WebhookEvent } from './ports.ts'
import { processProviderEvent } from './process-provider-event.ts'

const STORE = `WITH stored AS (
    INSERT INTO provider_event (provider, dedupe_key, kind, provider_ref) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING provider
  ) SELECT graphile_worker.enqueue($5, $6::json, NULL, NULL, $7) FROM stored`

/** Stores the receipt and queues its work in one statement; a repeated delivery finds its row and does nothing. */
export const receiveEvent = async (provider: string, event: WebhookEvent): Promise<'stored' | 'duplicate'> => {
  const { name, payload, max_attempts: maxAttempts } = jobRow(processProviderEvent, {
    provider, dedupe_key: event.dedupeKey, kind: event.kind, provider_ref: event.providerRef, attempt_id: event.attemptId,
    payment_ref: event.paymentRef, dispute_ref: event.disputeRef ?? null, refund_ref: event.refundRef ?? null,
  })
  const values = [provider, event.dedupeKey, event.type, event.providerRef ?? event.paymentRef, name, JSON.stringify(payload), maxAttempts]
  const { rowCount } = await runtime().databases.systemPool.query({ name: 'event-received', text: STORE, values })
  return rowCount === 0 ? 'duplicate' : 'stored'
}
