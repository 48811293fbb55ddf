import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { planAllocation, type AllocationChange, type Segment } from './allocation-rule.ts'
import { noteSleep } from './sleep-segments.ts'
import { isVisibleChange, lockInstances, readSegments, type InstanceRow } from './instance-rows.ts'

export interface IntakeContext { db: SystemDb; nodeId: string; now: Date }

/** Takes over what the agent says of its VMs. Returns the ids whose tombstone is confirmed. */
export const applyVmStatuses = async (context: IntakeContext, statuses: ObjectStatus[]): Promise<string[]> => {
  const latest = new Map(statuses.filter((s) => s.kind === 'vm').map((s) => [s.id, s]))
  if (latest.size === 0) return []
  const rows = await lockInstances(context.db, context.nodeId, [...latest.keys()])
  const starts = [...latest.values()].flatMap((s) => s.vm_start_id ?? [])
  const segments = await readSegments(context.db, rows.map((r) => r.id), starts)
  for (const row of rows) {
    const status = latest.get(row.id)
    if (status) await applyOne(context, row, status, segments.get(row.id) ?? [])
  }
  return confirmedTombstones(context, [...latest.values()].filter(({ phase }) => phase === 'absent'))
}

/** Of instances the database knows, and of machines it does not: those of a restored one were removed as unknown. */
const confirmedTombstones = async ({ db, nodeId }: IntakeContext, absent: readonly ObjectStatus[]): Promise<string[]> => {
  if (absent.length === 0) return []
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM node_object o JOIN unnest(${absent.map(({ id }) => id)}::text[], ${absent.map(({ generation }) => generation)}::int[]) AS told (id, generation) USING (id)
    WHERE o.node_id = ${nodeId} AND o.kind = 'vm' AND o.desired = 'absent' AND told.generation >= o.generation`
  return rows.map(({ id }) => id)
}

const isConfirmedAbsent = (row: InstanceRow, status: ObjectStatus | undefined): boolean =>
  status?.phase === 'absent' && row.tombstone !== null && status.generation >= row.tombstone

const applyOne = async (context: IntakeContext, row: InstanceRow, status: ObjectStatus, segments: Segment[]): Promise<void> => {
  const ended = isConfirmedAbsent(row, status)
  if (status.generation < row.observed_generation || (status.phase === 'absent' && !ended)) return
  const changes = row.replaced ? [] : planAllocation(status, segments, context.now)
  for (const change of changes) await writeAllocation(context.db, row, change)
  if (!row.replaced) await noteSleep(context.db, status, context.now)
  const visible = isVisibleChange(row, status)
  if (visible || ended || status.reason !== row.reason || status.generation !== row.observed_generation) {
    await context.db.instance.update({
      where: { id: row.id },
      data: {
        ...(status.phase === row.phase ? {} : { phaseSince: new Date(Date.now() - status.since_ms) }),
        phase: status.phase, health: status.health, code: status.code, reason: status.reason, restarts: status.restarts,
        vmStartId: status.vm_start_id, observedGeneration: status.generation, startedAt: startedAt(row, status, changes),
        ...healthyAt(row, status),
        ...(ended ? { endedAt: new Date() } : {}),
      },
    })
  }
  if (status.image_digest && row.digest === null) {
    await context.db.release.updateMany({ where: { id: row.release_id, digest: null }, data: { digest: status.image_digest } })
  }
  if (visible) await announce(context, row, status)
}

/** Real time, as everything about machines; only what is billed follows the business clock. */
const startedAt = (row: InstanceRow, status: ObjectStatus, changes: AllocationChange[]): Date | null => {
  if (changes.some((c) => c.type === 'open')) return new Date(Date.now() - (status.running_ms ?? 0))
  return status.vm_start_id === row.vm_start_id ? row.started_at : null
}

/** One that sleeps is woken by the next request. */
const SERVING: readonly string[] = ['running', 'sleeping']

/** Real time. Another start of the VM begins anew, and so does whoever was ill between. */
const healthyAt = (row: InstanceRow, status: ObjectStatus): { healthyAt?: Date | null } => {
  if (!SERVING.includes(status.phase) || status.health !== 'ok') return { healthyAt: null }
  const before = SERVING.includes(row.phase) && row.health === 'ok' && row.vm_start_id === status.vm_start_id
  return before ? {} : { healthyAt: new Date() }
}

const writeAllocation = async (db: SystemDb, row: InstanceRow, change: AllocationChange): Promise<void> => {
  if (change.type === 'open') {
    await db.$executeRaw`
      INSERT INTO allocation_segment (id, org_id, app_id, instance_id, start_id, vcpu, memory_mib, started_at)
      VALUES (${newId('segment')}, ${row.org_id}, ${row.app_id}, ${row.id}, ${change.startId}, ${row.vcpu}, ${row.memory_mib}, ${change.at})
      ON CONFLICT (start_id) DO NOTHING`
    return
  }
  const endedAt = change.type === 'close' ? change.at : null
  await db.allocationSegment.updateMany({ where: { startId: change.startId, instanceId: row.id }, data: { endedAt } })
}

const announce = (context: IntakeContext, row: InstanceRow, status: ObjectStatus): Promise<void> =>
  recordEvent(context.db, {
    orgId: row.org_id, type: 'instance.changed', subject: { type: 'instance', id: row.id }, actor: { type: 'node', nodeId: context.nodeId }, requestId: null,
    data: { app_id: row.app_id, deployment_id: row.deployment_id, phase: status.phase, health: status.health, code: status.code },
  })
