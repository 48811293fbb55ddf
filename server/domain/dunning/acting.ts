import type { SystemDb } from '../../core/db.ts'
import { recordEvent, type EventInput } from '../../core/event.ts'

/** What a job or the operator brings that changes how an organization stands. */
export interface Acting {
  db: SystemDb
  orgId: string
  now: Date
  emit: (type: string, subject: EventInput['subject'], data?: EventInput['data']) => Promise<void>
}

const ACTOR = { type: 'job', name: 'dunning.advance' } as const

export const actingJob = (db: SystemDb, orgId: string, now: Date): Acting => ({
  db, orgId, now,
  emit: (type, subject, data) => recordEvent(db, { orgId, type, subject, ...(data ? { data } : {}), actor: ACTOR, requestId: null }),
})
