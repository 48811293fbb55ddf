import { z } from 'zod'
import { MAX_SNAPSHOTS, SnapshotView, VolumeId } from '../../contract/volume.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { loadFor } from './load-volume.ts'
import { toSnapshot } from './wire.ts'

export interface NewSnapshot {
  name: string
  kind: 'manual' | 'scheduled' | 'before_restore' | 'clone' | 'backup'
  description?: string
  scheduleId?: string
  expiresAt?: Date | null
}
interface Taker { db: OrgContext['db']; emit: OrgContext['emit']; userId: string | null }
interface OfVolume { id: string; orgId: string; sizeMib: number; actualMib: number | null; headSnapshotId: string | null }

/** Asks for one; its node takes it. What comes after descends from it. The caller holds the volume's row. */
export const takeSnapshot = async (ctx: Taker, volume: OfVolume, snapshot: NewSnapshot) => {
  if (await ctx.db.volumeSnapshot.count({ where: { volumeId: volume.id, deletedAt: null } }) >= MAX_SNAPSHOTS) {
    throw new DomainError('quota_exceeded', `A volume may have at most ${MAX_SNAPSHOTS} snapshots. Delete some first.`)
  }
  const id = newId('snapshot')
  const row = await ctx.db.volumeSnapshot.create({
    data: {
      id, orgId: volume.orgId, volumeId: volume.id, name: snapshot.name, description: snapshot.description ?? '', kind: snapshot.kind,
      scheduleId: snapshot.scheduleId ?? null, expiresAt: snapshot.expiresAt ?? null, parentId: volume.headSnapshotId,
      sizeMib: volume.actualMib ?? volume.sizeMib, createdBy: ctx.userId,
    },
  })
  await ctx.db.volume.update({ where: { id: volume.id }, data: { headSnapshotId: id } })
  await ctx.emit('snapshot.created', { type: 'snapshot', id }, { volume_id: volume.id, name: snapshot.name, kind: snapshot.kind })
  return row
}

export const createSnapshot = command({
  name: 'volumes.snapshot', summary: 'Keep what a volume holds now; an app that uses it goes on', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, name: z.string().trim().min(1, 'Enter a name.').max(80).optional(), description: z.string().max(500).default('') }),
  output: SnapshotView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/snapshots', status: 202, tag: 'Volumes' },
  run: async (ctx, input) => {
    const volume = await loadFor(ctx, input.volume_id, 'snapshot')
    const name = input.name ?? `${volume.name} ${ctx.now.toISOString().slice(0, 16).replace('T', ' ')}`
    return toSnapshot(await takeSnapshot(ctx, volume, { name, description: input.description, kind: 'manual' }))
  },
})
