import type { SystemDb } from '../../core/db.ts'
import { removeObject, setDesired } from '../nodes/index.ts'
import { routeSpec, type Edge } from './spec.ts'

/** How long a name given up stays its owner's: a CNAME left behind must not become a stranger's. */
export const HOLD_MS = 30 * 86_400_000

/** Tells every edge, or one, what is to be served under these names now. */
export const writeRoutes = async (db: SystemDb, hostnames: readonly string[], nodeId?: string): Promise<void> => {
  if (hostnames.length === 0) return
  const edges = await edgesOf(db, nodeId)
  for (const hostname of hostnames) {
    const routeFor = await routeSpec(db, hostname)
    for (const edge of edges) {
      if (routeFor) await setDesired(db, edge.id, { kind: 'route', id: hostname, desired: 'present', spec: routeFor(edge) })
      else await removeObject(db, edge.id, 'route', hostname)
    }
  }
}

/** In the order in which everybody locks nodes. */
const edgesOf = (db: SystemDb, nodeId?: string): Promise<Edge[]> => db.$queryRaw<Edge[]>`
  SELECT id, mesh_index IS NOT NULL AND facts->'mesh'->'edges' IS NOT DISTINCT FROM 'true' AS meets,
    facts->'mesh'->'wakes' IS NOT DISTINCT FROM 'true' AS wakes FROM node
  WHERE ${nodeId ?? null}::text IS NULL OR id = ${nodeId ?? null} ORDER BY id`

/** The names of an app, and the domains that lead a path to it. */
export const writeRoutesOfApp = async (db: SystemDb, appId: string, nodeId?: string): Promise<void> => {
  const own = await db.hostname.findMany({ where: { appId, releasedAt: null }, select: { hostname: true } })
  const byPath = await db.domain.findMany({ where: { paths: { some: { appId } }, verifiedAt: { not: null } }, select: { hostname: true } })
  await writeRoutes(db, [...new Set([...own, ...byPath].map(({ hostname }) => hostname))].sort(), nodeId)
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
