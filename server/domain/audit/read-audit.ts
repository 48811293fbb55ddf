import { z } from 'zod'
import { Prisma } from '../../../prisma/generated/client.ts'
import { AuditRecord } from '../../contract/audit.ts'
import { pageOf } from '../../contract/page.ts'
import { Instant } from '../../contract/time.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { escapedLike, toRecord, withNames, type RecordRow } from './record.ts'

const Range = z.strictObject({ gte: Instant.optional(), gt: Instant.optional(), lte: Instant.optional(), lt: Instant.optional() })
const Filter = z.strictObject({
  q: z.string().trim().max(100).optional().describe('In type, ids, addresses, names of members and details'),
  type: z.string().max(80).regex(/^[a-z_]+(\.[a-z_]+)*(\.\*)?$/, 'A type such as app.scaled, or app.* for all of them.').optional(),
  actor_id: z.string().max(80).optional().describe('Also finds what the operator did in somebody\'s account'),
  subject_type: z.string().max(40).optional(), subject_id: z.string().max(80).optional(), ip: z.string().max(64).optional(),
  at: Range.optional(),
})
export type AuditFilter = z.infer<typeof Filter>
export const AuditFilterInput = { filter: Filter.optional() }

const OPERATORS = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

const conditions = (f: AuditFilter): Prisma.Sql[] => {
  const like = f.q ? `%${escapedLike(f.q)}%` : ''
  return [
    ...(f.type ? [f.type.endsWith('.*') ? Prisma.sql`e.type LIKE ${`${escapedLike(f.type.slice(0, -1))}%`}` : Prisma.sql`e.type = ${f.type}`] : []),
    ...(f.actor_id ? [Prisma.sql`(e.actor->>'id' = ${f.actor_id} OR e.actor->'impersonator'->>'id' = ${f.actor_id})`] : []),
    ...(f.subject_type ? [Prisma.sql`e.subject_type = ${f.subject_type}`] : []),
    ...(f.subject_id ? [Prisma.sql`e.subject_id = ${f.subject_id}`] : []),
    ...(f.ip ? [Prisma.sql`e.ip = ${f.ip}`] : []),
    ...Object.entries(OPERATORS).flatMap(([name, operator]) => {
      const at = f.at?.[name as keyof typeof OPERATORS]
      return at ? [Prisma.sql`e.at ${Prisma.raw(operator)} ${new Date(at)}`] : []
    }),
    ...(f.q ? [Prisma.sql`(concat_ws(' ', e.id, e.type, e.subject_type, e.subject_id, e.ip, e.request_id, e.data::text, e.actor::text) ILIKE ${like}
      OR e.actor->>'id' IN (SELECT u.id FROM "user" u WHERE u.name ILIKE ${like} OR u.email ILIKE ${like}))`] : []),
  ]
}

/** Newest first, in the order of the chain. */
export const auditPage = async (ctx: OrgContext, filter: AuditFilter, before: bigint | null, limit: number): Promise<AuditRecord[]> => {
  const where = Prisma.join([
    Prisma.sql`a.org_id = ${ctx.orgId}`, ...(before === null ? [] : [Prisma.sql`a.chain_seq < ${before}`]), ...conditions(filter),
  ], ' AND ')
  const rows = await ctx.db.$queryRaw<RecordRow[]>`
    SELECT a.chain_seq, a.prev_hash, a.hash, e.id, e.type, e.subject_type, e.subject_id, e.actor, e.data, e.request_id, e.ip, e.user_agent, e.at
    FROM audit_entry a JOIN event e ON e.seq = a.event_seq WHERE ${where} ORDER BY a.chain_seq DESC LIMIT ${limit}`
  return (await withNames(ctx.db, rows)).map(toRecord)
}

export const positionOf = (cursor: string | undefined): bigint | null => {
  if (cursor === undefined) return null
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (/^audit:\d{1,18}$/.test(text)) return BigInt(text.slice(6))
  const errors = [{ pointer: '/cursor', code: 'invalid_cursor', message: 'Use next_cursor of an earlier answer.' }]
  throw new DomainError('invalid_request', 'The cursor is not one of ours.', { errors })
}
const cursorAt = (record: AuditRecord | undefined): string | null => (record ? Buffer.from(`audit:${record.chain_seq}`).toString('base64url') : null)

export const listAudit = query({
  name: 'audit.list',
  summary: 'The audit log: who did what, when and from where, newest first',
  scope: 'org',
  permission: 'audit:read',
  input: z.strictObject({ ...AuditFilterInput, limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.string().max(100).optional() }),
  output: pageOf(AuditRecord),
  rest: { method: 'GET', path: '/organizations/{organization_id}/audit', tag: 'Audit' },
  run: async (ctx, input) => {
    const found = await auditPage(ctx, input.filter ?? {}, positionOf(input.cursor), input.limit + 1)
    const data = found.slice(0, input.limit)
    const more = found.length > input.limit
    return { data, pagination: { limit: input.limit, has_more: more, next_cursor: more ? cursorAt(data.at(-1)) : null } }
  },
})

export const auditFacets = query({
  name: 'audit.facets',
  summary: 'What the audit log can be filtered by: the types and actors it holds',
  scope: 'org',
  permission: 'audit:read',
  input: z.strictObject({}),
  output: z.object({ types: z.array(z.string()), actors: z.array(z.object({ id: z.string(), name: z.string() })) }),
  rest: { method: 'GET', path: '/organizations/{organization_id}/audit/facets', tag: 'Audit' },
  run: async (ctx) => {
    const types = await ctx.db.event.findMany({ distinct: ['type'], select: { type: true }, orderBy: { type: 'asc' }, take: 200 })
    const people = await ctx.db.user.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' }, take: 500 })
    const machines = await ctx.db.serviceAccount.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' }, take: 500 })
    return { types: types.map((t) => t.type), actors: [...people, ...machines] }
  },
})
