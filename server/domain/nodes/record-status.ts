import type { ObjectStatus, StatusReply, StatusRequest } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent, wake } from '../../core/event.ts'
import { grouped } from '../../core/grouped.ts'
import { runtime } from '../../core/runtime.ts'
import { dropTombstones } from './desired.ts'
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
  if (!request.objects.some(isNews) && !request.node.upgrade && await beat({ nodeId, request, leaseS: plan.lease_ttl_s })) {
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

/** What a deployment tells every edge comes back from every edge: that it serves is said by the index it has taken over. */
const isNews = ({ kind, phase }: ObjectStatus): boolean => kind !== 'route' || phase === 'absent' || phase === 'failed'

interface Beat { nodeId: string; request: StatusRequest; leaseS: number }

/**
 * The common case in one statement for all that came meanwhile: nothing new from nodes in good standing that have to be told no fences.
 * Locked in the order of everybody.
 */
const beatTogether = async (beats: readonly Beat[]): Promise<boolean[]> => {
  const column = <T>(of: (beat: Beat) => T): T[] => beats.map(of)
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>({
    name: 'node-beats',
    text: `WITH held AS MATERIALIZED (SELECT id FROM node WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE)
      UPDATE node n SET status_seq = b.seq, observed_index = b.observed, load = b.load, memory_free_mib = b.memory, disk_free_mib = b.disk,
        conditions = b.conditions::jsonb, fencing = b.fencing::jsonb, lease_s = b.lease, last_seen_at = $11
      FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::float8[], $6::int[], $7::int[], $8::text[], $9::text[], $10::int[])
        AS b (id, session, seq, observed, load, memory, disk, conditions, fencing, lease) JOIN held USING (id)
      WHERE n.id = b.id AND n.session_id = b.session AND n.status_seq < b.seq AND n.status = 'ready' AND n.desired_index >= b.observed AND NOT n.has_fences
      RETURNING n.id`,
    values: [
      column(({ nodeId }) => nodeId), column(({ request }) => request.session_id), column(({ request }) => request.seq),
      column(({ request }) => request.observed_index),
      column(({ request }) => request.node.load), column(({ request }) => request.node.memory_free_mib), column(({ request }) => request.node.disk_free_mib),
      column(({ request }) => JSON.stringify(request.node.conditions)), column(({ request }) => fencingColumn(request.node)), column(({ leaseS }) => leaseS),
      new Date(),
    ],
  })
  const taken = new Set(rows.map(({ id }) => id))
  return beats.map(({ nodeId }) => taken.has(nodeId))
}

const beat = grouped<Beat, boolean>({ most: 200, lanes: 2, keyOf: ({ nodeId }) => nodeId, together: beatTogether })

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
  await dropTombstones(db, nodeId, { vm: goneVms, route: goneRoutes, volume: goneVolumes, backup: goneBackups })
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
