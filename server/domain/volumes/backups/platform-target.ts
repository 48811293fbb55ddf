import { z } from 'zod'
import { BucketAddress, BucketCredentials, PlatformTarget } from '../../../contract/backup.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { command, query } from '../../../core/operation.ts'
import { sealPlatformSecret } from './keys.ts'

const ID = 'platform'
const route = { path: '/admin/backup-target', tag: 'Staff' }
const subject = { type: 'operator', id: ID }

const read = async (db: SystemDb): Promise<z.output<typeof PlatformTarget>> => {
  const row = await db.platformBackupTarget.findFirst()
  return { target: row && { endpoint: row.endpoint, region: row.region, bucket: row.bucket, access_key_id: row.accessKeyId }, etag: row ? versionOf([row.updatedAt]) : 'none' }
}

/** The operator's own network may hold it, so only the form is checked. */
const checked = (endpoint: string): string => {
  const url = URL.parse(endpoint)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') throw ruleViolated('/endpoint', 'invalid_url', 'Enter an address as https://s3.example.com.')
  return url.href.replace(/\/+$/, '')
}

export const getPlatformTarget = query({
  name: 'admin.get_backup_target', summary: 'The bucket of the installation, without its secret key', scope: 'staff', input: z.strictObject({}), output: PlatformTarget,
  rest: { method: 'GET', ...route }, etag: etagOf, run: (ctx) => read(ctx.db),
})

const inUse = (db: SystemDb): Promise<number> => db.volumeBackup.count({ where: { deletedAt: null, set: { targetId: null } } })

export const setPlatformTarget = command({
  name: 'admin.set_backup_target', summary: 'Name the bucket for organizations without one of their own, or give it other keys', scope: 'staff', sensitive: true,
  input: z.strictObject({ ...BucketAddress.shape, ...BucketCredentials.shape }), output: PlatformTarget, rest: { method: 'POST', ...route }, etag: etagOf,
  run: async (ctx, { secret_access_key: secret, access_key_id: accessKeyId, ...place }) => {
    const endpoint = checked(place.endpoint)
    const { target } = await read(ctx.db)
    const moved = target !== null && (target.endpoint !== endpoint || target.bucket !== place.bucket)
    if (moved && await inUse(ctx.db) > 0) throw new DomainError('state_conflict', 'There are backups in the present bucket. Copy it to the new one under the same name, or wait until their time is over.')
    const data = { endpoint, region: place.region, bucket: place.bucket, accessKeyId, sealedSecret: sealPlatformSecret(secret) }
    await ctx.db.platformBackupTarget.upsert({ where: { id: ID }, update: data, create: { id: ID, ...data } })
    await ctx.emit('operator.backup_target_set', subject, { endpoint, bucket: place.bucket })
    return read(ctx.db)
  },
})

export const removePlatformTarget = command({
  name: 'admin.remove_backup_target', summary: 'Have no bucket of the installation; refused while backups are in it', scope: 'staff', sensitive: true,
  input: z.strictObject({}), output: z.object({ ok: z.literal(true) }), rest: { method: 'DELETE', ...route, status: 204 },
  run: async (ctx) => {
    const held = await inUse(ctx.db)
    if (held > 0) throw new DomainError('state_conflict', `There are ${held} backups in it.`)
    await ctx.db.platformBackupTarget.deleteMany({})
    await ctx.emit('operator.backup_target_removed', subject)
    return { ok: true as const }
  },
})
