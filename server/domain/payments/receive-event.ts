import { enqueue } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import type { WebhookEvent } from './ports.ts'
import { processProviderEvent } from './process-provider-event.ts'

/** Stores the receipt and queues its work in one transaction; a repeated delivery finds its row and does nothing. */
export const receiveEvent = (provider: string, event: WebhookEvent): Promise<'stored' | 'duplicate'> =>
  runtime().databases.asSystem('webhook-intake', async (db) => {
    const { count } = await db.providerEvent.createMany({
      data: { provider, dedupeKey: event.dedupeKey, kind: event.type, providerRef: event.providerRef ?? event.paymentRef }, skipDuplicates: true,
    })
    if (count === 0) return 'duplicate'
    await enqueue(db, processProviderEvent, {
      provider, dedupe_key: event.dedupeKey, kind: event.kind, provider_ref: event.providerRef, attempt_id: event.attemptId,
      payment_ref: event.paymentRef, dispute_ref: event.disputeRef ?? null, refund_ref: event.refundRef ?? null,
    })
    return 'stored'
  })
