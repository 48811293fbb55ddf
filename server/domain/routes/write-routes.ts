import type { SystemDb } from '../../core/db.ts'
import { removeObject, setDesired } from '../nodes/index.ts'
import { routeSpec } from './spec.ts'

/** How long a name given up stays its owner's: a CNAME left behind must not become a stranger's. */
export const HOLD_MS = 30 * 86_400_000

/** Tells every edge, or one, what is to be served under these names now. */
export const writeRoutes = async (db: SystemDb, hostnames: readonly string[], nodeId?: string): Promise<void> => {
  if (hostnames.length === 0) return
  const nodes = nodeId ? [{ id: nodeId }] : await db.node.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  for (const hostname of hostnames) {
    const spec = await routeSpec(db, hostname)
    for (const { id } of nodes) {
      if (spec) await setDesired(db, id, { kind: 'route', id: hostname, desired: 'present', spec })
      else await removeObject(db, id, 'route', hostname)
    }
  }
}

/** The names of an app, and the domains that lead a path to it. */
export const writeRoutesOfApp = async (db: SystemDb, appId: string): Promise<void> => {
  const own = await db.hostname.findMany({ where: { appId, releasedAt: null }, select: { hostname: true } })
  const byPath = await db.domain.findMany({ where: { paths: { some: { appId } }, verifiedAt: { not: null } }, select: { hostname: true } })
  await writeRoutes(db, [...new Set([...own, ...byPath].map(({ hostname }) => hostname))].sort())
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
