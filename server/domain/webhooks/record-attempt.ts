import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import type { Attempt } from './attempt.ts'
import type { Claimed } from './claim.ts'
import { disableEndpoint } from './disable-endpoint.ts'
import { mailAboutEndpoint } from './mails.ts'
import { pauseSeconds, retryDelay, verdictOf } from './schedule.ts'

const ACTOR = { type: 'job', name: 'webhooks.deliver' } as const
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000)

/** Writes down what came of it and what follows. A delivery that somebody else took meanwhile keeps its own course. */
export const recordAttempt = async (delivery: Claimed, attempt: Attempt): Promise<void> => {
  await runtime().databases.asSystem('job', async (db) => {
    const [row] = await db.$queryRaw<Array<{ attempts: number; claim: string | null; state: string }>>`
      SELECT attempts, claim, state FROM webhook_delivery WHERE id = ${delivery.id} FOR UPDATE`
    if (!row) return
    const number = row.attempts + 1
    await db.webhookAttempt.create({
      data: {
        id: newId('webhookAttempt'), orgId: delivery.orgId, endpointId: delivery.endpointId, deliveryId: delivery.id, number, at: attempt.at,
        durationMs: attempt.durationMs, status: attempt.status, error: attempt.error, detail: attempt.detail,
        requestHeaders: attempt.requestHeaders, responseHeaders: attempt.responseHeaders, responseBody: attempt.responseBody,
      },
    })
    const last = { attempts: number, lastStatus: attempt.status, lastError: attempt.error }
    if (row.claim !== delivery.claim || row.state !== 'pending') await db.webhookDelivery.update({ where: { id: delivery.id }, data: last })
    else await conclude(db, delivery, attempt, last)
  })
}

interface Last { attempts: number; lastStatus: number | null; lastError: string | null }

const conclude = async (db: SystemDb, delivery: Claimed, attempt: Attempt, last: Last): Promise<void> => {
  const update = (data: object) => db.webhookDelivery.update({ where: { id: delivery.id }, data: { ...last, claim: null, ...data } })
  const verdict = verdictOf(attempt.status)
  if (verdict === 'delivered') {
    await update({ state: 'delivered', tries: delivery.tries + 1, finishedAt: new Date() })
    await db.webhookEndpoint.updateMany({
      where: { id: delivery.endpointId, OR: [{ failingSince: { not: null } }, { pausedUntil: { not: null } }] },
      data: { failingSince: null, warnedAt: null, pausedUntil: null },
    })
    return
  }
  if (verdict === 'gone') {
    await update({ state: 'failed', tries: delivery.tries + 1, finishedAt: new Date() })
    return disableEndpoint(db, { id: delivery.endpointId, orgId: delivery.orgId }, 'gone')
  }
  const delay = retryDelay(delivery.tries + 1, Math.random(), attempt.retryAfter)
  await update(delay === null ? { state: 'failed', tries: delivery.tries + 1, finishedAt: new Date() } : { tries: delivery.tries + 1, nextAttemptAt: inSeconds(delay) })
  await noteFailure(db, delivery, attempt)
  if (delay === null) await warn(db, delivery)
}

const noteFailure = async (db: SystemDb, { endpointId: id }: Claimed, attempt: Attempt): Promise<void> => {
  await db.webhookEndpoint.updateMany({ where: { id, failingSince: null }, data: { failingSince: attempt.at } })
  const pause = pauseSeconds(attempt.status, attempt.retryAfter)
  if (pause !== null) await db.webhookEndpoint.updateMany({ where: { id }, data: { pausedUntil: inSeconds(pause) } })
}

/** The first delivery that was given up since the endpoint last took one: its owners are told, once. */
const warn = async (db: SystemDb, { endpointId: id, orgId }: Claimed): Promise<void> => {
  const { count } = await db.webhookEndpoint.updateMany({ where: { id, warnedAt: null }, data: { warnedAt: new Date() } })
  if (count === 0) return
  await recordEvent(db, { orgId, type: 'webhook.failing', subject: { type: 'webhook', id }, actor: ACTOR, requestId: null })
  await mailAboutEndpoint(db, id, 'failing')
}
