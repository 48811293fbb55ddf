import type { ObjectStatus, StatusReply, StatusRequest } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent, wake } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { dropTombstones } from './desired.ts'
import { currentEpoch, renewEpoch } from './epoch.ts'
import { NodeFault } from './fault.ts'
import { applyVmStatuses } from './instance-status.ts'
import { heartbeatPlan } from './lease.ts'
import { resumeSegmentsOf } from './lost-segments.ts'
import { takeBack } from './lost.ts'
import { countNodes } from './node-count.ts'
import { applyRouteStatuses } from './route-status.ts'
import { noteStrays } from './strays.ts'
import { noteClone } from './standing.ts'
import { recordUpgrade } from './upgrades/advance.ts'
import { applyStatuses } from './volume-intake.ts'

interface Standing { session_id: string; status_seq: bigint; status: string }

/** One report: effects and heartbeat together, once per sequence number. */
export const recordStatus = async (nodeId: string, request: StatusRequest): Promise<StatusReply> => {
  const plan = heartbeatPlan(await countNodes())
  if (!request.objects.some(isNews) && !request.node.upgrade && await beat(nodeId, request)) return { acked_seq: request.seq, ...plan }
  const { acked, strays } = await runtime().databases.asSystem('node-api', (db) => take(db, nodeId, request)).catch(async (error: unknown) => {
    if (error instanceof NodeFault && error.code === 'superseded_session') await noteClone(nodeId, request.boot_id)
    throw error
  })
  return { acked_seq: acked, ...plan, ...(strays.length > 0 ? { strays } : {}) }
}

/** What a deployment tells every edge comes back from every edge: that it serves is said by the index it has taken over. */
const isNews = ({ kind, phase }: ObjectStatus): boolean => kind !== 'route' || phase === 'absent' || phase === 'failed'

/** The common case in one statement: nothing new from a node in good standing. */
const beat = async (nodeId: string, request: StatusRequest): Promise<boolean> => {
  const { rowCount } = await runtime().databases.systemPool.query({
    name: 'node-beat',
    text: `UPDATE node SET status_seq = $3, observed_index = $4, load = $5, memory_free_mib = $6, disk_free_mib = $7, conditions = $8, last_seen_at = $9
      WHERE id = $1 AND session_id = $2 AND status_seq < $3 AND status = 'ready' AND desired_index >= $4`,
    values: [nodeId, request.session_id, request.seq, request.observed_index, request.node.load, request.node.memory_free_mib,
      request.node.disk_free_mib, JSON.stringify(request.node.conditions), new Date()],
  })
  return rowCount === 1
}

const take = async (db: SystemDb, nodeId: string, request: StatusRequest): Promise<{ acked: number; strays: string[] }> => {
  const [standing] = await db.$queryRaw<Standing[]>`SELECT session_id, status_seq, status FROM node WHERE id = ${nodeId}`
  if (!standing) throw new NodeFault('node_unknown', 'No such node.')
  if (standing.session_id !== request.session_id) throw new NodeFault('superseded_session', 'Another agent with this identity has opened a newer session.')
  if (request.seq <= Number(standing.status_seq)) return { acked: Number(standing.status_seq), strays: [] }
  const context = { db, nodeId, now: runtime().clock.now() }
  if (standing.status === 'lost') await takeBack(db, nodeId)
  if (standing.status !== 'ready') await resumeSegmentsOf(db, nodeId)
  const goneVms = await applyVmStatuses(context, request.objects)
  const goneVolumes = await applyStatuses('volume', context, request.objects)
  const goneBackups = await applyStatuses('backup', context, request.objects)
  const goneRoutes = await applyRouteStatuses(context, request.objects)
  if (request.node.upgrade) await recordUpgrade(db, nodeId, request.node.upgrade)
  // Instances first, the node after them: the order in which deployments lock, so that the two never wait for each other.
  await writeNode(db, nodeId, request, standing.status)
  // Once more under the node's lock: it may have been given up in between.
  await resumeSegmentsOf(db, nodeId)
  await dropTombstones(db, nodeId, { vm: goneVms, route: goneRoutes, volume: goneVolumes, backup: goneBackups })
  return { acked: request.seq, strays: await noteStrays(db, nodeId, request.objects) }
}

const writeNode = async (db: SystemDb, nodeId: string, request: StatusRequest, before: string): Promise<void> => {
  const [written] = await db.$queryRaw<{ desired_index: bigint }[]>`
    UPDATE node SET status_seq = ${request.seq}, observed_index = ${request.observed_index}, load = ${request.node.load},
      memory_free_mib = ${request.node.memory_free_mib}, disk_free_mib = ${request.node.disk_free_mib}, conditions = ${JSON.stringify(request.node.conditions)}::jsonb,
      last_seen_at = ${new Date()}, status = 'ready', unreachable_at = NULL, lost_at = NULL
    WHERE id = ${nodeId} AND session_id = ${request.session_id} AND status_seq < ${request.seq} AND (status <> 'lost' OR ${before} = 'lost') RETURNING desired_index`
  if (!written) throw new NodeFault('unavailable', 'Another report of this node came in between. Send it again.', { retryAfterMs: 100 })
  if (before !== 'ready') {
    await recordEvent(db, { orgId: null, type: 'node.ready', subject: { type: 'node', id: nodeId }, actor: { type: 'node', nodeId }, requestId: null })
  }
  const epoch = await currentEpoch(db)
  if (request.observed_epoch === epoch && request.observed_index > Number(written.desired_index)) {
    await renewEpoch(db, epoch)
    await wake(db, `node:${nodeId}`)
  }
}
