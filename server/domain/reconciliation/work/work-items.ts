import type { Prisma } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import type { WorkKind } from '../../../contract/reconciliation.ts'

const ACTOR = { type: 'job', name: 'reconciliation' } as const

/** What somebody has to decide, and what they need to know for it. */
export interface Cause {
  kind: WorkKind
  /** Names the cause within its kind: found again, it is the same item, also after somebody closed it. */
  cause: string
  subject: { type: string; id: string }
  customerId?: string | null
  title: string
  facts: Record<string, string | number | null>
  dueAt?: Date | null
}

const keyOf = (kind: WorkKind, cause: string): string => `${kind}:${cause}`

/** One item per cause, whoever finds it and however often. True when it is new. */
export const openWorkItem = async (db: SystemDb, found: Cause, now: Date): Promise<boolean> => {
  const { kind, cause, subject, customerId = null, title, facts, dueAt = null } = found
  const id = newId('workItem')
  const data: Prisma.WorkItemCreateManyInput = {
    id, kind, key: keyOf(kind, cause), subjectType: subject.type, subjectId: subject.id, customerId, title, facts, dueAt, createdAt: now,
  }
  const { count } = await db.workItem.createMany({ data, skipDuplicates: true })
  if (count === 0) return false
  await recordEvent(db, { orgId: null, type: 'work_item.opened', subject: { type: 'work_item', id }, data: { kind, title }, actor: ACTOR, requestId: null })
  return true
}

/** Its cause is gone: nobody needs to look any more. */
export const settleWorkItem = async (db: SystemDb, kind: WorkKind, cause: string, note: string, now: Date): Promise<void> => {
  const item = await db.workItem.findUnique({ where: { key: keyOf(kind, cause) } })
  if (item?.state !== 'open') return
  const { count } = await db.workItem.updateMany({ where: { id: item.id, state: 'open' }, data: { state: 'done', doneAt: now, note } })
  if (count === 0) return
  await recordEvent(db, { orgId: null, type: 'work_item.closed', subject: { type: 'work_item', id: item.id }, data: { kind, outcome: 'done' }, actor: ACTOR, requestId: null })
}
