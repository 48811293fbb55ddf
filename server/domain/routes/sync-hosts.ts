import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { writePortalHosts } from './sync-portal-hosts.ts'
import { writeRoutes } from './write-routes.ts'

/** A node that joins learns the hosts of the console and the routes of every app that serves. */
export const syncNodeHosts = defineJob({
  name: 'routes.sync_node',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: ({ subject_id: nodeId }) =>
    runtime().databases.asSystem('job', async (db) => {
      await writePortalHosts(db, nodeId)
      const names = await db.hostname.findMany({ where: { releasedAt: null }, select: { hostname: true }, orderBy: { hostname: 'asc' } })
      await writeRoutes(db, names.map(({ hostname }) => hostname), nodeId)
    }),
})

/** A domain was proven, changed or given up. */
export const syncHost = defineJob({
  name: 'routes.sync_host',
  payload: z.strictObject({ hostname: z.string() }),
  run: ({ hostname }) => runtime().databases.asSystem('job', (db) => writeRoutes(db, [hostname])),
})
