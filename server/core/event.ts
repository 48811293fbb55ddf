import type { Prisma } from '../../prisma/generated/client.ts'
import type { Actor, ServiceAccountActor, UserActor } from './context.ts'
import { sqlPart, type SystemDb, type TenantDb } from './db.ts'
import { EVENT_MARK, EVENT_MARKS } from './event-order.ts'
import { newId } from './id.ts'
import { enqueued, type AddedJob, type JobDefinition } from './job.ts'

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

export interface Interest {
  /** By what the event itself says; where it says too little, the job looks. */
  when?: (event: EventInput) => boolean
  /** One job for all events of an organization that are recorded together. */
  perOrganization?: boolean
}
interface Subscriber extends Interest { job: JobDefinition }
const subscribers = new Map<string, Subscriber[]>()

/** News goes up as an event: the job runs once per event, after the emitting transaction committed. Payload: the subject and the organization. */
export const subscribe = (type: string, job: JobDefinition, interest: Interest = {}): void => {
  const known = subscribers.get(type) ?? []
  if (!known.some((one) => one.job.name === job.name)) subscribers.set(type, [...known, { job, ...interest }])
}

const jobsFor = (events: readonly EventInput[]): { job: JobDefinition; payload: { subject_id: string; org_id: string | null } }[] => {
  const seen = new Set<string>()
  return events.flatMap((event) => (subscribers.get(event.type) ?? []).flatMap(({ job, when, perOrganization }) => {
    const name = `${job.name} ${event.orgId ?? ''}`
    if (when?.(event) === false || (perOrganization && seen.has(name))) return []
    seen.add(name)
    return [{ job, payload: { subject_id: event.subject.id, org_id: event.orgId } }]
  }))
}

/** An event of an organization, just written. */
export interface RecordedEvent { id: string; orgId: string; type: string; subjectId: string }
export type Listener = (db: SystemDb | TenantDb, events: readonly RecordedEvent[]) => Promise<void>
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

export const recordEvent = (db: SystemDb | TenantDb, event: EventInput): Promise<void> => recordEvents(db, [event])

/** Many at once cost as many statements as one. */
export const recordEvents = async (db: SystemDb | TenantDb, events: readonly EventInput[]): Promise<void> => {
  if (events.length === 0) return
  const written = events.map((event) => ({ ...event, id: newId('event') }))
  await write(db, written, jobsFor(events))
  const own = written.flatMap(({ id, orgId, type, subject }): RecordedEvent[] => (orgId === null ? [] : [{ id, orgId, type, subjectId: subject.id }]))
  if (own.length > 0) for (const listener of listeners) await listener(db, own)
}

const rowOf = ({ id, orgId, type, subject, actor, data, requestId, from }: EventInput & { id: string }) => ({
  id, org_id: orgId, type, subject_type: subject.type, subject_id: subject.id, actor: actorRow(actor), data: data ?? {}, request_id: requestId,
  ip: from?.ip ?? null, user_agent: from?.userAgent?.slice(0, 300) ?? null,
})

/**
 * Before an event has a number: a mark that one is being written (see event-order.ts), held until it can be seen, and the wake-up for then.
 * Few marks for all organizations, so that a transaction about thousands of them does not fill the lock table. No row is returned: who may
 * record an event need not be allowed to read it.
 */
const write = async (db: SystemDb | TenantDb, events: readonly (EventInput & { id: string })[], jobs: readonly AddedJob[]): Promise<void> => {
  // In the same statement as what they follow from: each one more is a way to the database and back while locks are held.
  const queued = jobs.length === 0 ? sqlPart`SELECT 0` : sqlPart`SELECT count(added) FROM (${enqueued(jobs)}) j`
  await db.$executeRaw`
    WITH input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(events.map(rowOf))}::jsonb) AS r (id text, org_id text, type text, subject_type text, subject_id text,
        actor jsonb, data jsonb, request_id text, ip text, user_agent text)
    ), announced AS MATERIALIZED (
      SELECT count(pg_advisory_xact_lock_shared(${EVENT_MARK}::int, hashtext(org_id) & ${EVENT_MARKS}::int)),
        count(pg_notify('shellwego', concat('org:', org_id, ' ', type, ' ', subject_id)))
      FROM input WHERE org_id IS NOT NULL
    ), queued AS MATERIALIZED (${queued})
    INSERT INTO event (id, org_id, type, subject_type, subject_id, actor, data, request_id, ip, user_agent, at)
    SELECT i.id, i.org_id, i.type, i.subject_type, i.subject_id, i.actor, i.data, i.request_id, i.ip, i.user_agent, clock_timestamp() FROM announced, queued, input i`
}

/** Wakes listeners of a topic when the transaction commits. */
export const wake = async (db: SystemDb | TenantDb, topic: string, payload = ''): Promise<void> => {
  await db.$executeRaw`SELECT pg_notify('shellwego', ${`${topic} ${payload}`.trim()})`
}
