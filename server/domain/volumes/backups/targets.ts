import { z } from 'zod'
import { BackupTarget, BackupTargetPage, BucketAddress, BucketCredentials, MAX_BACKUP_TARGETS } from '../../../contract/backup.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { warmKeys } from '../../secrets/index.ts'
import { checkedEndpoint } from './bucket.ts'
import { sealSecret } from './keys.ts'
import { toTarget } from './wire.ts'

export const TargetId = z.strictObject({ target_id: z.string().max(60) })
const PARTS = { sets: { select: { _count: { select: { backups: { where: { deletedAt: null } } } } } } } as const
const Common = { scope: 'org', permission: 'org:write' } as const

const list = defineList({
  name: 'backup_targets',
  fields: { bucket: { kind: 'text', column: 'bucket', filter: true, sort: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true } },
  search: ['endpoint', 'bucket'],
})

export const loadTarget = async (ctx: Pick<OrgContext, 'db'>, id: string) => {
  const row = await ctx.db.backupTarget.findFirst({ where: { id, deletedAt: null }, include: PARTS })
  if (!row) throw notFound('target')
  return row
}

export const listTargets = query({
  name: 'backup_targets.list', summary: 'Buckets that the organization\'s backups go to; the newest one takes new volumes', scope: 'org', permission: 'org:read',
  input: z.strictObject(list.input), output: BackupTargetPage,
  rest: { method: 'GET', path: '/backup-targets', tag: 'Backups' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const where = { AND: [{ deletedAt: null }, page.where] }
    const rows = await ctx.db.backupTarget.findMany({ where, include: PARTS, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toTarget)
  },
})

export const createTarget = command({
  ...Common, name: 'backup_targets.create', summary: 'Name a bucket that backups go to from now on; its secret key is never shown again', sensitive: true,
  input: z.strictObject({ ...BucketAddress.shape, ...BucketCredentials.shape }), output: BackupTarget,
  rest: { method: 'POST', path: '/backup-targets', status: 201, tag: 'Backups' }, before: warmKeys,
  run: async (ctx, input) => {
    const endpoint = checkedEndpoint(input.endpoint)
    await lockOrganization(ctx.db, ctx.orgId)
    if (await ctx.db.backupTarget.count({ where: { deletedAt: null } }) >= MAX_BACKUP_TARGETS) {
      throw new DomainError('quota_exceeded', `An organization may have ${MAX_BACKUP_TARGETS} buckets. Remove one first.`)
    }
    const id = newId('backupTarget')
    const { region, bucket, access_key_id: accessKeyId } = input
    const secret = await sealSecret(ctx.orgId, id, input.secret_access_key)
    await ctx.db.backupTarget.create({ data: { id, orgId: ctx.orgId, endpoint, region, bucket, accessKeyId, ...secret, createdBy: ctx.userId } })
    await ctx.emit('backup_target.added', { type: 'backup_target', id }, { endpoint, bucket })
    return toTarget(await loadTarget(ctx, id))
  },
})

export const replaceTargetKeys = command({
  ...Common, name: 'backup_targets.replace_keys', summary: 'Give other keys for the same bucket', sensitive: true,
  input: z.strictObject({ ...TargetId.shape, ...BucketCredentials.shape }), output: BackupTarget,
  rest: { method: 'POST', path: '/backup-targets/{target_id}/keys', tag: 'Backups' }, before: warmKeys,
  run: async (ctx, input) => {
    const { id } = await loadTarget(ctx, input.target_id)
    const secret = await sealSecret(ctx.orgId, id, input.secret_access_key)
    await ctx.db.backupTarget.update({ where: { id }, data: { accessKeyId: input.access_key_id, ...secret, testedAt: null, testFault: null } })
    await ctx.emit('backup_target.keys_replaced', { type: 'backup_target', id }, { access_key_id: input.access_key_id })
    return toTarget(await loadTarget(ctx, id))
  },
})

export const removeTarget = command({
  ...Common, name: 'backup_targets.delete', summary: 'Use a bucket no longer; refused while backups are in it', sensitive: true,
  input: TargetId, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/backup-targets/{target_id}', status: 204, tag: 'Backups' },
  run: async (ctx, input) => {
    await lockOrganization(ctx.db, ctx.orgId)
    const row = await loadTarget(ctx, input.target_id)
    const { backups } = toTarget(row)
    if (backups > 0) throw new DomainError('state_conflict', `There are ${backups} backups in it. Delete them first, or keep the bucket until their time is over.`)
    await ctx.db.backupTarget.update({ where: { id: row.id }, data: { deletedAt: ctx.now } })
    await ctx.emit('backup_target.removed', { type: 'backup_target', id: row.id }, { bucket: row.bucket })
    return { ok: true as const }
  },
})
