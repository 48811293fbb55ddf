import { z } from 'zod'
import { subscribe } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { writeNodePolicy } from './node-policy.ts'

/** Tells every node with instances of the organization what its network shall be now. The same again changes nothing. */
export const syncNetworks = defineJob({
  name: 'networks.sync',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: subjectId, org_id: given }) => {
    const orgId = given ?? (subjectId.startsWith('org_') ? subjectId : null)
    if (!orgId) return
    const { databases } = runtime()
    const where = { orgId, endedAt: null }
    const nodes = await databases.asSystem('job', (db) => db.instance.findMany({ where, distinct: ['nodeId'], select: { nodeId: true }, orderBy: { nodeId: 'asc' } }))
    for (const { nodeId } of nodes) await databases.asSystem('job', (db) => writeNodePolicy(db, nodeId))
  },
})

/** What may change where instances go, or how fast. */
export const subscribeNetworks = (): void => {
  for (const type of ['app.network_changed', 'organization.quotas_changed', 'subscription.changed', 'subscription.migrated']) subscribe(type, syncNetworks)
}
