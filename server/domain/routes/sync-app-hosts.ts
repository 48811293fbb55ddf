import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { setDesired } from '../nodes/index.ts'

/** A node that joins learns the routes of every app that serves. */
export const syncAppHosts = defineJob({
  name: 'routes.sync_app_hosts',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: ({ subject_id: nodeId }) =>
    runtime().databases.asSystem('job', async (db) => {
      const names = await db.hostname.findMany({
        where: { releasedAt: null }, include: { app: { select: { instances: { where: { routed: true, endedAt: null }, select: { id: true } } } } },
      })
      for (const { hostname, app } of names) {
        const instances = app.instances.map((i) => i.id)
        await setDesired(db, nodeId, { kind: 'route', id: hostname, desired: 'present', spec: { host: hostname, target: { instances } } })
      }
    }),
})
