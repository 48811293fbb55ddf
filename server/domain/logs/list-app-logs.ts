import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { linesBefore, LogLineView, requireApp } from './read-lines.ts'
import { Moment, momentOf } from './time-input.ts'

export const LogsInput = z.strictObject({
  app_id: z.string().max(64),
  since: Moment.optional(),
  until: Moment.optional(),
  tail: z.coerce.number().int().min(1).max(10_000).default(100).describe('Newest lines to return'),
  instance_id: z.string().max(64).optional(),
  search: z.string().min(1).max(200).optional().describe('Text the line must hold, in any case'),
  cursor: z.string().regex(/^\d{1,18}$/).optional().describe('`next_cursor` of the previous answer: the lines before it'),
})

export const listAppLogs = query({
  name: 'apps.logs', summary: 'Newest log lines of an app, oldest first; next_cursor leads to older ones', scope: 'org', permission: 'apps:read',
  input: LogsInput,
  output: z.object({
    data: z.array(LogLineView),
    pagination: z.object({ limit: z.number().int(), has_more: z.boolean(), next_cursor: z.string().nullable() }),
    follow_cursor: z.string().nullable().describe('Newest line: pass it as cursor with follow=true to go on from here'),
  }),
  rest: { method: 'GET', path: '/apps/{app_id}/logs', tag: 'Logs and metrics' },
  run: async (ctx, input) => {
    await requireApp(ctx.db, input.app_id)
    const filter = {
      orgId: ctx.orgId, appId: input.app_id, instanceId: input.instance_id ?? null, search: input.search ?? null,
      since: input.since ? momentOf(input.since, ctx.now) : null, until: input.until ? momentOf(input.until, ctx.now) : null,
    }
    const lines = await linesBefore(ctx.db, filter, input.cursor ? BigInt(input.cursor) : null, input.tail + 1)
    const data = lines.slice(-input.tail)
    const more = lines.length > input.tail
    return {
      data, pagination: { limit: input.tail, has_more: more, next_cursor: more ? data[0]?.id ?? null : null }, follow_cursor: data.at(-1)?.id ?? null,
    }
  },
})
