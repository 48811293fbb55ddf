import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { setRoutes } from '../nodes/index.ts'

/** Every brand's host names go to the portal on every edge, so that their certificates may be made. */
export const writePortalHosts = async (db: SystemDb, nodeIds: readonly string[]): Promise<void> => {
  const hosts = await db.brandHost.findMany({ select: { hostname: true } })
  await setRoutes(db, hosts.map(({ hostname }) => ({ nodeIds, id: hostname, spec: { host: hostname, target: 'portal' } })))
}

const AT_ONCE = 200

/** A part of the fleet at a time: the rest is not held up meanwhile. */
export const syncPortalHosts = defineJob({
  name: 'routes.sync_portal_hosts',
  payload: z.object({}).loose(),
  run: async () => {
    const { databases } = runtime()
    const nodes = await databases.asSystem('job', (db) => db.node.findMany({ select: { id: true }, orderBy: { id: 'asc' } }))
    for (let at = 0; at < nodes.length; at += AT_ONCE) {
      await databases.asSystem('job', (db) => writePortalHosts(db, nodes.slice(at, at + AT_ONCE).map(({ id }) => id)))
    }
  },
})
