import { z } from 'zod'
import { defineJob, enqueue } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { wakeUpgrades } from '../nodes/index.ts'
import { advanceApp } from './advance-app.ts'
import { advanceDrain } from './drains/advance-drain.ts'

/** Each minute: whatever event was lost, running drains and apps with an unfinished deployment or a wrong number of instances are looked at again. */
export const sweepApps = defineJob({
  name: 'deployments.sweep',
  payload: z.object({}).loose(),
  run: () =>
    runtime().databases.asSystem('job', async (db) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT a.id FROM app a WHERE EXISTS (SELECT 1 FROM instance i WHERE i.app_id = a.id AND i.ended_at IS NULL AND i.desired = 'running'
            AND (i.leaving IS NOT NULL OR i.node_lost))
          OR EXISTS (SELECT 1 FROM deployment d WHERE d.app_id = a.id AND d.state IN ('queued', 'running'))
          OR a.standby_until < now()
        OR (SELECT count(*) FROM instance i WHERE i.app_id = a.id AND i.ended_at IS NULL AND i.desired = 'running'
              AND (i.routed OR i.release_id IS DISTINCT FROM a.standby_release_id))
           <> (CASE WHEN a.desired = 'running' AND a.current_release_id IS NOT NULL THEN a.replicas ELSE 0 END)`
      for (const { id } of rows) await enqueue(db, advanceApp, { subject_id: id, org_id: null }, { key: `sweep:${id}` })
      const drains = await db.nodeDrain.findMany({ where: { state: 'running' }, select: { id: true } })
      await wakeUpgrades(db)
      for (const { id } of drains) await enqueue(db, advanceDrain, { drain_id: id }, { key: `drain-node:${id}` })
    }),
})
