import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { setDesired } from '../nodes/index.ts'

/** Every brand's host names go to the portal on every edge, so that their certificates may be made. */
export const writePortalHosts = async (db: SystemDb, nodeId: string): Promise<void> => {
  for (const { hostname } of await db.brandHost.findMany({ orderBy: { hostname: 'asc' } })) {
    await setDesired(db, nodeId, { kind: 'route', id: hostname, desired: 'present', spec: { host: hostname, target: 'portal' } })
  }
}

/** Node by node: a fleet is not held up while all of it learns of a new brand. */
export const syncPortalHosts = defineJob({
  name: 'routes.sync_portal_hosts',
  payload: z.object({}).loose(),
  run: async () => {
    const { databases } = runtime()
    const nodes = await databases.asSystem('job', (db) => db.node.findMany({ select: { id: true }, orderBy: { id: 'asc' } }))
    for (const { id } of nodes) await databases.asSystem('job', (db) => writePortalHosts(db, id))
  },
})
