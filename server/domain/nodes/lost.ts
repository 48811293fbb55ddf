import type { SystemDb } from '../../core/db.ts'
import { recordEvent, recordEvents } from '../../core/event.ts'
import type { Actor } from '../../core/context.ts'
import { runtime } from '../../core/runtime.ts'

/** How long a node that missed its lease may still come back before what it ran is replaced (settled 18). */
export const LOST_AFTER_MS = 20_000

interface Instance { id: string; org_id: string; app_id: string; deployment_id: string | null; phase: string; health: string | null; code: string | null }

/** Whoever watches the instances learns it, and so does the engine that replaces them. */
const announce = (db: SystemDb, actor: Actor, rows: readonly Instance[], lost: boolean): Promise<void> => recordEvents(db, rows.map((row) => ({
  orgId: row.org_id, type: 'instance.changed', subject: { type: 'instance', id: row.id }, actor, requestId: null,
  data: { app_id: row.app_id, deployment_id: row.deployment_id, phase: lost ? 'lost' : row.phase, health: lost ? null : row.health, code: row.code },
})))

/**
 * Gives up nodes that stayed silent. Nothing is removed here: their instances are marked, leave the edges, and go when others serve. Nodes in
 * maintenance are expected to be silent. Returns the ids of the lost.
 */
export const declareLost = async (actor: Actor, nowMs = Date.now()): Promise<string[]> => {
  const since = new Date(nowMs - LOST_AFTER_MS)
  const due = { status: 'unreachable', unreachableAt: { lt: since }, duty: { not: 'maintenance' } }
  const { databases } = runtime()
  const nodes = await databases.asSystem('job', (db) => db.node.findMany({ where: due, select: { id: true, hostname: true } }))
  const lost = await Promise.all(nodes.map((node) => databases.asSystem('job', async (db) => {
    // Instances first, the node after them, as everywhere; the mark is taken back below if the node was heard meanwhile.
    const rows = await db.$queryRaw<Instance[]>`
      UPDATE instance SET node_lost = true WHERE node_id = ${node.id} AND ended_at IS NULL AND NOT node_lost
      RETURNING id, org_id, app_id, deployment_id, phase, health, code`
    const { count } = await db.node.updateMany({ where: { id: node.id, ...due }, data: { status: 'lost', lostAt: new Date(nowMs) } })
    if (count === 0) {
      await db.instance.updateMany({ where: { id: { in: rows.map((r) => r.id) } }, data: { nodeLost: false } })
      return []
    }
    const data = { hostname: node.hostname, instances: rows.length }
    await recordEvent(db, { orgId: null, type: 'node.lost', subject: { type: 'node', id: node.id }, actor, requestId: null, data })
    await announce(db, actor, rows, true)
    return [node.id]
  })))
  return lost.flat()
}

/** A lost node is heard again: what was not replaced meanwhile goes on; what was replaced is a tombstone in its list and costs nothing. */
export const takeBack = async (db: SystemDb, nodeId: string): Promise<void> => {
  const rows = await db.$queryRaw<Instance[]>`
    UPDATE instance SET node_lost = false WHERE node_id = ${nodeId} AND ended_at IS NULL AND node_lost AND desired = 'running'
    RETURNING id, org_id, app_id, deployment_id, phase, health, code`
  await announce(db, { type: 'node', nodeId }, rows, false)
}
