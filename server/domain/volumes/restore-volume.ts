import { z } from 'zod'
import { Size } from '../../contract/app.ts'
import { VolumeId, VolumeName, VolumeView } from '../../contract/volume.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { withinQuotas } from '../quotas/index.ts'
import { warmKeys } from '../secrets/index.ts'
import { chooseNode } from './choose-node.ts'
import { takeSnapshot } from './create-snapshot.ts'
import { insertVolume } from './create-volume.ts'
import { loadSnapshot } from './load-snapshot.ts'
import { loadFor, loadVolume, wireVolume, type LoadedVolume } from './load-volume.ts'
import { volumeMib } from './sizes.ts'
import { keyOfCopy } from './volume-key.ts'

type Snapshot = Awaited<ReturnType<typeof loadSnapshot>>

const insertCopy = async (ctx: OrgContext, snapshot: Snapshot, name: string, sizeMib: number): Promise<string> =>
  insertVolume(ctx, { name, sizeMib, nodeId: await chooseNode(ctx, sizeMib, snapshot.volume.nodeId), snapshotId: snapshot.id,
    keyFor: (orgId, id) => keyOfCopy(snapshot.volume, orgId, id) })

/** What the volume holds now is kept as a snapshot first, so that a restore can be taken back. */
const restoreInPlace = async (ctx: OrgContext, volumeId: string, snapshot: Snapshot): Promise<void> => {
  const volume = await loadFor(ctx, volumeId, 'restore')
  if (volume.hold) throw new DomainError('state_conflict', 'An app has the volume open. Stop the app first, or restore to a new volume.')
  if (volume.actualMib !== null) await takeSnapshot(ctx, volume, { name: `before restore of ${snapshot.name}`.slice(0, 80), kind: 'before_restore' })
  await ctx.db.volume.update({
    where: { id: volume.id },
    data: {
      restoreToken: newId('restore'), restoreSnapshotId: snapshot.id, headSnapshotId: snapshot.id, sizeMib: Math.max(volume.sizeMib, snapshot.sizeMib),
      version: { increment: 1 },
    },
  })
  await ctx.emit('volume.restoring', { type: 'volume', id: volume.id }, { snapshot_id: snapshot.id, app_id: volume.appId })
}

export const restoreVolume = command({
  name: 'volumes.restore', summary: 'Go back to a snapshot, in place or in a new volume', scope: 'org', permission: 'apps:write',
  input: z.strictObject({
    volume_id: VolumeId, snapshot_id: z.string().max(60), create_new_volume: z.boolean().default(true).describe('False replaces what the volume holds; that is kept as a snapshot'),
    name: VolumeName.optional().describe('Of the new volume'),
  }),
  output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/restore', status: 202, tag: 'Volumes' }, before: warmKeys,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const { id } = await loadVolume(ctx, input.volume_id)
    const snapshot = await loadSnapshot(ctx, input.snapshot_id, id)
    if (snapshot.state !== 'ready') throw new DomainError('state_conflict', 'The snapshot is not ready yet. Try again in a moment.')
    if (input.create_new_volume) return wireVolume(ctx, await insertCopy(ctx, snapshot, input.name ?? copyName(snapshot.volume.name), snapshot.sizeMib))
    if (input.name !== undefined) throw ruleViolated('/name', 'not_allowed', 'A name is for a new volume only.')
    await restoreInPlace(ctx, id, snapshot)
    return wireVolume(ctx, id)
  }),
})

const copyName = (name: string): string => `${name.slice(0, 30)}-${newId('restore').slice(-6)}`

/** The node makes the copy when it has taken the snapshot: one order for both. */
const cloneOf = async (ctx: OrgContext, source: LoadedVolume, name: string, sizeMib: number): Promise<string> => {
  const taken = await takeSnapshot(ctx, source, { name: `clone ${name}`, kind: 'clone' })
  return insertCopy(ctx, await loadSnapshot(ctx, taken.id), name, sizeMib)
}

export const cloneVolume = command({
  name: 'volumes.clone', summary: 'A new volume with what this one holds now', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, name: VolumeName, size: Size.optional() }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/clone', status: 202, tag: 'Volumes' }, before: warmKeys,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const source = await loadFor(ctx, input.volume_id, 'snapshot')
    const sizeMib = input.size === undefined ? source.sizeMib : volumeMib(input.size)
    if (sizeMib < source.sizeMib) throw ruleViolated('/size', 'below_source', `The volume is ${source.sizeMib} MiB large. Use as much or more.`)
    return wireVolume(ctx, await cloneOf(ctx, source, input.name, sizeMib))
  }),
})
