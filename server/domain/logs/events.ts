import { z } from 'zod'
import { Instant } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
import { pageOf } from '../../contract/page.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import type { Event } from '../../../prisma/generated/client.ts'

const Json = z.record(z.string(), z.unknown())

export const EventView = z.object({
  id: z.string(), cursor: z.string(), type: z.string(), subject: z.object({ type: z.string(), id: z.string() }), actor: Json, data: Json, at: Instant,
})
export type EventView = z.infer<typeof EventView>

export const toEventView = (row: Event): EventView => ({
  id: row.id, cursor: String(row.seq), type: row.type, subject: { type: row.subjectType, id: row.subjectId },
  actor: Json.parse(row.actor), data: Json.parse(row.data), at: row.at.toISOString(),
})

/** Events after `after` up to `upTo`, in the order of their numbers. */
export const eventsBetween = (db: TenantDb, after: bigint, upTo: bigint, limit: number): Promise<Event[]> =>
  db.event.findMany({ where: { seq: { gt: after, lte: upTo } }, orderBy: { seq: 'asc' }, take: limit })

/** Longer than any transaction may last. */
const LONG_AGO_MS = 40_000

/** Where somebody begins who wants news only: a number no later commit can precede, and what is to be seen after it already. */
export const presentEvents = async (db: TenantDb): Promise<{ after: bigint; known: Set<bigint> }> => {
  const old = await db.event.findFirst({ where: { at: { lt: new Date(Date.now() - LONG_AGO_MS) } }, orderBy: { seq: 'desc' }, select: { seq: true } })
  const after = old?.seq ?? 0n
  const rows = await db.event.findMany({ where: { seq: { gt: after } }, select: { seq: true } })
  return { after, known: new Set(rows.map((row) => row.seq)) }
}

const list = defineList({
  name: 'events',
  fields: {
    type: { kind: 'text', column: 'type', filter: true },
    subject_type: { kind: 'text', column: 'subjectType', filter: true },
    subject_id: { kind: 'text', column: 'subjectId', filter: true },
    request_id: { kind: 'text', column: 'requestId', filter: true },
    at: { kind: 'time', column: 'at', range: true },
    seq: { kind: 'bigint', column: 'seq', sort: true },
  },
  search: ['type', 'subjectId'], sort: '-seq', key: 'seq',
})

export const listEvents = query({
  name: 'events.list', summary: 'What happened in the organization, newest first', scope: 'org', permission: 'org:read',
  input: z.strictObject({
    ...list.input, type: z.string().max(80).optional().describe('As filter[type]'), subject_type: z.string().max(40).optional().describe('As filter[subject_type]'),
    subject_id: z.string().max(64).optional().describe('As filter[subject_id]'),
  }),
  output: pageOf(EventView),
  rest: { method: 'GET', path: '/events', tag: 'Events' },
  run: async (ctx, { type, subject_type: subjectType, subject_id: subjectId, ...input }) => {
    const named = {
      ...(type ? { type: [type] } : {}), ...(subjectType ? { subject_type: [subjectType] } : {}), ...(subjectId ? { subject_id: [subjectId] } : {}),
    }
    const page = list.page(ctx, { ...input, filter: { ...input.filter, ...named } })
    return page.of(await ctx.db.event.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toEventView)
  },
})
