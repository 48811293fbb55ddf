import { listen, wake, type Listener } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { filterTakes } from '../../contract/event-types.ts'

export const WAKE_TOPIC = 'webhooks'
export const TEST_EVENT = 'webhook.test'

const fanOut: Listener = async (db, event) => {
  const endpoints = await db.webhookEndpoint.findMany({
    where: { orgId: event.orgId, enabled: true, ...(event.type === TEST_EVENT ? { id: event.subjectId } : {}) }, select: { id: true, events: true },
  })
  const takers = endpoints.filter(({ events }) => event.type === TEST_EVENT || filterTakes(events, event.type))
  if (takers.length === 0) return
  await db.webhookDelivery.createMany({
    data: takers.map(({ id }) => ({ id: newId('webhookDelivery'), orgId: event.orgId, endpointId: id, eventId: event.id, eventType: event.type })),
  })
  await wake(db, WAKE_TOPIC)
}

/** One delivery per event and endpoint that asked for it, in the event's own transaction. A test goes to the endpoint it is about, and to no other. */
export const listenToAll = (): void => listen(fanOut)
