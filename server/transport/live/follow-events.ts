import { z } from 'zod'
import { filterTakes, isEventFilter } from '../../contract/event-types.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { settledEvents } from '../../core/event-order.ts'
import { runtime } from '../../core/runtime.ts'
import { eventsBetween, presentEvents, toEventView } from '../../domain/logs/index.ts'
import { requireAccess } from './access.ts'
import type { Source } from './pump.ts'

const PAGE = 500

const Types = z.string().max(2_000).transform((text) => text.split(',').map((part) => part.trim()))
  .refine((list) => list.every(isEventFilter), { message: 'Use event types, groups like app.*, or *, separated by commas.', params: { code: 'unknown_event' } })

export const FollowEventsInput = z.strictObject({
  organization_id: z.string().max(64).optional(),
  cursor: z.string().regex(/^\d{1,18}$/).optional(),
  type: Types.optional(), subject_type: z.string().max(40).optional(), subject_id: z.string().max(64).optional(),
})
export type FollowEventsInput = z.infer<typeof FollowEventsInput>

const wantedBy = ({ type, subject_type: subjectType, subject_id: subjectId }: FollowEventsInput) =>
  (row: { type: string; subjectType: string; subjectId: string }): boolean =>
    (!type || filterTakes(type, row.type)) && (!subjectType || row.subjectType === subjectType) && (!subjectId || row.subjectId === subjectId)

const unknownCursor = (): DomainError => new DomainError('invalid_request', 'The cursor is ahead of every event.', {
  errors: [{ pointer: '/cursor', code: 'invalid_cursor', message: 'Use the id of an event of this stream.' }],
})

/** Events of the organization that the caller may see, from now on or after `cursor`: each once and in the order of their numbers. */
export const eventSource = async (meta: RequestMeta, input: FollowEventsInput): Promise<Source> => {
  const access = await requireAccess(meta, input.organization_id ?? null, 'org:read')
  let seen = access
  const check = async () => { seen = await requireAccess(meta, access.orgId, 'org:read') }
  const { databases } = runtime()
  const settled = settledEvents(access.orgId)
  const isWanted = wantedBy(input)
  const begin = input.cursor === undefined
    ? await databases.inTenant(access, presentEvents) : { after: BigInt(input.cursor), known: new Set<bigint>() }
  if (begin.after > (await settled()).newest) throw unknownCursor()
  let { after } = begin
  const read = async () => {
    const { upTo, waiting } = await settled()
    if (upTo <= after) return { frames: [], more: false, soon: waiting, position: String(after) }
    const rows = await databases.inTenant(seen, (db) => eventsBetween(db, after, upTo, PAGE))
    const more = rows.length === PAGE
    after = more ? rows.at(-1)?.seq ?? upTo : upTo
    const frames = rows.filter((row) => isWanted(row) && !begin.known.delete(row.seq))
      .map((row) => ({ id: String(row.seq), event: row.type, data: toEventView(row) }))
    return { frames, more, soon: waiting, position: String(after) }
  }
  return { topic: `org:${access.orgId}`, concerns: (payload) => !payload.startsWith('log '), read, check }
}
