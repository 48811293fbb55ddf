import { z } from 'zod'
import type { WorkItem as ItemRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { pageOf } from '../../../contract/page.ts'
import { WORK_KINDS, WORK_STATES, WorkItem } from '../../../contract/reconciliation.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'

const TAG = 'Reconciliation'

const named = async (db: SystemDb, rows: readonly ItemRow[]): Promise<(row: ItemRow) => WorkItem> => {
  const people = await db.user.findMany({ where: { id: { in: rows.flatMap((row) => row.doneBy ?? []) } }, select: { id: true, name: true } })
  return (row) => ({
    id: row.id, kind: WORK_KINDS.find((one) => one === row.kind) ?? 'unmatched_money', subject: { type: row.subjectType, id: row.subjectId }, organization_id: row.customerId,
    title: row.title, facts: WorkItem.shape.facts.parse(row.facts), state: WORK_STATES.find((one) => one === row.state) ?? 'open', due_at: toInstantOrNull(row.dueAt), note: row.note,
    done_by: row.doneBy === null ? null : { id: row.doneBy, name: people.find((one) => one.id === row.doneBy)?.name ?? row.doneBy },
    done_at: toInstantOrNull(row.doneAt), created_at: toInstant(row.createdAt),
  })
}

const list = defineList({
  name: 'admin.work_items', search: ['title', 'subjectId', 'note'],
  fields: {
    state: { kind: 'enum', column: 'state', values: WORK_STATES, filter: true }, kind: { kind: 'enum', column: 'kind', values: WORK_KINDS, filter: true },
    organization_id: { kind: 'text', column: 'customerId', filter: true }, subject_id: { kind: 'text', column: 'subjectId', filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true }, due_at: { kind: 'time', column: 'dueAt', range: true, sort: true, nullable: true },
  },
})

export const listWorkItems = query({
  name: 'admin.work_items', summary: 'What people have to decide about money: unmatched, disputed, mismatched', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(WorkItem), rest: { method: 'GET', path: '/admin/work-items', tag: TAG },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.workItem.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, await named(ctx.db, rows))
  },
})

/** Money in suspense is decided by matching or returning it; a note alone would leave it there for ever. */
const assertDecided = async (db: SystemDb, row: ItemRow): Promise<void> => {
  if (row.subjectType !== 'suspense') return
  const held = await db.suspenseItem.findUnique({ where: { id: row.subjectId } })
  if (held?.state === 'open') throw new DomainError('state_conflict', 'This money is still in suspense. Match it with an invoice or return it; the item closes by itself.')
}

export const closeWorkItem = command({
  name: 'admin.close_work_item', summary: 'Say that a work item is done, or that nothing has to be done', scope: 'staff',
  input: z.strictObject({ work_item_id: z.string().max(60), outcome: z.enum(['done', 'dismissed']), note: z.string().trim().min(3).max(500) }),
  output: WorkItem, rest: { method: 'POST', path: '/admin/work-items/{work_item_id}/close', tag: TAG },
  run: async (ctx, { work_item_id: id, outcome, note }) => {
    await ctx.db.$queryRaw`SELECT id FROM work_item WHERE id = ${id} FOR UPDATE`
    const row = await ctx.db.workItem.findUnique({ where: { id } })
    if (!row) throw notFound('work item')
    if (row.state !== 'open') throw new DomainError('state_conflict', `This item was ${row.state === 'done' ? 'done' : 'dismissed'} already.`)
    await assertDecided(ctx.db, row)
    const closed = await ctx.db.workItem.update({ where: { id }, data: { state: outcome, doneBy: ctx.user.userId, doneAt: ctx.now, note } })
    await ctx.emit('work_item.closed', { type: 'work_item', id }, { kind: row.kind, outcome })
    return (await named(ctx.db, [closed]))(closed)
  },
})
