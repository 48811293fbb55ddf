import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { writePortalHosts } from './sync-portal-hosts.ts'
import { writeRoutes, writeRoutesOfApp } from './write-routes.ts'

const Subject = z.object({ subject_id: z.string() }).loose()

/** Under the app's lock, as the engine writes them: what was read before it changed would undo the change. */
const rewrite = async (appIds: readonly string[], nodeId?: string): Promise<void> => {
  for (const appId of appIds) {
    await runtime().databases.asSystem('job', async (db) => {
      await db.$executeRaw`SELECT 1 FROM app WHERE id = ${appId} FOR UPDATE`
      await writeRoutesOfApp(db, appId, nodeId)
    })
  }
}

const select = async (text: string, ...values: unknown[]): Promise<string[]> =>
  (await runtime().databases.systemPool.query<{ id: string }>(text, values)).rows.map(({ id }) => id)

/** A node that joins, or whose edge reaches others from now on, learns the hosts of the console and the routes of every app that serves. */
export const syncNodeHosts = defineJob({
  name: 'routes.sync_node_hosts', payload: Subject,
  run: async ({ subject_id: nodeId }) => {
    await runtime().databases.asSystem('job', (db) => writePortalHosts(db, [nodeId]))
    await rewrite(await select('SELECT DISTINCT app_id AS id FROM hostname WHERE released_at IS NULL ORDER BY app_id'), nodeId)
  },
})

/** A domain was proven, changed or given up. */
export const syncHost = defineJob({
  name: 'routes.sync_host',
  payload: z.strictObject({ hostname: z.string() }),
  run: ({ hostname }) => runtime().databases.asSystem('job', (db) => writeRoutes(db, [hostname])),
})

const SHARED = '(SELECT count(*) FROM node WHERE mesh_index IS NOT NULL AND facts->\'mesh\'->\'edges\' = \'true\') > 1'

/** An instance fell ill or well: its own node knows, the edges of others are told. */
export const syncInstance = defineJob({
  name: 'routes.sync_instance', payload: Subject,
  run: async ({ subject_id: id }) => rewrite(await select(`SELECT app_id AS id FROM instance WHERE id = $1 AND routed AND ended_at IS NULL AND ${SHARED}`, id)),
})

/** A node is heard or not, or can be reached or not: so can what runs there. */
export const syncNodeInstances = defineJob({
  name: 'routes.sync_node', payload: Subject,
  run: async ({ subject_id: id }) =>
    rewrite(await select(`SELECT DISTINCT app_id AS id FROM instance WHERE node_id = $1 AND routed AND ended_at IS NULL AND ${SHARED} ORDER BY app_id`, id)),
})
