/** What nodes run and the restored database does not know: noted while the installation recovers, never touched by itself. */
import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { StrayRequest } from '../../contract/node-api/stray.ts'
import type { SystemDb } from '../../core/db.ts'
import { Prisma } from '../../../prisma/generated/client.ts'
import { runtime } from '../../core/runtime.ts'
import { storeSpec } from './desired-spec.ts'
import { NodeFault } from './fault.ts'

const ASKED_AT_ONCE = 200

/** Returns the machines of which more should be told. */
export const noteStrays = async (db: SystemDb, nodeId: string, statuses: readonly ObjectStatus[]): Promise<string[]> => {
  if (!runtime().recovery.active) return []
  const latest = [...new Map(statuses.filter((s) => s.kind === 'vm' || s.kind === 'volume').map((s) => [`${s.kind}:${s.id}`, s])).values()]
  if (latest.length === 0) return []
  const rows = latest.map((s) => ({ kind: s.kind, id: s.id, phase: s.phase, generation: s.generation, start: s.vm_start_id, status: s }))
  const asked = await db.$queryRaw<{ id: string; kind: string; spec: unknown }[]>`
    INSERT INTO stray (node_id, kind, id, phase, generation, vm_start_id, status)
    SELECT ${nodeId}, s.kind, s.id, s.phase, s.generation, s.start, s.status FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s (kind text, id text, phase text, generation int, start text, status jsonb)
    WHERE s.phase <> 'absent' AND NOT EXISTS (SELECT FROM node_object o WHERE o.node_id = ${nodeId} AND o.kind = s.kind AND o.id = s.id)
    ON CONFLICT (node_id, kind, id) DO UPDATE SET phase = excluded.phase, generation = excluded.generation, vm_start_id = excluded.vm_start_id, status = excluded.status, seen_at = now()
    RETURNING id, kind, spec`
  return asked.filter(({ kind, spec }) => kind === 'vm' && spec === null).map(({ id }) => id).slice(0, ASKED_AT_ONCE)
}

/** The agent's answer. Its secrets are sealed at once; an organization the database does not know has no key, and its secrets are left out. */
export const describeStrays = async (nodeId: string, request: StrayRequest): Promise<{ taken: number }> => {
  const { databases } = runtime()
  const organizations = new Set((await databases.asSystem('node-api', (db) => db.organization.findMany({
    where: { id: { in: request.objects.map(({ spec }) => spec.org_id) } }, select: { id: true } }))).map(({ id }) => id))
  const stored = await Promise.all(request.objects.map(async ({ id, generation, spec }) => ({
    id, generation, ...await storeSpec(nodeId, id, organizations.has(spec.org_id) ? spec : { ...spec, secrets: {} }) })))
  return databases.asSystem('node-api', async (db) => {
    const node = await db.node.findUnique({ where: { id: nodeId }, select: { sessionId: true } })
    if (node?.sessionId !== request.session_id) throw new NodeFault('superseded_session', 'Another agent with this identity has opened a newer session.')
    let taken = 0
    for (const { id, generation, spec, sealedSecrets, keyId } of stored) {
      const data = { generation, spec: spec === null ? Prisma.DbNull : (spec as Prisma.InputJsonObject), sealedSecrets, keyId }
      const { count } = await db.stray.updateMany({ where: { nodeId, kind: 'vm', id, decision: null }, data })
      taken += count
    }
    return { taken }
  })
}
