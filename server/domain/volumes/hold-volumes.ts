import type { VolumeMount } from '../../contract/node-api/volume.ts'
import type { SystemDb } from '../../core/db.ts'

/** The node an app must run on because its volumes are there; null without volumes. */
export const nodeOfVolumes = async (db: SystemDb, appId: string): Promise<string | null> =>
  (await db.volume.findFirst({ where: { appId }, select: { nodeId: true } }))?.nodeId ?? null

/**
 * Gives the app's volumes to one new instance. The key of the table refuses a second holder, and the fence tells the node which holder is
 * the later one.
 */
export const holdVolumes = async (db: SystemDb, app: { id: string; orgId: string }, instanceId: string): Promise<VolumeMount[]> => {
  const volumes = await db.volume.findMany({ where: { appId: app.id }, orderBy: { createdAt: 'asc' } })
  const mounts: VolumeMount[] = []
  for (const volume of volumes) {
    const { fence } = await db.volume.update({ where: { id: volume.id }, data: { fence: { increment: 1 } }, select: { fence: true } })
    await db.volumeHold.create({ data: { orgId: app.orgId, volumeId: volume.id, instanceId, fence } })
    mounts.push({ id: volume.id, mount_path: volume.mountPath ?? '/', read_only: volume.readOnly, fence })
  }
  return mounts
}
