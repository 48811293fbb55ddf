import type { Actor } from './context.ts'
import type { SystemDb, TenantDb } from './db.ts'
import { newId } from './id.ts'
import { enqueue, type JobDefinition } from './job.ts'

export interface EventInput {
  orgId: string | null
  type: string
  subject: { type: string; id: string }
  data?: Record<string, string | number | boolean | null>
  actor: Actor
  requestId: string | null
}

const subscribers = new Map<string, JobDefinition[]>()

/** News goes up as an event: the job runs once per event, after the emitting transaction committed. Payload: `{event_id}` and the subject. */
export const subscribe = (type: string, job: JobDefinition): void => {
  const jobs = subscribers.get(type) ?? []
  if (!jobs.some((j) => j.name === job.name)) subscribers.set(type, [...jobs, job])
}

/** Who did it, as stored: never an e-mail or a token. */
const actorRow = (actor: Actor): Record<string, string> => {
  switch (actor.type) {
    case 'user': return { type: 'user', id: actor.userId }
    case 'job': return { type: 'job', id: actor.name }
    case 'node': return { type: 'node', id: actor.nodeId }
    case 'provider': return { type: 'provider', id: actor.provider }
    case 'anonymous': return { type: 'anonymous' }
  }
}

export const recordEvent = async (db: SystemDb | TenantDb, event: EventInput): Promise<void> => {
  await db.event.create({
    data: {
      id: newId('event'), orgId: event.orgId, type: event.type, subjectType: event.subject.type, subjectId: event.subject.id,
      actor: actorRow(event.actor), data: event.data ?? {}, requestId: event.requestId,
    },
  })
  if (event.orgId) await wake(db, `org:${event.orgId}`, `${event.type} ${event.subject.id}`)
  for (const job of subscribers.get(event.type) ?? []) await enqueue(db, job, { subject_id: event.subject.id, org_id: event.orgId })
}

/** Wakes listeners of a topic when the transaction commits. */
export const wake = async (db: SystemDb | TenantDb, topic: string, payload = ''): Promise<void> => {
  await db.$executeRaw`SELECT pg_notify('shellwego', ${`${topic} ${payload}`.trim()})`
}
