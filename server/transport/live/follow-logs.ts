import { z } from 'zod'
import { LOG_LEVELS, type LogLine } from '../../contract/log.ts'
import type { RequestMeta } from '../../core/context.ts'
import type { TenantDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'
import { keptSince, Moment, momentOf, newestLine, readLines, requireApp, type LineFilter } from '../../domain/logs/index.ts'
import { requireAccess } from './access.ts'
import type { Frame } from './event-stream.ts'
import type { Source } from './pump.ts'

const PAGE = 500

export const FollowLogsInput = z.strictObject({
  app_id: z.string().max(64),
  organization_id: z.string().max(64).optional(),
  tail: z.coerce.number().int().min(0).max(10_000).default(100),
  instance_id: z.string().max(64).optional(),
  level: z.enum(LOG_LEVELS).optional(),
  search: z.string().min(1).max(200).optional(),
  since: Moment.optional(),
  cursor: z.string().regex(/^\d{1,18}$/).optional(),
})
export type FollowLogsInput = z.infer<typeof FollowLogsInput>

const toFrame = (line: LogLine): Frame => ({ id: line.id, event: 'line', data: line })

interface Step { lines: LogLine[]; after: bigint; more: boolean }

/** The newest `tail` lines there are, and where what comes next begins. */
const begin = async (db: TenantDb, filter: LineFilter, tail: number): Promise<Step> => {
  const newest = await newestLine(db, filter.orgId, filter.appId)
  if (tail === 0) return { lines: [], after: newest, more: false }
  const { lines } = await readLines(db, filter, { order: 'newest', before: newest + 1n, limit: tail })
  return { lines, after: newest, more: true }
}

/** What came after a line. Lines that do not match are passed over for good. */
const goOn = async (db: TenantDb, filter: LineFilter, after: bigint): Promise<Step> => {
  const newest = await newestLine(db, filter.orgId, filter.appId)
  if (newest <= after) return { lines: [], after, more: false }
  const { lines, next } = await readLines(db, filter, { order: 'oldest', after, before: newest + 1n, limit: PAGE })
  return { lines, after: next !== null && next < newest ? next : newest, more: next !== null }
}

/** Lines of an app: the newest `tail` and everything after them, or everything after `cursor`. */
export const logSource = async (meta: RequestMeta, input: FollowLogsInput): Promise<Source> => {
  const check = () => requireAccess(meta, input.organization_id ?? null, 'apps:read', input.app_id)
  const access = await check()
  const { databases } = runtime()
  await databases.inTenant(access, (db) => requireApp(db, input.app_id))
  const since = input.since === undefined ? null : momentOf(input.since, runtime().clock.now())
  let after = input.cursor === undefined ? null : BigInt(input.cursor)
  const read = async () => {
    const step = await databases.inTenant(access, async (db) => {
      const kept = await keptSince(db, access.orgId)
      const filter: LineFilter = {
        orgId: access.orgId, appId: input.app_id, instanceId: input.instance_id ?? null, search: input.search ?? null, level: input.level ?? null,
        since: since !== null && since > kept ? since : kept,
      }
      return after === null ? begin(db, filter, input.tail) : goOn(db, filter, after)
    })
    after = step.after
    return { frames: step.lines.map(toFrame), more: step.more, position: String(after) }
  }
  return { topic: `org:${access.orgId}`, concerns: (payload) => payload === `log ${input.app_id}`, read, check }
}
