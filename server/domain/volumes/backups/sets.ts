import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import type { BackupSet, Volume } from '../../../../prisma/generated/client.ts'
import { hasPlatformTarget } from './bucket.ts'
import { newSetKeys } from './keys.ts'

const HOUR_MS = 3_600_000
const DRILL_USUAL_HOURS = 168

/** The organization's newest bucket, else the installation's; undefined where there is neither. */
const targetFor = async (db: SystemDb | TenantDb, orgId: string): Promise<string | null | undefined> => {
  const own = await db.backupTarget.findFirst({ where: { orgId, deletedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { id: true } })
  if (own) return own.id
  return await hasPlatformTarget() ? null : undefined
}

/** Where a volume is backed up to from now on; made when there is none yet. The caller holds the volume's row. */
export const setOf = async (db: SystemDb | TenantDb, volume: Volume, now: Date): Promise<BackupSet> => {
  const targetId = await targetFor(db, volume.orgId)
  if (targetId === undefined) throw new DomainError('state_conflict', 'There is no bucket to back up to. Add one in the settings under Backups.')
  const known = await db.backupSet.findFirst({ where: { volumeId: volume.id, targetId, endedAt: null } })
  if (known) return known
  const id = newId('backupSet')
  return db.backupSet.create({
    data: {
      id, orgId: volume.orgId, volumeId: volume.id, targetId, nodeId: volume.nodeId, ...await newSetKeys(volume, id),
      drillEveryHours: DRILL_USUAL_HOURS, nextDrillAt: new Date(now.getTime() + DRILL_USUAL_HOURS * HOUR_MS),
    },
  })
}
