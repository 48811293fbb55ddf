import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { chargeInvoice } from '../payments/index.ts'

/** A try that was planned and claimed; the money is asked for when the step's transaction is over. */
export interface Charge { stepId: string; invoiceId: string }

const record = async (stepId: string, outcome: string, detail: string | null): Promise<void> => {
  await runtime().databases.asSystem('job', (db) => db.dunningStep.updateMany({ where: { id: stepId, outcome: 'started' }, data: { outcome, detail } }))
}

/** Once per step, however often it is called. What became of the money is the payment's own story; a fault must not hold up the other steps. */
export const tryCharge = async ({ stepId, invoiceId }: Charge): Promise<void> => {
  try {
    const { outcome, failureCode } = await chargeInvoice(invoiceId, { reason: 'retry', key: `dunning:${stepId}` })
    await record(stepId, outcome, failureCode)
  } catch (error) {
    log.warn({ invoice: invoiceId, error: error instanceof Error ? error.message : String(error) }, 'trying a saved method again failed')
  }
}

/** Does what a process that died between claim and call left undone. */
export const chargeAgain = defineJob({
  name: 'dunning.charge',
  payload: z.object({ step_id: z.string() }),
  run: async ({ step_id: id }) => {
    const step = await runtime().databases.asSystem('job', (db) => db.dunningStep.findUnique({ where: { id } }))
    if (step?.outcome === 'started' && step.invoiceId) await tryCharge({ stepId: id, invoiceId: step.invoiceId })
  },
})
