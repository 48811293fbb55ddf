import { z } from 'zod'
import { Instant } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
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

export const listEvents = query({
  name: 'events.list', summary: 'What happened in the organization, newest first', scope: 'org', permission: 'org:read',
  input: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().regex(/^\d{1,18}$/).optional(),
    type: z.string().max(80).optional(), subject_type: z.string().max(40).optional(), subject_id: z.string().max(64).optional(),
  }),
  output: z.object({ data: z.array(EventView), pagination: z.object({ limit: z.number().int(), has_more: z.boolean(), next_cursor: z.string().nullable() }) }),
  rest: { method: 'GET', path: '/events', tag: 'Events' },
  run: async (ctx, input) => {
    const rows = await ctx.db.event.findMany({
      where: {
        ...(input.cursor ? { seq: { lt: BigInt(input.cursor) } } : {}), ...(input.type ? { type: input.type } : {}),
        ...(input.subject_type ? { subjectType: input.subject_type } : {}), ...(input.subject_id ? { subjectId: input.subject_id } : {}),
      },
      orderBy: { seq: 'desc' }, take: input.limit + 1,
    })
    const data = rows.slice(0, input.limit).map(toEventView)
    const more = rows.length > input.limit
    return { data, pagination: { limit: input.limit, has_more: more, next_cursor: more ? data.at(-1)?.cursor ?? null : null } }
  },
})
