import type { z } from 'zod'
import type { BackupPlan } from '../../contract/portal-backup.ts'
import { toInstantOrNull } from '../../contract/time.ts'
import { seal, unseal } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { versionOf } from '../../core/etag.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import type { PortalBackupPlan } from '../../../prisma/generated/client.ts'
import { isOverdue } from './due.ts'
import { portalArchives, type ArchiveLock, type PlaceAddress } from './ports.ts'

const SECRET_PLACE = 'portal_backup_plan'
export const sealPlaceSecret = (secret: string): string => seal(runtime().env.masterKey, secret, SECRET_PLACE)

export const readPlan = (db: SystemDb): Promise<PortalBackupPlan | null> => db.portalBackupPlan.findUnique({ where: { id: 1 } })

export const addressOf = (plan: PortalBackupPlan): PlaceAddress => (plan.kind === 'folder'
  ? { kind: 'folder', path: plan.path ?? '' }
  : {
    kind: 's3', endpoint: plan.endpoint ?? '', region: plan.region ?? '', bucket: plan.bucket ?? '', prefix: plan.prefix, accessKeyId: plan.accessKeyId ?? '',
    secretAccessKey: unseal(runtime().env.masterKey, plan.sealedSecret ?? '', SECRET_PLACE),
  })

export const placeName = (plan: PortalBackupPlan): string => (plan.kind === 'folder' ? plan.path ?? '' : `s3://${plan.bucket}/${plan.prefix}`)

/** The passphrase that opens the keys opens the backups too, unless the operator names another way. */
export const currentLock = (): ArchiveLock | null => {
  try {
    return portalArchives().lock(process.env, runtime().env.keys.file?.passphrase ?? null)
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'backups of the installation cannot be encrypted')
    return null
  }
}
export const lockKind = (lock: ArchiveLock | null): 'recipient' | 'passphrase' | null => (lock === null ? null : 'recipient' in lock ? 'recipient' : 'passphrase')

const restoreCommand = (plan: PortalBackupPlan | null, lock: ArchiveLock | null): string => {
  const from = plan === null ? 'FILE' : plan.kind === 'folder' ? `${plan.path}/NAME` : `s3://${plan.bucket}/${plan.prefix}NAME`
  const key = lockKind(lock) === 'recipient' ? '--identity-file IDENTITY' : '--passphrase-file PASSPHRASE'
  const s3 = plan?.kind === 's3' ? ` --endpoint ${plan.endpoint} --region ${plan.region}` : ''
  return `npx --no-install shellwego backup restore ${from} ${key}${s3}`
}

const placeOf = (plan: PortalBackupPlan | null): z.input<typeof BackupPlan>['place'] => {
  if (plan === null) return null
  if (plan.kind === 'folder') return { kind: 'folder', path: plan.path ?? '' }
  return { kind: 's3', endpoint: plan.endpoint ?? '', region: plan.region ?? '', bucket: plan.bucket ?? '', prefix: plan.prefix, access_key_id: plan.accessKeyId ?? '' }
}

const FAILED = { where: { state: 'failed' }, orderBy: { takenAt: 'desc' } } as const

export const lastGood = (db: SystemDb) => db.portalBackup.findFirst({ where: { state: 'ready' }, orderBy: { takenAt: 'desc' } })

export const viewPlan = async (db: SystemDb): Promise<z.input<typeof BackupPlan>> => {
  const [plan, good, proven, failed] = [
    await readPlan(db), await lastGood(db), await db.portalBackup.findFirst({ where: { provenAt: { not: null } }, orderBy: { provenAt: 'desc' } }),
    await db.portalBackup.findFirst(FAILED),
  ]
  const lock = currentLock()
  return {
    place: placeOf(plan), hour: plan?.hour ?? null, keep: { daily: plan?.keepDaily ?? 7, weekly: plan?.keepWeekly ?? 4, monthly: plan?.keepMonthly ?? 12 },
    opened_by: lockKind(lock), last_good_at: toInstantOrNull(good?.takenAt ?? null), last_proven_at: toInstantOrNull(proven?.provenAt ?? null),
    last_failed_at: toInstantOrNull(failed?.takenAt ?? null), last_fault: failed?.reason ?? null,
    overdue: plan !== null && isOverdue({ hour: plan.hour, lastGoodAt: good?.takenAt ?? null, since: plan.createdAt }, new Date()),
    restore_command: restoreCommand(plan, lock), etag: plan ? versionOf([plan.version]) : 'none',
  }
}
