import type { BucketTarget } from '../../../contract/node-api/backup.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { checkOutgoingUrl, OutgoingError } from '../../../core/guarded-fetch.ts'
import { runtime } from '../../../core/runtime.ts'
import type { BackupSet } from '../../../../prisma/generated/client.ts'
import { openPlatformSecret, openSecret, openSetKeys } from './keys.ts'

/** As it will be stored; what could never be reached is refused now, the rest whenever it is connected to. */
export const checkedEndpoint = (text: string): string => {
  try {
    const { url } = checkOutgoingUrl(text)
    if (url.search !== '' || url.hash !== '') throw ruleViolated('/endpoint', 'not_plain', 'Leave out what follows a ? or #.')
    return url.href.replace(/\/+$/, '')
  } catch (error) {
    if (error instanceof OutgoingError) throw ruleViolated('/endpoint', error.code, error.message)
    throw error
  }
}

/** What holds for customers' addresses, told to nodes, which look again when they connect. */
const guardOf = (): NonNullable<BucketTarget['guard']> =>
  ({ allow: runtime().env.SHELLWEGO_WEBHOOK_ALLOW ?? '', plain_http: runtime().env.SHELLWEGO_MODE === 'sandbox' })

export interface OpenTarget { target: BucketTarget; accessKeyId: string; secretAccessKey: string }

export const openTarget = async (db: SystemDb, targetId: string | null): Promise<OpenTarget> => {
  if (targetId !== null) {
    const row = await db.backupTarget.findUniqueOrThrow({ where: { id: targetId } })
    const { endpoint, region, bucket, accessKeyId } = row
    return { target: { endpoint, region, bucket, guard: guardOf() }, accessKeyId, secretAccessKey: await openSecret(row) }
  }
  const row = await db.platformBackupTarget.findFirst()
  if (!row) throw new DomainError('state_conflict', 'The installation has no bucket for backups any more. Ask the operator.')
  const { endpoint, region, bucket, accessKeyId, sealedSecret } = row
  return { target: { endpoint, region, bucket, guard: null }, accessKeyId, secretAccessKey: openPlatformSecret(sealedSecret) }
}

const prefixOf = (set: { orgId: string; id: string }): string => `${set.orgId}/${set.id}/`

/** All a node needs to read or write a set. */
export const openSet = async (db: SystemDb, set: BackupSet) => {
  const { target, accessKeyId, secretAccessKey } = await openTarget(db, set.targetId)
  const { key, volumeKey } = await openSetKeys(set)
  return { target, prefix: prefixOf(set), secrets: { access_key_id: accessKeyId, secret_access_key: secretAccessKey, key }, volumeKey }
}

/** Asked by tenants, who may know that there is one and nothing else. */
export const hasPlatformTarget = async (): Promise<boolean> =>
  (await runtime().databases.systemPool.query('SELECT 1 FROM platform_backup_target')).rowCount === 1
