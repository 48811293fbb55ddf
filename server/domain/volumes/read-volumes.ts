import { z } from 'zod'
import { SnapshotPage, VOLUME_STATUSES, VolumeDetail, VolumeId, VolumePage } from '../../contract/volume.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { silentNodes } from '../nodes/index.ts'
import { recoveryOf } from './fencing/read-recovery.ts'
import { loadVolume } from './load-volume.ts'
import { livingAncestor } from './rules/lineage.ts'
import { toSchedule, toSnapshot, toVolume, VOLUME_PARTS, volumeStatus } from './wire.ts'

/** Deleted ones are read too: others descend from them. */
const REMEMBERED = 5_000

const list = defineList({
  name: 'volumes',
  fields: {
    status: { kind: 'enum', values: VOLUME_STATUSES, filter: true },
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    app_id: { kind: 'text', column: 'appId', filter: true },
    node_id: { kind: 'text', column: 'nodeId', filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    updated_at: { kind: 'time', column: 'updatedAt', range: true, sort: true },
  },
  search: ['name', 'mountPath'],
})

/** An organization has few volumes: a status, which is derived, is asked of all of them. */
const inStatus = async (db: Parameters<typeof loadVolume>[0]['db'], statuses: readonly string[]): Promise<string[]> =>
  (await db.volume.findMany({ where: { purgedAt: null }, include: VOLUME_PARTS })).filter((row) => statuses.includes(volumeStatus(row))).map((row) => row.id)

export const listVolumes = query({
  name: 'volumes.list', summary: 'Volumes of the organization, newest first; deleted ones only when asked for by status', scope: 'org', permission: 'apps:read',
  input: z.strictObject(list.input), output: VolumePage,
  rest: { method: 'GET', path: '/volumes', tag: 'Volumes' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const { status } = page.filter
    const live = status ? { id: { in: await inStatus(ctx.db, status) } } : { deletedAt: null }
    const where = { AND: [{ purgedAt: null }, live, page.where] }
    const rows = await ctx.db.volume.findMany({ where, include: VOLUME_PARTS, orderBy: page.orderBy, take: page.take })
    const silent = await silentNodes()
    return page.of(rows, (row) => toVolume(row, silent))
  },
})

export const getVolume = query({
  name: 'volumes.get', summary: 'One volume with its snapshots and schedules', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ volume_id: VolumeId }), output: VolumeDetail,
  rest: { method: 'GET', path: '/volumes/{volume_id}', tag: 'Volumes' },
  run: async (ctx, input) => {
    const volume = await loadVolume(ctx, input.volume_id)
    const all = await ctx.db.volumeSnapshot.findMany({ where: { volumeId: volume.id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: REMEMBERED })
    const ancestor = livingAncestor(all)
    const snapshots = all.filter((row) => row.deletedAt === null).map((row) => ({ ...row, parentId: ancestor(row.parentId) }))
    const schedules = await ctx.db.volumeSchedule.findMany({ where: { volumeId: volume.id }, orderBy: { everyMinutes: 'asc' } })
    const own = toVolume({ ...volume, headSnapshotId: ancestor(volume.headSnapshotId) }, await silentNodes())
    return { ...own, snapshot_list: snapshots.map(toSnapshot), schedules: schedules.map(toSchedule), recovery: await recoveryOf(ctx, volume) }
  },
})

const snapshots = defineList({
  name: 'volume_snapshots',
  fields: {
    kind: { kind: 'enum', values: ['manual', 'scheduled', 'before_restore', 'clone', 'backup'], column: 'kind', filter: true },
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name', 'description'],
})

export const listSnapshots = query({
  name: 'volumes.snapshots', summary: 'Snapshots of a volume, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ volume_id: VolumeId, ...snapshots.input }), output: SnapshotPage,
  rest: { method: 'GET', path: '/volumes/{volume_id}/snapshots', tag: 'Volumes' },
  run: async (ctx, { volume_id: id, ...input }) => {
    const volume = await loadVolume(ctx, id)
    const page = snapshots.page(ctx, input)
    const where = { AND: [{ volumeId: volume.id, deletedAt: null }, page.where] }
    const rows = await ctx.db.volumeSnapshot.findMany({ where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toSnapshot)
  },
})
