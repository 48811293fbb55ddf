import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { observeAttempt } from './observe-attempt.ts'
import { settleAttempt } from './settle-attempt.ts'

const Payload = z.object({
  provider: z.string(), dedupe_key: z.string(), provider_ref: z.string().nullable(), attempt_id: z.string().nullable(),
})
type Payload = z.output<typeof Payload>

const findAttempt = ({ provider, attempt_id: id, provider_ref: providerRef }: Payload) =>
  runtime().databases.asSystem('webhook-intake', async (db) =>
    (id ? await db.paymentAttempt.findFirst({ where: { id, provider } }) : null)
      ?? (providerRef ? await db.paymentAttempt.findFirst({ where: { provider, providerRef } }) : null))

const act = async (payload: Payload): Promise<string> => {
  const attempt = await findAttempt(payload)
  if (!attempt) return 'unknown_reference'
  const observed = await observeAttempt(attempt, payload.provider_ref)
  return observed ? settleAttempt(attempt.id, observed) : 'unknown_at_provider'
}

/** The webhook only says that something happened; what, is read at the provider. */
export const processProviderEvent = defineJob({
  name: 'process-provider-event',
  payload: Payload,
  run: async (payload) => {
    const id = { provider: payload.provider, dedupeKey: payload.dedupe_key }
    const row = await runtime().databases.asSystem('webhook-intake', (db) => db.providerEvent.findUnique({ where: { provider_dedupeKey: id } }))
    if (!row || row.processedAt) return
    const outcome = await act(payload)
    await runtime().databases.asSystem('webhook-intake', (db) =>
      db.providerEvent.update({ where: { provider_dedupeKey: id }, data: { processedAt: new Date(), outcome } }))
  },
})
