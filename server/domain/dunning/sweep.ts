import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { advanceOrganization } from './advance.ts'
import { dueOrganizations, isDue } from './sweep-query.ts'

/** Every organization whose time has come; one that fails does not stop the rest. Steps taken. */
export const advanceDunning = async (now: Date): Promise<number> => {
  let steps = 0
  for (const orgId of await dueOrganizations(now)) {
    try {
      steps += await advanceOrganization(orgId, now)
    } catch (error) {
      log.error({ organization: orgId, error: error instanceof Error ? error.stack : String(error) }, 'dunning of an organization failed')
    }
  }
  return steps
}

/** Something happened that changes what one organization owes or how it may pay. */
export const advanceOne = defineJob({
  name: 'dunning.advance',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ org_id: orgId }) => {
    if (orgId) await advanceOrganization(orgId, runtime().clock.now())
  },
})

/** Money came. What it paid shows in what is owed: of many payments at once the first of these sees all, and the others find nothing to do. */
export const followPayment = defineJob({
  name: 'dunning.follow_payment',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ org_id: orgId }) => {
    const now = runtime().clock.now()
    if (orgId && await isDue(orgId, now)) await advanceOrganization(orgId, now)
  },
})

export const sweepDunning = defineJob({
  name: 'dunning.sweep',
  payload: z.unknown(),
  run: async () => { await advanceDunning(runtime().clock.now()) },
})
