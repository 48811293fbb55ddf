import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { formatMoney } from '../../contract/money.ts'
import { queueMail } from '../mail/index.ts'
import { snapshotOfNote } from './invoices/credit-notes/credit-wire.ts'
import { invoiceLinks } from './mails.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })
const SETTLED: Record<string, string> = { receivable: 'It lowers what is still owed on the invoice.', credit: 'It is credit for your next invoices.', refund: 'It will be paid back to you.' }

export const mailCreditNote = defineJob({
  name: 'mail-credit-note',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const note = await db.creditNote.findUniqueOrThrow({ where: { id }, include: { invoice: true } })
    const { buyer, reference } = snapshotOfNote(note)
    if (!buyer.email) return
    await queueMail(db, {
      brandId: note.brandId, to: buyer.email, template: 'credit-note-issued', dedupeKey: `credit-note-issued:${id}`,
      props: {
        organization: buyer.name, number: note.number, invoice_number: reference?.number ?? '', total: formatMoney(note.total, note.currency), reason: note.reason,
        settlement: SETTLED[note.settlement] ?? '', ...(await invoiceLinks(db, note.invoice)),
      },
    })
  }),
})
