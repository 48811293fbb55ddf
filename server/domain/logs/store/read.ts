import { Prisma } from '../../../../prisma/generated/client.ts'
import type { LogLine, LogLevel } from '../../../contract/log.ts'
import type { TenantDb } from '../../../core/db.ts'
import { fold } from './fold.ts'
import { levelsFrom, levelBit, linesOf, open, type PlainLine } from './pack.ts'
import { asked } from './signature.ts'

export interface LineFilter {
  orgId: string
  appId: string
  instanceId?: string | null
  search?: string | null
  /** That level and those above it. */
  level?: LogLevel | null
  since?: Date | null
  until?: Date | null
}
export interface Page {
  /** Oldest first. */
  lines: LogLine[]
  /** Where to go on in the same direction; null when there is nothing more. */
  next: bigint | null
  /** The time ran out before there were enough. */
  cut: boolean
}
export interface Range { after?: bigint | null; before?: bigint | null; limit: number; order: 'newest' | 'oldest'; budgetMs?: number }

interface ChunkRow { first_id: bigint; last_id: bigint; codec: number; body: Uint8Array }

/** Most questions are answered by the first chunk. */
const AT_FIRST = 2
const AT_ONCE = 8
/** A question may cost so much; then it says how far it came. */
const BUDGET_MS = 2_000

const matcher = ({ instanceId, search, level, since, until }: LineFilter): ((line: PlainLine) => boolean) => {
  const needle = search ? fold(search) : null
  const levels = level ? levelsFrom(level) : ~0
  const [from, to] = [since?.getTime() ?? -Infinity, until?.getTime() ?? Infinity]
  return (line) => (levels & levelBit(line.level)) !== 0 && line.atMs >= from && line.atMs <= to && (!instanceId || line.instanceId === instanceId)
    && (needle === null || fold(line.text).includes(needle))
}

const narrowed = (filter: LineFilter): Prisma.Sql => {
  const parts = [Prisma.sql`org_id = ${filter.orgId} AND app_id = ${filter.appId}`]
  if (filter.since) parts.push(Prisma.sql`max_at >= ${filter.since}`)
  if (filter.until) parts.push(Prisma.sql`min_at <= ${filter.until}`)
  if (filter.instanceId) parts.push(Prisma.sql`${filter.instanceId} = ANY(instances)`)
  if (filter.level) parts.push(Prisma.sql`levels & ${levelsFrom(filter.level)}::int <> 0`)
  const bits = filter.search ? asked(filter.search) : []
  if (bits.length > 0) {
    const set = bits.map(({ at, mask }) => Prisma.sql`get_byte(substring(signature FROM ${at}::int FOR 1), 0) & ${mask}::int = ${mask}::int`)
    parts.push(Prisma.sql`(signature IS NULL OR (${Prisma.join(set, ' AND ')}))`)
  }
  return Prisma.join(parts, ' AND ')
}

const readChunks = (db: TenantDb, filter: LineFilter, { order }: Range, from: bigint | null, atOnce: number): Promise<ChunkRow[]> => {
  const place = from === null ? Prisma.sql`true` : order === 'newest' ? Prisma.sql`first_id < ${from}` : Prisma.sql`last_id > ${from}`
  const direction = order === 'newest' ? Prisma.sql`DESC` : Prisma.sql`ASC`
  return db.$queryRaw<ChunkRow[]>`
    SELECT first_id, last_id, codec, body FROM log_chunk WHERE ${narrowed(filter)} AND ${place} ORDER BY last_id ${direction} LIMIT ${atOnce}`
}

/** Lines that match, from one end of the range on. Text is looked through whole before any line is taken out of it. */
export const readLines = async (db: TenantDb, filter: LineFilter, range: Range): Promise<Page> => {
  const deadline = performance.now() + (range.budgetMs ?? BUDGET_MS)
  const [fits, needle] = [matcher(filter), filter.search ? fold(filter.search) : null]
  const found: LogLine[] = []
  let from = (range.order === 'newest' ? range.before : range.after) ?? null
  for (let atOnce = AT_FIRST; ; atOnce = AT_ONCE) {
    const chunks = await readChunks(db, filter, range, from, atOnce)
    for (const chunk of chunks) {
      const opened = await open(chunk)
      if (needle === null || fold(opened.text).includes(needle)) take(found, numbered(chunk, linesOf(opened)), fits, rest(range, from))
      if (found.length >= range.limit) return page(found, range, { more: true, cut: false, from: null })
      from = range.order === 'newest' ? chunk.first_id : chunk.last_id
    }
    if (chunks.length < atOnce) return page(found, range, { more: false, cut: false, from })
    if (performance.now() > deadline) return page(found, range, { more: true, cut: true, from })
  }
}

/** What is still to be looked at: chunks may be put together between two looks, and then hold lines of both. */
const rest = (range: Range, from: bigint | null): Range =>
  (from === null ? range : { ...range, ...(range.order === 'newest' ? { before: from } : { after: from }) })

type NumberedLine = PlainLine & { id: bigint }
const numbered = (chunk: ChunkRow, lines: PlainLine[]): NumberedLine[] => lines.map((line, at) => ({ ...line, id: chunk.first_id + BigInt(at) }))

const take = (found: LogLine[], lines: NumberedLine[], fits: (line: PlainLine) => boolean, { order, after, before, limit }: Range): void => {
  if (order === 'newest') lines.reverse()
  for (const line of lines) {
    if ((after != null && line.id <= after) || (before != null && line.id >= before) || !fits(line)) continue
    const { id, atMs, instanceId, stream, level, text } = line
    found.push({ id: String(id), at: new Date(atMs).toISOString(), instance_id: instanceId, stream, level, line: text })
    if (found.length >= limit) return
  }
}

const page = (found: LogLine[], { order }: Range, state: { more: boolean; cut: boolean; from: bigint | null }): Page => {
  const last = found.at(-1)
  const next = !state.more ? null : state.cut || !last ? state.from : BigInt(last.id)
  return { lines: order === 'newest' ? found.reverse() : found, next, cut: state.cut }
}

/** Number of the newest line of an app, 0 before the first. */
export const newestLine = async (db: TenantDb, orgId: string, appId: string): Promise<bigint> =>
  (await db.logHead.findFirst({ where: { orgId, appId } }))?.lastId ?? 0n
