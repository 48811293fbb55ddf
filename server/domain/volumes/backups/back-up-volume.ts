import { z } from 'zod'
import { BackupView, MAX_BACKUPS } from '../../../contract/backup.ts'
import { VolumeId } from '../../../contract/volume.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { warmKeys } from '../../secrets/index.ts'
import type { Volume } from '../../../../prisma/generated/client.ts'
import { takeSnapshot } from '../create-snapshot.ts'
import { loadSnapshot } from '../load-snapshot.ts'
import { loadFor } from '../load-volume.ts'
import { loadBackup } from './load-backup.ts'
import { setOf } from './sets.ts'
import { toBackup } from './wire.ts'

interface Wish { name: string; kind: 'manual' | 'scheduled'; snapshotId: string | null; expiresAt: Date | null }
type Taker = Pick<OrgContext, 'db' | 'emit' | 'now'> & { userId: string | null }

/** Asks for one: a snapshot is taken first, unless one is named, and its node carries it to the bucket. The caller holds the volume's row. */
export const takeBackup = async (ctx: Taker, volume: Volume, wish: Wish): Promise<string> => {
  const set = await setOf(ctx.db, volume, ctx.now)
  if (await ctx.db.volumeBackup.count({ where: { setId: set.id, deletedAt: null } }) >= MAX_BACKUPS) {
    throw new DomainError('quota_exceeded', `A volume may have at most ${MAX_BACKUPS} backups. Delete some first.`)
  }
  const snapshotId = wish.snapshotId ?? (await takeSnapshot(ctx, volume, { name: `backup ${wish.name}`.slice(0, 80), kind: 'backup' })).id
  const id = newId('backup')
  await ctx.db.volumeBackup.create({
    data: {
      id, orgId: volume.orgId, setId: set.id, volumeId: volume.id, snapshotId, name: wish.name, kind: wish.kind, sizeMib: volume.actualMib ?? volume.sizeMib,
      expiresAt: wish.expiresAt, createdBy: ctx.userId, createdAt: ctx.now,
    },
  })
  await ctx.emit('backup.created', { type: 'backup', id }, { volume_id: volume.id, name: wish.name, kind: wish.kind })
  return id
}

export const backupName = (volume: { name: string }, now: Date): string => `${volume.name} ${now.toISOString().slice(0, 16).replace('T', ' ')}`
const DAY_MS = 86_400_000

export const backUpVolume = command({
  name: 'volumes.back_up', summary: 'Carry what a volume holds now to the bucket for backups; an app that uses it goes on', scope: 'org', permission: 'apps:write',
  input: z.strictObject({
    volume_id: VolumeId, name: z.string().trim().min(1, 'Enter a name.').max(70).optional(), snapshot_id: z.string().max(60).optional().describe('Of this volume; without it a new one is taken'),
    keep_days: z.number().int().min(1).max(3_660).optional().describe('Without it, until it is deleted'),
  }),
  output: BackupView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/backups', status: 202, tag: 'Backups' }, before: warmKeys,
  run: async (ctx, input) => {
    const volume = await loadFor(ctx, input.volume_id, 'snapshot')
    const snapshot = input.snapshot_id === undefined ? null : await loadSnapshot(ctx, input.snapshot_id, volume.id)
    const expiresAt = input.keep_days === undefined ? null : new Date(ctx.now.getTime() + input.keep_days * DAY_MS)
    const id = await takeBackup(ctx, volume, { name: input.name ?? backupName(volume, ctx.now), kind: 'manual', snapshotId: snapshot?.id ?? null, expiresAt })
    return toBackup(await loadBackup(ctx, id))
  },
})
