import { z } from 'zod'
import { LOG_LEVELS, LogLine } from '../../contract/log.ts'
import type { OrgContext } from '../../core/context.ts'
import { ruleViolated } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { keptSince, requireApp } from './require-app.ts'
import { readLines, type LineFilter } from './store/read.ts'
import { Moment, momentOf } from './time-input.ts'

export const LogFilter = {
  instance_id: z.string().max(64).optional(),
  level: z.enum(LOG_LEVELS).optional().describe('Lines of this level and those above it'),
  search: z.string().min(1).max(200).optional().describe('Text the line must hold, in any case; no wildcards'),
}
type FilterInput = z.output<z.ZodObject<typeof LogFilter>>
const Cursor = z.string().regex(/^\d{1,18}$/)

const LogsInput = z.strictObject({
  app_id: z.string().max(64), since: Moment.optional(), until: Moment.optional(), ...LogFilter,
  tail: z.coerce.number().int().min(1).max(10_000).default(100).describe('Lines to return'),
  order: z.enum(['newest', 'oldest']).default('newest').describe('From which end of the time asked for; lines come oldest first either way'),
  cursor: Cursor.optional().describe('`next_cursor` of the previous answer: the lines before it, or after it with order=oldest'),
})

/** What to look for, within what the plan keeps. */
export const filterOf = async (
  ctx: OrgContext, input: { app_id: string; since?: string | undefined; until?: string | undefined } & FilterInput,
): Promise<LineFilter> => {
  await requireApp(ctx.db, input.app_id)
  const kept = await keptSince(ctx.db, ctx.orgId)
  const since = input.since ? momentOf(input.since, ctx.now) : kept
  const until = input.until ? momentOf(input.until, ctx.now) : null
  if (until && input.since && since > until) throw ruleViolated('/since', 'not_before_until', 'since must be before until.')
  return {
    orgId: ctx.orgId, appId: input.app_id, instanceId: input.instance_id ?? null, search: input.search ?? null, level: input.level ?? null,
    since: since < kept ? kept : since, until,
  }
}

export const listAppLogs = query({
  name: 'apps.logs', summary: 'Newest log lines of an app, oldest first; next_cursor leads to older ones', scope: 'org', permission: 'apps:read',
  input: LogsInput,
  output: z.object({
    data: z.array(LogLine),
    pagination: z.object({ limit: z.number().int(), has_more: z.boolean(), next_cursor: z.string().nullable() }),
    follow_cursor: z.string().nullable().describe('Newest line: pass it as cursor with follow=true to go on from here'),
    search_complete: z.boolean().describe('False when the search took too long: it goes on from next_cursor'),
  }),
  rest: { method: 'GET', path: '/apps/{app_id}/logs', tag: 'Logs and metrics' },
  run: async (ctx, { tail, order, cursor, ...asked }) => {
    const filter = await filterOf(ctx, asked)
    const start = cursor === undefined ? {} : order === 'newest' ? { before: BigInt(cursor) } : { after: BigInt(cursor) }
    const { lines, next, cut } = await readLines(ctx.db, filter, { ...start, order, limit: tail + 1 })
    const data = order === 'newest' ? lines.slice(-tail) : lines.slice(0, tail)
    const edge = order === 'newest' ? data[0] : data.at(-1)
    const nextCursor = lines.length > tail ? edge?.id ?? null : cut ? String(next ?? 0n) : null
    return {
      data, pagination: { limit: tail, has_more: nextCursor !== null, next_cursor: nextCursor }, follow_cursor: data.at(-1)?.id ?? null, search_complete: !cut,
    }
  },
})
