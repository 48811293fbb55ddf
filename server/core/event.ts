import type { Prisma } from '../../prisma/generated/client.ts'
import type { Actor, ServiceAccountActor, UserActor } from './context.ts'
import type { SystemDb, TenantDb } from './db.ts'
import { EVENT_MARK, EVENT_MARKS } from './event-order.ts'
import { newId } from './id.ts'
import { enqueue, type JobDefinition } from './job.ts'

export interface EventInput {
  orgId: string | null
  type: string
  subject: { type: string; id: string }
  data?: Record<string, string | number | boolean | null>
  actor: Actor
  requestId: string | null
  /** Where the call came from, as far as a transport knew. */
  from?: { ip: string | null; userAgent: string | null }
}

const subscribers = new Map<string, JobDefinition[]>()

/** News goes up as an event: the job runs once per event, after the emitting transaction committed. Payload: `{event_id}` and the subject. */
export const subscribe = (type: string, job: JobDefinition): void => {
  const jobs = subscribers.get(type) ?? []
  if (!jobs.some((j) => j.name === job.name)) subscribers.set(type, [...jobs, job])
}

/** An event of an organization, just written. */
export interface RecordedEvent { id: string; orgId: string; type: string; subjectId: string }
export type Listener = (db: SystemDb | TenantDb, event: RecordedEvent) => Promise<void>
const listeners = new Set<Listener>()

/** Runs within the transaction of every event of an organization: what it writes exists if and only if the event does. */
export const listen = (listener: Listener): void => { listeners.add(listener) }

/** Who did it, as stored: never an e-mail or a token. */
const actorRow = (actor: Actor): Prisma.InputJsonObject => {
  switch (actor.type) {
    case 'user': return { type: 'user', id: actor.userId, ...tokenOf(actor), ...operatorOf(actor), ...impersonatorOf(actor) }
    case 'service_account': return { type: 'service_account', id: actor.serviceAccountId, ...tokenOf(actor) }
    case 'job': return { type: 'job', id: actor.name }
    case 'node': return { type: 'node', id: actor.nodeId }
    case 'provider': return { type: 'provider', id: actor.provider }
    case 'anonymous': return { type: 'anonymous' }
  }
}

const tokenOf = ({ token }: UserActor | ServiceAccountActor) => (token ? { token: token.tokenId } : {})
/** Customers read who of the operator's people did something to them; those are no members whose names they could look up. */
const operatorOf = ({ staff, name }: UserActor) => (staff ? { operator: name } : {})
/** Both identities: whose account it is, and who was at work in it. */
const impersonatorOf = ({ impersonator: by }: UserActor) => (by ? { impersonator: { id: by.userId, name: by.name } } : {})

export const recordEvent = async (db: SystemDb | TenantDb, event: EventInput): Promise<void> => {
  const id = newId('event')
  if (event.orgId) await announce(db, event.orgId, `${event.type} ${event.subject.id}`)
  // createMany returns no row: who may record an event need not be allowed to read it.
  await db.event.createMany({
    data: {
      id, orgId: event.orgId, type: event.type, subjectType: event.subject.type, subjectId: event.subject.id,
      actor: actorRow(event.actor), data: event.data ?? {}, requestId: event.requestId, ip: event.from?.ip ?? null,
      userAgent: event.from?.userAgent?.slice(0, 300) ?? null,
    },
  })
  if (event.orgId) for (const listener of listeners) await listener(db, { id, orgId: event.orgId, type: event.type, subjectId: event.subject.id })
  for (const job of subscribers.get(event.type) ?? []) await enqueue(db, job, { subject_id: event.subject.id, org_id: event.orgId })
}

/**
 * Before the event has a number: a mark that one is being written (see event-order.ts), held until it can be seen, and the wake-up for then.
 * Few marks for all organizations, so that a transaction about thousands of them does not fill the lock table.
 */
const announce = async (db: SystemDb | TenantDb, orgId: string, news: string): Promise<void> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock_shared(${EVENT_MARK}::int, hashtext(${orgId}) & ${EVENT_MARKS}::int), pg_notify('shellwego', ${`org:${orgId} ${news}`})`
}

/** Wakes listeners of a topic when the transaction commits. */
export const wake = async (db: SystemDb | TenantDb, topic: string, payload = ''): Promise<void> => {
  await db.$executeRaw`SELECT pg_notify('shellwego', ${`${topic} ${payload}`.trim()})`
}
