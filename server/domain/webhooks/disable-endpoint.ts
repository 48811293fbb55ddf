import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { mailAboutEndpoint } from './mails.ts'

const ACTOR = { type: 'job', name: 'webhooks.deliver' } as const

/** Turns it off for good: nothing more is sent until somebody enables it again. What waits is cancelled and can be redelivered. */
export const disableEndpoint = async (db: SystemDb, { id, orgId }: { id: string; orgId: string }, reason: 'gone' | 'failing'): Promise<void> => {
  const { count } = await db.webhookEndpoint.updateMany({
    where: { id, enabled: true }, data: { enabled: false, disabledReason: reason, version: { increment: 1 } },
  })
  if (count === 0) return
  await db.webhookDelivery.updateMany({ where: { endpointId: id, state: 'pending' }, data: { state: 'cancelled', finishedAt: new Date() } })
  await recordEvent(db, { orgId, type: 'webhook.disabled', subject: { type: 'webhook', id }, actor: ACTOR, requestId: null, data: { reason } })
  await mailAboutEndpoint(db, id, reason === 'gone' ? 'gone' : 'disabled')
}
