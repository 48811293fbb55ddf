import { z } from 'zod'
import type { RequestMeta } from '../../core/context.ts'
import { runtime } from '../../core/runtime.ts'
import { eventsAfter, newestSettledEvent, toEventView } from '../../domain/logs/index.ts'
import { requireAccess } from './access.ts'
import type { Source } from './pump.ts'

const PAGE = 500

export const FollowEventsInput = z.strictObject({
  organization_id: z.string().max(64).optional(),
  cursor: z.string().regex(/^\d{1,18}$/).optional(),
})
export type FollowEventsInput = z.infer<typeof FollowEventsInput>

/**
 * Events of the organization from now on, or after `cursor`. Transactions commit out of the order of their numbers, so each read begins at
 * the newest event too old to be overtaken and leaves out what was sent. A resumed stream misses nothing and may repeat the last seconds.
 */
export const eventSource = async (meta: RequestMeta, input: FollowEventsInput): Promise<Source> => {
  const check = () => requireAccess(meta, input.organization_id ?? null, 'org:read')
  const access = await check()
  const { databases } = runtime()
  const sent = new Set<bigint>()
  const wanted = input.cursor === undefined ? null : BigInt(input.cursor)
  let floor = await databases.inTenant(access, (db) => newestSettledEvent(db))
  if (wanted === null) for (const event of await databases.inTenant(access, (db) => eventsAfter(db, floor, PAGE))) sent.add(event.seq)
  else if (wanted < floor) floor = wanted
  const read = async () => {
    const limit = PAGE + sent.size
    const { rows, settled } = await databases.inTenant(access, async (db) =>
      ({ settled: await newestSettledEvent(db), rows: await eventsAfter(db, floor, limit) }))
    const news = rows.filter((row) => !sent.has(row.seq))
    for (const row of news) sent.add(row.seq)
    const more = rows.length === limit
    const last = rows.at(-1)?.seq ?? floor
    const next = settled < last ? settled : last
    if (next > floor) floor = next
    for (const seq of sent) if (seq <= floor) sent.delete(seq)
    return { frames: news.map((row) => ({ id: String(row.seq), event: row.type, data: toEventView(row) })), more }
  }
  return { topic: `org:${access.orgId}`, concerns: (payload) => !payload.startsWith('log '), read, check }
}
