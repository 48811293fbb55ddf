import { z } from 'zod'
import type { RequestMeta } from '../../core/context.ts'
import { runtime } from '../../core/runtime.ts'
import { linesAfter, linesBefore, requireApp, type LineFilter, type LogLineView } from '../../domain/logs/index.ts'
import { requireAccess } from './access.ts'
import type { Frame } from './event-stream.ts'
import type { Source } from './pump.ts'

const PAGE = 500

export const FollowLogsInput = z.strictObject({
  app_id: z.string().max(64),
  organization_id: z.string().max(64).optional(),
  tail: z.coerce.number().int().min(0).max(10_000).default(100),
  instance_id: z.string().max(64).optional(),
  search: z.string().min(1).max(200).optional(),
  cursor: z.string().regex(/^\d{1,18}$/).optional(),
})
export type FollowLogsInput = z.infer<typeof FollowLogsInput>

const toFrame = (line: LogLineView): Frame => ({ id: line.id, event: 'line', data: line })

/** Lines of an app: the newest `tail` and everything after them, or everything after `cursor`. */
export const logSource = async (meta: RequestMeta, input: FollowLogsInput): Promise<Source> => {
  const check = () => requireAccess(meta, input.organization_id ?? null, 'apps:read', input.app_id)
  const access = await check()
  const { databases } = runtime()
  await databases.inTenant(access, (db) => requireApp(db, input.app_id))
  const filter: LineFilter = {
    orgId: access.orgId, appId: input.app_id, instanceId: input.instance_id ?? null, search: input.search ?? null, since: null, until: null,
  }
  let after = input.cursor === undefined ? null : BigInt(input.cursor)
  const read = async () => {
    const position = after
    // Asked first: a line written in between is then sent, not passed over.
    const start = position ?? await newestId(access.orgId, input.app_id)
    const lines = await databases.inTenant(access, (db) =>
      position === null ? linesBefore(db, filter, null, input.tail) : linesAfter(db, filter, position, PAGE))
    after = BigInt(lines.at(-1)?.id ?? start)
    return { frames: lines.map(toFrame), more: position !== null && lines.length === PAGE }
  }
  return { topic: `org:${access.orgId}`, concerns: (payload) => payload === `log ${input.app_id}`, read, check }
}

/** Where to begin when no line is shown first. */
const newestId = async (orgId: string, appId: string): Promise<bigint> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string | null }>(
    'SELECT max(id) AS id FROM log_line WHERE org_id = $1 AND app_id = $2', [orgId, appId])
  return BigInt(rows[0]?.id ?? 0)
}
