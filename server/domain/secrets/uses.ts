import type { TenantDb } from '../../core/db.ts'
import { deliveriesOf, type Delivery } from './resolve.ts'

export interface AppUse {
  appId: string
  appName: string
  /** Its instances run, so that a new value needs a deployment. */
  running: boolean
  wanted: readonly Delivery[]
  held: readonly Delivery[]
}

interface AppRow { id: string; name: string; desired: string; env: unknown }
interface HeldRow { app_id: string; name: string; secret_id: string; version: number }

/** Apps that have secrets of their own (or had: they may still run with them) or refer to one; only `appId` when it is given. */
const appsWithSecrets = (db: TenantDb, orgId: string, appId: string | null): Promise<AppRow[]> => db.$queryRaw<AppRow[]>`
  SELECT a.id, a.name, a.desired, a.env FROM app a WHERE a.org_id = ${orgId} AND a.deleted_at IS NULL AND (${appId}::text IS NULL OR a.id = ${appId})
    AND (${appId}::text IS NOT NULL OR jsonb_path_exists(a.env, '$.*.from') OR EXISTS (SELECT FROM secret s WHERE s.org_id = a.org_id AND s.app_id = a.id))
  ORDER BY a.name`

/** What the newest deployment that was not given up delivered. */
const heldNow = (db: TenantDb, orgId: string, appIds: string[]): Promise<HeldRow[]> => db.$queryRaw<HeldRow[]>`
  SELECT n.app_id, r.name, r.secret_id, r.version FROM (
    SELECT DISTINCT ON (d.app_id) d.app_id, d.release_id FROM deployment d
    WHERE d.org_id = ${orgId} AND d.app_id = ANY(${appIds}) AND d.state IN ('queued', 'running', 'succeeded') ORDER BY d.app_id, d.created_at DESC) n
  JOIN release_secret r ON r.org_id = ${orgId} AND r.release_id = n.release_id ORDER BY r.name`

export const readUses = async (db: TenantDb, orgId: string, appId: string | null = null): Promise<AppUse[]> => {
  const apps = await appsWithSecrets(db, orgId, appId)
  const appIds = apps.map((a) => a.id)
  const live = await db.secret.findMany({
    where: { deletedAt: null, OR: [{ appId: null }, { appId: { in: appIds } }] }, select: { id: true, appId: true, name: true, version: true },
  })
  const held = Map.groupBy(await heldNow(db, orgId, appIds), (row) => row.app_id)
  return apps.map((app) => ({
    appId: app.id, appName: app.name, running: app.desired === 'running', wanted: deliveriesOf(app, live),
    held: (held.get(app.id) ?? []).map((r) => ({ name: r.name, secretId: r.secret_id, version: r.version })),
  }))
}

const key = (d: Delivery): string => `${d.name} ${d.secretId} ${d.version}`

/** Its instances hold other secrets than it would get now. */
export const needsRedeploy = ({ running, wanted, held }: AppUse): boolean =>
  running && wanted.map(key).sort().join('\n') !== held.map(key).sort().join('\n')
