import { listen, wake, type Listener } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { filterTakes } from '../../contract/event-types.ts'

export const WAKE_TOPIC = 'webhooks'
export const TEST_EVENT = 'webhook.test'

const fanOut: Listener = async (db, event) => {
  // Locked, so that an endpoint deleted meanwhile does not make the event itself fail.
  const endpoints = await db.$queryRaw<{ id: string; events: string[] }[]>`
    SELECT id, events FROM webhook_endpoint WHERE org_id = ${event.orgId} AND enabled AND (${event.type !== TEST_EVENT} OR id = ${event.subjectId}) ORDER BY id FOR KEY SHARE`
  const takers = endpoints.filter(({ events }) => event.type === TEST_EVENT || filterTakes(events, event.type))
  if (takers.length === 0) return
  await db.webhookDelivery.createMany({
    data: takers.map(({ id }) => ({ id: newId('webhookDelivery'), orgId: event.orgId, endpointId: id, eventId: event.id, eventType: event.type })),
  })
  await wake(db, WAKE_TOPIC)
}

/** One delivery per event and endpoint that asked for it, in the event's own transaction. A test goes to the endpoint it is about, and to no other. */
export const listenToAll = (): void => listen(fanOut)
