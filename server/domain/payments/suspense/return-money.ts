import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { postTransaction, suspenseReturned } from '../../billing/index.ts'
import { PaymentProviderError } from '../ports.ts'
import { provider } from '../registry.ts'

export const finishReturn = async (db: SystemDb, id: string, at: Date): Promise<void> => {
  const { count } = await db.suspenseItem.updateMany({ where: { id, state: 'returning' }, data: { state: 'returned' } })
  if (count === 0) return
  const item = await db.suspenseItem.findUniqueOrThrow({ where: { id } })
  await postTransaction(db, { brandId: item.brandId, entityId: item.entityId || null, orgId: null, at }, suspenseReturned(item))
}

/** Sent back at the provider under the item's id; a refusal puts it on the list again. */
export const returnMoney = defineJob({
  name: 'return-suspense-money',
  payload: z.object({ suspense_id: z.string() }),
  run: async ({ suspense_id: id }) => {
    const item = await runtime().databases.asSystem('job', (db) => db.suspenseItem.findUniqueOrThrow({ where: { id } }))
    if (item.state !== 'returning') return
    const request = { id, payment: { providerRef: item.reference, paymentRef: item.paymentRef }, amount: { minor: item.amount, currency: item.currency } }
    const status = await provider(item.provider).refund(request).then((refund) => refund.status, (error: unknown) => {
      if (!(error instanceof PaymentProviderError) || error.retryable) throw error
      log.warn({ suspense: id, code: error.code, error: error.message }, 'money could not be returned')
      return 'failed' as const
    })
    await runtime().databases.asSystem('job', async (db) => {
      if (status !== 'failed') return finishReturn(db, id, runtime().clock.now())
      await db.suspenseItem.updateMany({ where: { id, state: 'returning' }, data: { state: 'open', note: 'The provider did not send it back. Return it by hand at the provider.' } })
      return undefined
    })
  },
})
