import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { setDesired } from '../nodes/index.ts'

/** Every brand's host names go to the portal on every edge, so that their certificates may be made. */
export const syncPortalHosts = defineJob({
  name: 'routes.sync_portal_hosts',
  payload: z.object({}).loose(),
  run: () =>
    runtime().databases.asSystem('job', async (db) => {
      const hosts = await db.brandHost.findMany()
      for (const node of await db.node.findMany({ select: { id: true }, orderBy: { id: 'asc' } })) {
        for (const { hostname } of hosts) {
          await setDesired(db, node.id, { kind: 'route', id: hostname, desired: 'present', spec: { host: hostname, target: 'portal' } })
        }
      }
    }),
})
