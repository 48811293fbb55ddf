import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

const KEPT_MS = 7 * 86_400_000

/** Charts reach seven days back; money never reads samples. */
export const pruneMetricSamples = defineJob({
  name: 'metering.prune_samples', payload: z.object({}),
  run: async () => {
    const before = new Date(runtime().clock.now().getTime() - KEPT_MS)
    await runtime().databases.systemPool.query(
      'DELETE FROM metric_sample m USING app a WHERE m.org_id = a.org_id AND m.app_id = a.id AND m.at < $1', [before])
  },
})
