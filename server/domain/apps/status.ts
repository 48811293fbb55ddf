import type { AppStatus } from '../../contract/app.ts'
import type { TenantDb } from '../../core/db.ts'

export interface StatusInput {
  desired: string
  replicas: number
  activeDeployment: boolean
  lastDeploymentFailed: boolean
  /** Not ended. */
  live: number
  healthy: number
}

/** One word for an app, from what is known of its parts. */
export const statusOf = (s: StatusInput): AppStatus => {
  if (s.desired !== 'running') return s.live > 0 ? 'stopping' : 'stopped'
  if (s.activeDeployment) return 'deploying'
  if (s.healthy >= s.replicas && s.replicas > 0) return 'running'
  if (s.healthy > 0) return 'degraded'
  return s.lastDeploymentFailed || s.live > 0 ? 'error' : 'deploying'
}

/** The apps in one of these states; the mirror of {@link statusOf} for a whole organization. */
export const appsInStatus = async (db: TenantDb, orgId: string, statuses: readonly string[]): Promise<string[]> => {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT a.id, CASE
        WHEN a.desired <> 'running' THEN CASE WHEN i.live > 0 THEN 'stopping' ELSE 'stopped' END
        WHEN d.state IN ('queued', 'running') THEN 'deploying'
        WHEN i.healthy >= a.replicas AND a.replicas > 0 THEN 'running'
        WHEN i.healthy > 0 THEN 'degraded'
        WHEN d.state IN ('failed', 'cancelled') OR i.live > 0 THEN 'error'
        ELSE 'deploying' END AS status
      FROM app a
      LEFT JOIN LATERAL (SELECT state FROM deployment WHERE org_id = a.org_id AND app_id = a.id ORDER BY created_at DESC LIMIT 1) d ON true
      LEFT JOIN LATERAL (
        SELECT count(*) AS live, count(*) FILTER (WHERE desired = 'running' AND phase IN ('running', 'sleeping') AND health = 'ok' AND NOT node_lost
            AND (routed OR release_id IS DISTINCT FROM a.standby_release_id)) AS healthy
        FROM instance WHERE org_id = a.org_id AND app_id = a.id AND ended_at IS NULL) i ON true
      WHERE a.org_id = ${orgId} AND a.deleted_at IS NULL) apps
    WHERE status = ANY(${[...statuses]})`
  return rows.map((row) => row.id)
}
