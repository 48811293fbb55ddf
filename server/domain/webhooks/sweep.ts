import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { disableEndpoint } from './disable-endpoint.ts'

const DAY_MS = 86_400_000
const KEPT_MS = 30 * DAY_MS
const GIVEN_UP_MS = 5 * DAY_MS
const BATCH = 5_000

/** Endpoints that took nothing for five days, a day after their owners were told. Real time: it is about machines. */
const disableDead = async (): Promise<void> => {
  const now = Date.now()
  const dead = await runtime().databases.asSystem('job', (db) => db.webhookEndpoint.findMany({
    where: { enabled: true, failingSince: { lt: new Date(now - GIVEN_UP_MS) }, warnedAt: { lt: new Date(now - DAY_MS) } }, select: { id: true, orgId: true },
  }))
  for (const endpoint of dead) await runtime().databases.asSystem('job', (db) => disableEndpoint(db, endpoint, 'failing'))
}

/** What is still to be sent stays however old it is. */
const PRUNE = `DELETE FROM webhook_delivery WHERE id IN
  (SELECT id FROM webhook_delivery WHERE created_at < $1 AND state <> 'pending' ORDER BY created_at LIMIT ${BATCH})`

const prune = async (): Promise<void> => {
  const before = new Date(runtime().clock.now().getTime() - KEPT_MS)
  for (let count = BATCH; count === BATCH;) count = (await runtime().databases.systemPool.query(PRUNE, [before])).rowCount ?? 0
}

export const sweepWebhooks = defineJob({
  name: 'webhooks.sweep', payload: z.object({}),
  run: async () => {
    await disableDead()
    await prune()
  },
})
