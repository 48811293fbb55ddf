import { z } from 'zod'
import { Instant } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'

export const LogLineView = z.object({
  id: z.string().describe('Cursor of the line'), at: Instant, instance_id: z.string(), stream: z.enum(['stdout', 'stderr', 'system']), line: z.string(),
})
export type LogLineView = z.infer<typeof LogLineView>

export interface LineFilter {
  orgId: string
  appId: string
  instanceId: string | null
  search: string | null
  since: Date | null
  until: Date | null
}

interface LineRow { id: bigint; at: Date; instance_id: string; stream: string; line: string }

const toView = (row: LineRow): LogLineView => ({
  id: String(row.id), at: row.at.toISOString(), instance_id: row.instance_id, line: row.line,
  stream: row.stream === 'stderr' ? 'stderr' : row.stream === 'system' ? 'system' : 'stdout',
})

/** The newest `limit` lines before `before` (null: of all), oldest first. */
export const linesBefore = async (db: TenantDb, filter: LineFilter, before: bigint | null, limit: number): Promise<LogLineView[]> => {
  const rows = await db.$queryRaw<LineRow[]>`
    SELECT id, at, instance_id, stream, line FROM log_line WHERE org_id = ${filter.orgId} AND app_id = ${filter.appId}
      AND (${before}::bigint IS NULL OR id < ${before}) AND (${filter.instanceId}::text IS NULL OR instance_id = ${filter.instanceId})
      AND (${filter.since}::timestamptz IS NULL OR at >= ${filter.since}) AND (${filter.until}::timestamptz IS NULL OR at <= ${filter.until})
      AND (${filter.search}::text IS NULL OR strpos(lower(line), lower(${filter.search})) > 0) ORDER BY id DESC LIMIT ${limit}`
  return rows.map(toView).reverse()
}

/** Lines after `after`, oldest first. */
export const linesAfter = async (db: TenantDb, filter: LineFilter, after: bigint, limit: number): Promise<LogLineView[]> => {
  const rows = await db.$queryRaw<LineRow[]>`
    SELECT id, at, instance_id, stream, line FROM log_line WHERE org_id = ${filter.orgId} AND app_id = ${filter.appId} AND id > ${after}
      AND (${filter.instanceId}::text IS NULL OR instance_id = ${filter.instanceId})
      AND (${filter.search}::text IS NULL OR strpos(lower(line), lower(${filter.search})) > 0) ORDER BY id LIMIT ${limit}`
  return rows.map(toView)
}

/** Deleted apps keep their logs readable until the retention ends. */
export const requireApp = async (db: TenantDb, appId: string): Promise<void> => {
  if (!await db.app.findFirst({ where: { id: appId }, select: { id: true } })) throw notFound('app')
}
