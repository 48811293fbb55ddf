import type { SystemDb } from '../../core/db.ts'
import { setRoutes, type RouteOn } from '../nodes/index.ts'
import { routeSpec, type Edge } from './spec.ts'

/** How long a name given up stays its owner's: a CNAME left behind must not become a stranger's. */
export const HOLD_MS = 30 * 86_400_000

/** Tells every edge, or one, what is to be served under these names now. */
export const writeRoutes = async (db: SystemDb, hostnames: readonly string[], nodeId?: string): Promise<void> => {
  if (hostnames.length === 0) return
  const edges = await edgesOf(db, nodeId)
  const wanted: RouteOn[] = []
  for (const id of hostnames) {
    const routeFor = await routeSpec(db, id)
    const told = Map.groupBy(edges, (edge) => routeFor?.(edge) ?? null)
    wanted.push(...[...told].map(([spec, on]) => ({ id, spec, nodeIds: on.map((edge) => edge.id) })))
  }
  await setRoutes(db, wanted)
}

const edgesOf = (db: SystemDb, nodeId?: string): Promise<Edge[]> => db.$queryRaw<Edge[]>`
  SELECT id, mesh_index IS NOT NULL AND facts->'mesh'->'edges' IS NOT DISTINCT FROM 'true' AS meets,
    facts->'mesh'->'wakes' IS NOT DISTINCT FROM 'true' AS wakes, 'share' = ANY(can) AS shares FROM node
  WHERE ${nodeId ?? null}::text IS NULL OR id = ${nodeId ?? null}`

/** The names of an app, and the domains that lead a path to it. */
const namesOf = async (db: SystemDb, appId: string): Promise<string[]> => {
  const own = await db.hostname.findMany({ where: { appId, releasedAt: null }, select: { hostname: true } })
  const byPath = await db.domain.findMany({ where: { paths: { some: { appId } }, verifiedAt: { not: null } }, select: { hostname: true } })
  return [...new Set([...own, ...byPath].map(({ hostname }) => hostname))].sort()
}

export const writeRoutesOfApp = async (db: SystemDb, appId: string, nodeId?: string): Promise<void> => writeRoutes(db, await namesOf(db, appId), nodeId)

/** Nodes that are heard and have not yet taken over what they were last told of the app; what other apps told them is theirs to wait for. */
export const lateEdges = async (db: SystemDb, appId: string): Promise<number> => {
  const [row] = await db.$queryRaw<{ late: number }[]>`
    SELECT count(*)::int AS late FROM node n WHERE n.status = 'ready' AND n.observed_index < n.desired_index AND EXISTS (
      SELECT 1 FROM node_object o WHERE o.node_id = n.id AND o.kind = 'route' AND o.id = ANY(${await namesOf(db, appId)}) AND o.changed_index > n.observed_index)`
  return row?.late ?? 0
}

/** A customer's own name is held for its owner for a while; a name of the platform for ever. Real time. */
export const releaseHostnames = async (db: SystemDb, where: { appId: string } | { hostname: string; orgId: string }): Promise<void> => {
  const gone = await db.hostname.findMany({ where: { ...where, releasedAt: null }, select: { hostname: true, orgId: true } })
  for (const { hostname, orgId } of gone) {
    const own = await db.domain.count({ where: { orgId, hostname } }) > 0
    const heldUntil = own ? new Date(Date.now() + HOLD_MS) : null
    await db.hostname.updateMany({ where: { hostname, orgId }, data: { releasedAt: new Date(), heldUntil } })
  }
  await writeRoutes(db, gone.map(({ hostname }) => hostname))
}
