import { listen, wake, type Listener, type RecordedEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { filterTakes } from '../../contract/event-types.ts'

export const WAKE_TOPIC = 'webhooks'
export const TEST_EVENT = 'webhook.test'

interface Endpoint { id: string; org_id: string; events: string[] }

const takes = ({ id, org_id: orgId, events }: Endpoint, event: RecordedEvent): boolean =>
  orgId === event.orgId && (event.type === TEST_EVENT ? id === event.subjectId : filterTakes(events, event.type))

const fanOut: Listener = async (db, events) => {
  // Locked, so that an endpoint deleted meanwhile does not make the event itself fail.
  const endpoints = await db.$queryRaw<Endpoint[]>`
    SELECT id, org_id, events FROM webhook_endpoint WHERE org_id = ANY(${[...new Set(events.map((event) => event.orgId))]}) AND enabled ORDER BY id FOR KEY SHARE`
  if (endpoints.length === 0) return
  const deliveries = events.flatMap((event) => endpoints.filter((endpoint) => takes(endpoint, event)).map(({ id }) => (
    { id: newId('webhookDelivery'), orgId: event.orgId, endpointId: id, eventId: event.id, eventType: event.type })))
  if (deliveries.length === 0) return
  await db.webhookDelivery.createMany({ data: deliveries })
  await wake(db, WAKE_TOPIC)
}

/** One delivery per event and endpoint that asked for it, in the event's own transaction. A test goes to the endpoint it is about, and to no other. */
export const listenToAll = (): void => listen(fanOut)
