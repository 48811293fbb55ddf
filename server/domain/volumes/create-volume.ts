import type { z } from 'zod'
import { CreateVolume, VolumeView } from '../../contract/volume.ts'
import type { OrgContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { loadApp } from '../apps/index.ts'
import { withinQuotas } from '../quotas/index.ts'
import { warmKeys } from '../secrets/index.ts'
import { attachTo } from './attach-volume.ts'
import { chooseNode } from './choose-node.ts'
import { loadVolume, wireVolume } from './load-volume.ts'
import { volumeMib } from './sizes.ts'
import { loadSnapshot } from './load-snapshot.ts'
import { keyOfCopy, newKey, type KeyColumns } from './volume-key.ts'

const nameTaken = (): DomainError => new DomainError('name_taken', 'Your organization has a volume of that name. Choose another one.',
  { errors: [{ pointer: '/name', code: 'taken', message: 'Your organization has a volume of that name.' }] })

type KeyFor = (orgId: string, volumeId: string) => Promise<KeyColumns>
interface NewVolume {
  name: string; sizeMib: number; nodeId: string; snapshotId: string | null; backupId?: string; keyFor: KeyFor; mode?: string
  /** Of one that takes the place of another. */
  fence?: number; replacesId?: string
}

/** Row and event; the node makes it when the change is committed. */
export const insertVolume = async (ctx: OrgContext, { name, sizeMib, nodeId, snapshotId, backupId, keyFor, mode = 'pinned', fence = 0, replacesId }: NewVolume): Promise<string> => {
  const id = newId('volume')
  const key = await keyFor(ctx.orgId, id)
  const taken = await ctx.db.volume.findFirst({ where: { name, deletedAt: null }, select: { id: true } })
  if (taken) throw nameTaken()
  try {
    await ctx.db.volume.create({
      data: {
        id, orgId: ctx.orgId, name, nodeId, sizeMib, sourceSnapshotId: snapshotId, headSnapshotId: snapshotId, sourceBackupId: backupId ?? null,
        createdBy: ctx.userId, mode, fence, replacesId: replacesId ?? null, ...key,
      },
    })
  } catch (error) {
    throw violatedUnique(error) ? nameTaken() : error
  }
  await ctx.emit('volume.created', { type: 'volume', id }, { name, size_mib: sizeMib, snapshot_id: snapshotId, backup_id: backupId ?? null, encrypted: key.encrypted, mode })
  return id
}

interface Origin { nodeId: string | null; leastMib: number; keyFor: KeyFor }

const keyFor = (encrypted: boolean, source: Parameters<typeof keyOfCopy>[0] | null): KeyFor => {
  if (source) return (orgId, id) => keyOfCopy(source, orgId, id)
  return encrypted ? newKey : () => Promise.resolve({ encrypted: false })
}

/** Where it has to be: beside its snapshot, or beside the other volumes of the app it is for. */
const placeOf = async (ctx: OrgContext, input: z.output<typeof CreateVolume>, appId: string | null): Promise<Origin> => {
  const source = input.snapshot_id ? await loadSnapshot(ctx, input.snapshot_id) : null
  const beside = appId ? await ctx.db.volume.findFirst({ where: { appId }, select: { nodeId: true } }) : null
  if (source && beside && source.volume.nodeId !== beside.nodeId) throw new DomainError('state_conflict', 'The snapshot and the app\'s other volumes are on different nodes.')
  if (source && input.encrypted && !source.volume.encrypted) throw ruleViolated('/encrypted', 'not_possible', 'The snapshot is not encrypted, and its copy would not be. Make a new volume and copy the files.')
  return { nodeId: source?.volume.nodeId ?? beside?.nodeId ?? null, leastMib: source?.sizeMib ?? 0, keyFor: keyFor(input.encrypted, source?.volume ?? null) }
}

export const createVolume = command({
  name: 'volumes.create', summary: 'Create a volume, empty or from a snapshot, and attach it if an app is named', scope: 'org', permission: 'apps:write',
  input: CreateVolume, output: VolumeView,
  rest: { method: 'POST', path: '/volumes', status: 201, tag: 'Volumes' },
  before: warmKeys,
  run: async (ctx, input) => {
    const sizeMib = volumeMib(input.size)
    if (input.mount_path !== undefined && input.app_id === undefined) throw ruleViolated('/app_id', 'required', 'Say which app has it at that path.')
    if (input.app_id !== undefined && input.mount_path === undefined) throw ruleViolated('/mount_path', 'required', 'Say where the app finds it, as /data.')
    return withinQuotas(ctx, async () => {
      const app = input.app_id === undefined ? null : await loadApp(ctx, input.app_id, { lock: true })
      const { nodeId, leastMib, keyFor: ownKey } = await placeOf(ctx, input, app?.id ?? null)
      if (sizeMib < leastMib) throw ruleViolated('/size', 'below_source', `The snapshot is ${leastMib} MiB large. Use as much or more.`)
      const chosen = await chooseNode(ctx, sizeMib, nodeId, input.mode)
      const id = await insertVolume(ctx, { name: input.name, sizeMib, nodeId: chosen, snapshotId: input.snapshot_id ?? null, keyFor: ownKey, mode: input.mode })
      if (app && input.mount_path) await attachTo(ctx, app, await loadVolume(ctx, id), { mountPath: input.mount_path, readOnly: false })
      return wireVolume(ctx, id)
    }, { volume_mib: sizeMib })
  },
})
