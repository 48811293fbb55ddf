import { z } from 'zod'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { vatChecker } from './ports.ts'
import { vatParts } from './tax-id.ts'

const ACTOR = { type: 'job', name: 'check-vat' } as const

/** Asks the register about a number that waits for it. Until there is an answer the job is tried again, and invoices wait. */
export const checkVat = defineJob({
  name: 'check-vat',
  payload: z.object({ org_id: z.string(), tax_id: z.string() }),
  maxAttempts: 100,
  run: async ({ org_id: orgId, tax_id: taxId }) => {
    const { databases, clock } = runtime()
    const waits = await databases.asSystem('job', (db) => db.orgTaxProfile.count({ where: { orgId, taxId, vatStatus: 'pending' } }))
    if (waits === 0) return
    const { country, number } = vatParts(taxId)
    const { valid, reference } = await vatChecker().check(country, number)
    await databases.asSystem('job', async (db) => {
      const vatStatus = valid ? 'valid' : 'invalid'
      const { count } = await db.orgTaxProfile.updateMany({ where: { orgId, taxId, vatStatus: 'pending' }, data: { vatStatus, vatReference: reference, vatCheckedAt: clock.now() } })
      if (count > 0) await recordEvent(db, { orgId, type: 'tax_profile.checked', subject: { type: 'organization', id: orgId }, actor: ACTOR, requestId: null, data: { vat_status: vatStatus } })
    })
  },
})
