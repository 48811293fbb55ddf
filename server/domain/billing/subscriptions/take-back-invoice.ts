import { z } from 'zod'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { voidIssued } from '../invoices/end-invoice.ts'
import { moneyPaid } from '../invoices/lock-invoice.ts'
import { addInvoiceItem } from '../items/add-invoice-item.ts'
import { dueOf } from './due-lines.ts'

const ACTOR = { type: 'job', name: 'take-back-change-invoice' } as const

/** The invoice of a change that was taken back is void; what was paid on it meanwhile counts for the next one. Waits while a payment is under way. */
export const takeBackInvoice = defineJob({
  name: 'take-back-change-invoice', payload: z.object({ change_id: z.string() }),
  run: ({ change_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const now = runtime().clock.now()
    const change = await db.subscriptionChange.findFirst({ where: { id, state: 'cancelled', invoiceId: { not: null } } })
    const invoice = change?.invoiceId ? await db.invoice.findUnique({ where: { id: change.invoiceId } }) : null
    if (!change || !invoice || invoice.state === 'void') return
    if (moneyPaid(invoice) > 0n) {
      const amount = dueOf(change).reduce((sum, line) => sum + BigInt(line.amount), 0n)
      await addInvoiceItem(db, {
        orgId: change.orgId, currency: invoice.currency, kind: 'proration', description: `Invoice ${invoice.number ?? ''} for a change that was taken back`, amount: -amount,
        product: 'plan', key: `change:${id}:returned`,
      })
      return
    }
    await voidIssued(db, invoice.id, now)
    await recordEvent(db, { orgId: change.orgId, type: 'invoice.voided', subject: { type: 'invoice', id: invoice.id }, actor: ACTOR, requestId: null, data: { reason: 'The change was taken back' } })
  }),
})
