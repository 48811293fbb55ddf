import { z } from 'zod'
import { KEPT_DAYS, Resolution, STEP_S } from '../../contract/metrics.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { TABLES } from './rules/sums.ts'

const BATCH = 20_000
const DAY_MS = 86_400_000

/** Each step has a time of its own; taken away in portions, so that nobody who writes waits long. */
export const pruneMeasures = defineJob({
  name: 'metrics.prune', payload: z.object({}),
  run: async () => {
    const { clock, databases } = runtime()
    for (const table of Object.keys(TABLES)) {
      for (const step of Resolution.options) {
        const before = new Date(clock.now().getTime() - KEPT_DAYS[step] * DAY_MS)
        const text = `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE step_s = $1 AND at < $2 LIMIT ${BATCH}))`
        for (let gone = BATCH; gone === BATCH;) gone = (await databases.systemPool.query(text, [STEP_S[step], before])).rowCount ?? 0
      }
    }
    // Real time, and of no use when the deployment is over.
    await databases.systemPool.query('DELETE FROM release_traffic WHERE at < $1', [new Date(Date.now() - DAY_MS)])
  },
})
