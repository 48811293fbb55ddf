import { z } from 'zod'
import { Strategy } from '../../contract/strategy.ts'
import { MAX_VOLUMES_PER_APP, MountPath, VolumeId, VolumeView } from '../../contract/volume.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { loadApp, queueDeployment } from '../apps/index.ts'
import { loadFor, loadVolume, wireVolume, type LoadedVolume } from './load-volume.ts'
import { mountFault } from './rules/mount-path.ts'

type LoadedApp = Awaited<ReturnType<typeof loadApp>>
interface Place { mountPath: string; readOnly: boolean }
const conflict = (detail: string): DomainError => new DomainError('state_conflict', detail)

/** Writes the attachment and rolls the app out with it. The caller holds the app's row. */
export const attachTo = async (ctx: OrgContext, app: LoadedApp, volume: LoadedVolume, { mountPath, readOnly }: Place): Promise<void> => {
  if (volume.appId) throw conflict('The volume is attached to an app already. Detach it there first.')
  if (volume.hold) throw conflict('The instance that had the volume has not ended yet. Try again in a moment.')
  if (app.autoscaling?.enabled) throw conflict(`A volume can be open in one instance only, and ${app.name} is autoscaled. Turn autoscaling off and scale it to 1 first.`)
  if (app.replicas > 1) throw conflict(`A volume can be open in one instance only, and ${app.name} runs ${app.replicas}. Scale it to 1 first.`)
  const { type } = Strategy.parse(app.strategy)
  if (type === 'blue_green' || type === 'canary') throw conflict(`${app.name} deploys ${type === 'canary' ? 'by canary' : 'blue-green'}, which runs the old and the new release beside each other; a volume can be open in one instance only. Choose another strategy first.`)
  if (app.sleepAfterMinutes !== null) throw conflict(`${app.name} sleeps when nobody asks for it, and an app with a volume cannot: snapshots and backups need its file system awake. Set its sleep to never first.`)
  const others = await ctx.db.volume.findMany({ where: { appId: app.id }, select: { mountPath: true, nodeId: true } })
  if (others.length >= MAX_VOLUMES_PER_APP) throw conflict(`An app may have at most ${MAX_VOLUMES_PER_APP} volumes.`)
  if (others.some((other) => other.nodeId !== volume.nodeId)) throw conflict('The app\'s other volumes are on another node. Restore a backup of this one there, or detach those.')
  const fault = mountFault(mountPath, others.flatMap((other) => other.mountPath ?? []))
  if (fault) throw new DomainError('rule_violated', fault.message, { errors: [fault] })
  await ctx.db.volume.update({ where: { id: volume.id }, data: { appId: app.id, mountPath, readOnly, version: { increment: 1 } } })
  await ctx.emit('volume.attached', { type: 'volume', id: volume.id }, { app_id: app.id, mount_path: mountPath, read_only: readOnly })
  if (app.desired === 'running') await queueDeployment(ctx, app, 'update')
}

export const attachVolume = command({
  name: 'volumes.attach', summary: 'Mount a volume in an app; a running app restarts with it', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, app_id: z.string().max(60), mount_path: MountPath, read_only: z.boolean().default(false) }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/attach', status: 202, tag: 'Volumes' },
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id, { lock: true })
    const volume = await loadFor(ctx, input.volume_id, 'attach')
    await attachTo(ctx, app, volume, { mountPath: input.mount_path, readOnly: input.read_only })
    return wireVolume(ctx, volume.id)
  },
})

/** Nothing is left of the attachment; whoever still has it open is told to stop by a new release, or has been already. */
export const clearAttachment = async (ctx: Pick<OrgContext, 'db' | 'emit'>, volume: { id: string; appId: string | null }): Promise<void> => {
  await ctx.db.volume.update({ where: { id: volume.id }, data: { appId: null, mountPath: null, readOnly: false, version: { increment: 1 } } })
  await ctx.emit('volume.detached', { type: 'volume', id: volume.id }, { app_id: volume.appId })
}

export const detachVolume = command({
  name: 'volumes.detach', summary: 'Take a volume from its app; its content stays', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, force: z.boolean().default(false).describe('Also while the app runs: it restarts without the volume') }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/detach', status: 202, tag: 'Volumes' },
  run: async (ctx, input) => {
    const { appId } = await loadVolume(ctx, input.volume_id)
    const app = appId === null ? null : await loadApp(ctx, appId, { lock: true })
    const volume = await loadFor(ctx, input.volume_id, 'detach')
    if (!app || volume.appId !== app.id) throw conflict('The volume is not attached to an app.')
    if (app.desired === 'running' && !input.force) {
      throw conflict(`${app.name} runs with the volume. Stop the app first, or say force to restart it without the volume.`)
    }
    await clearAttachment(ctx, volume)
    if (app.desired === 'running') await queueDeployment(ctx, app, 'update')
    return wireVolume(ctx, volume.id)
  },
})
