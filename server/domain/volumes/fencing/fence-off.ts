import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { lockSilence, removeObject, type NodeSilence } from '../../nodes/index.ts'
import { writeDesired } from '../desired-volume.ts'
import { grantOf } from './words.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })
const NAME = 'volumes.fence_off'

/** Of a volume that took the place of another: who held that one, and may still be running on a node nobody hears. */
const holderOf = async (db: SystemDb, volumeId: string) => {
  const volume = await db.volume.findUnique({ where: { id: volumeId }, select: { replacesId: true, createdAt: true } })
  const old = volume?.replacesId ? await db.volume.findUnique({ where: { id: volume.replacesId }, include: { hold: true } }) : null
  return volume && old?.hold ? { decidedAt: volume.createdAt, old, instanceId: old.hold.instanceId } : null
}

/** It was decided by a clock that nobody can set forward; here it only counts that the node was not heard since. */
const asDecided = (node: NodeSilence, decidedAt: Date): NodeSilence =>
  ({ ...node, silentMs: Math.max(node.silentMs, decidedAt.getTime() - node.lastSeenAt.getTime()) })

/**
 * Ends what the holder may still do, on the portal's side: from here on the app's next instance may start. A node that came back in between
 * keeps its holder until it has stopped there in order, as in any rollout.
 */
export const takeRight = (volumeId: string): Promise<void> =>
  runtime().databases.asSystem('job', async (db) => {
    const found = await holderOf(db, volumeId)
    if (!found) return
    const { old, instanceId, decidedAt } = found
    // In the order in which reports lock: instance, volume, node.
    await db.$executeRaw`SELECT 1 FROM instance WHERE id = ${instanceId} FOR UPDATE`
    await db.$executeRaw`SELECT 1 FROM volume WHERE id = ${old.id} FOR UPDATE`
    const node = await lockSilence(db, old.nodeId)
    if (!node || !('by' in grantOf({ ...old, held: true }, asDecided(node, decidedAt)))) return
    const instance = await db.instance.findUnique({ where: { id: instanceId } })
    await db.volumeHold.deleteMany({ where: { instanceId } })
    if (!instance || instance.endedAt) return
    await db.instance.update({ where: { id: instanceId }, data: { fencedAt: new Date(), nodeLost: true, desired: 'absent', routed: false, unroutedAt: new Date() } })
    await removeObject(db, instance.nodeId, 'vm', instanceId)
    const data = { app_id: instance.appId, deployment_id: instance.deploymentId, phase: 'lost', health: null, code: 'volume_fenced' }
    await recordEvent(db, { orgId: instance.orgId, type: 'instance.changed', subject: { type: 'instance', id: instanceId }, actor: { type: 'job', name: NAME }, requestId: null, data })
  })

export const fenceOff = defineJob({ name: NAME, payload: Subject, run: ({ subject_id: volumeId }) => takeRight(volumeId) })

/** Volumes that took the place of one which is still held: its node came back in between, and may be gone again. */
export const stillHeld = async (): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>('SELECT v.id FROM volume v JOIN volume_hold h ON h.volume_id = v.replaces_id')
  return rows.map((row) => row.id)
}

/** The agent of a node can be told of fences from now on, or no more. */
export const rewriteOfNode = defineJob({
  name: 'volumes.rewrite_of_node', payload: Subject,
  run: ({ subject_id: nodeId }) => runtime().databases.asSystem('job', async (db) => {
    const volumes = await db.volume.findMany({ where: { nodeId, purgedAt: null, OR: [{ mode: 'strict' }, { leastFence: { gt: 0 } }] }, orderBy: { id: 'asc' }, select: { id: true } })
    for (const { id } of volumes) {
      await db.$executeRaw`SELECT 1 FROM volume WHERE id = ${id} FOR UPDATE`
      await writeDesired(db, id, runtime().clock.now())
    }
  }),
})
