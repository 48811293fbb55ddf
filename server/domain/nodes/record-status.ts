import type { ObjectKind, StatusReply, StatusRequest } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent, wake } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { currentEpoch, renewEpoch } from './epoch.ts'
import { NodeFault } from './fault.ts'
import { fencingColumn, leastFences } from './fencing.ts'
import { noteHeard } from './hearing.ts'
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

interface Standing { session_id: string; status_seq: bigint; status: string; speaks: boolean; has_fences: boolean }
/** `least`: null where the report was no news, so that no lease follows from it. */
interface Taken { acked: number; strays: string[]; least: Record<string, number> | null }

/** One report: effects and heartbeat together, once per sequence number. */
export const recordStatus = async (nodeId: string, request: StatusRequest): Promise<StatusReply> => {
  const plan = heartbeatPlan(await countNodes())
  if (request.objects.length === 0 && !request.node.upgrade && await beat(nodeId, request, plan.lease_ttl_s)) {
    noteHeard(nodeId)
    return { acked_seq: request.seq, ...plan, fencing: { least: {} } }
  }
  const { acked, strays, least } = await runtime().databases.asSystem('node-api', (db) => take(db, nodeId, request, plan.lease_ttl_s)).catch(async (error: unknown) => {
    if (error instanceof NodeFault && error.code === 'superseded_session') await noteClone(nodeId, request.boot_id)
    throw error
  })
  if (least) noteHeard(nodeId)
  return { acked_seq: acked, ...plan, ...(strays.length > 0 ? { strays } : {}), ...(least ? { fencing: { least } } : {}) }
}

/** The common case in one statement: nothing new from a node in good standing that has to be told no fences. */
const beat = async (nodeId: string, request: StatusRequest, leaseS: number): Promise<boolean> => {
  const { rowCount } = await runtime().databases.systemPool.query({
    name: 'node-beat',
    text: `UPDATE node SET status_seq = $3, observed_index = $4, load = $5, memory_free_mib = $6, disk_free_mib = $7, conditions = $8, last_seen_at = $9,
        fencing = $10, lease_s = $11
      WHERE id = $1 AND session_id = $2 AND status_seq < $3 AND status = 'ready' AND desired_index >= $4 AND NOT has_fences`,
    values: [nodeId, request.session_id, request.seq, request.observed_index, request.node.load, request.node.memory_free_mib,
      request.node.disk_free_mib, JSON.stringify(request.node.conditions), new Date(), fencingColumn(request.node), leaseS],
  })
  return rowCount === 1
}

const take = async (db: SystemDb, nodeId: string, request: StatusRequest, leaseS: number): Promise<Taken> => {
  const [standing] = await db.$queryRaw<Standing[]>`SELECT session_id, status_seq, status, fencing IS NOT NULL AS speaks, has_fences FROM node WHERE id = ${nodeId}`
  if (!standing) throw new NodeFault('node_unknown', 'No such node.')
  if (standing.session_id !== request.session_id) throw new NodeFault('superseded_session', 'Another agent with this identity has opened a newer session.')
  if (request.seq <= Number(standing.status_seq)) return { acked: Number(standing.status_seq), strays: [], least: null }
  const context = { db, nodeId, now: runtime().clock.now() }
  if (standing.status === 'lost') await takeBack(db, nodeId)
  if (standing.status !== 'ready') await resumeSegmentsOf(db, nodeId)
  const goneVms = await applyVmStatuses(context, request.objects)
  const goneVolumes = await applyStatuses('volume', context, request.objects)
  const goneBackups = await applyStatuses('backup', context, request.objects)
  const goneRoutes = await applyRouteStatuses(context, request.objects)
  if (request.node.upgrade) await recordUpgrade(db, nodeId, request.node.upgrade)
  // Instances first, the node after them: the order in which deployments lock, so that the two never wait for each other.
  await writeNode(db, nodeId, request, standing.status, leaseS)
  // Once more under the node's lock: it may have been given up in between.
  await resumeSegmentsOf(db, nodeId)
  await dropTombstones(db, nodeId, 'vm', goneVms)
  await dropTombstones(db, nodeId, 'route', goneRoutes)
  await dropTombstones(db, nodeId, 'volume', goneVolumes)
  await dropTombstones(db, nodeId, 'backup', goneBackups)
  if (standing.has_fences && standing.speaks !== (request.node.fencing !== undefined)) {
    await recordEvent(db, { orgId: null, type: 'node.fencing_changed', subject: { type: 'node', id: nodeId }, actor: { type: 'node', nodeId }, requestId: null })
  }
  return { acked: request.seq, strays: await noteStrays(db, nodeId, request.objects), least: await leastFences(db, nodeId) }
}

const writeNode = async (db: SystemDb, nodeId: string, request: StatusRequest, before: string, leaseS: number): Promise<void> => {
  const [written] = await db.$queryRaw<{ desired_index: bigint }[]>`
    UPDATE node SET status_seq = ${request.seq}, observed_index = ${request.observed_index}, load = ${request.node.load},
      memory_free_mib = ${request.node.memory_free_mib}, disk_free_mib = ${request.node.disk_free_mib}, conditions = ${JSON.stringify(request.node.conditions)}::jsonb,
      last_seen_at = ${new Date()}, status = 'ready', unreachable_at = NULL, lost_at = NULL,
      fencing = ${fencingColumn(request.node)}::jsonb, lease_s = ${leaseS}, declared_dead_at = NULL, declared_dead_reason = NULL
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

const dropTombstones = async (db: SystemDb, nodeId: string, kind: ObjectKind, ids: string[]): Promise<void> => {
  if (ids.length > 0) await db.nodeObject.deleteMany({ where: { nodeId, kind, id: { in: ids }, desired: 'absent' } })
}
