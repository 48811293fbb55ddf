import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { formatMoney } from '../../contract/money.ts'
import { queueMail } from '../mail/index.ts'
import { snapshotOfNote } from './invoices/credit-notes/credit-wire.ts'
import { snapshotIn, type InvoiceRow } from './invoices/invoice-wire.ts'
import { outstandingOf } from './invoices/outstanding.ts'
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

const DAY_MS = 86_400_000
/** Days past due from which each reminder is sent, the latest first. */
const STAGES = [{ stage: 'last', after: 7 }, { stage: 'overdue', after: 1 }, { stage: 'soon', after: -3 }] as const
export type ReminderStage = (typeof STAGES)[number]['stage']

/** Which reminder an open invoice is due for; null before the first. */
export const reminderStage = (dueAt: Date, now: Date): ReminderStage | null => {
  const days = (now.getTime() - dueAt.getTime()) / DAY_MS
  return STAGES.find(({ after }) => days >= after)?.stage ?? null
}

const remind = async (db: SystemDb, invoice: InvoiceRow, stage: ReminderStage): Promise<void> => {
  const { count } = await db.invoice.updateMany({ where: { id: invoice.id, NOT: { reminded: stage } }, data: { reminded: stage } })
  const { buyer, dueOn } = snapshotIn(invoice)
  // A term shorter than the notice: the invoice itself was the news.
  const fresh = stage === 'soon' && invoice.issuedAt && runtime().clock.now().getTime() - invoice.issuedAt.getTime() < 2 * DAY_MS
  if (count === 0 || !buyer.email || fresh) return
  await queueMail(db, {
    brandId: invoice.brandId, to: buyer.email, template: 'invoice-reminder', dedupeKey: `invoice-reminder:${invoice.id}:${stage}`,
    props: { organization: buyer.name, number: invoice.number ?? '', total: formatMoney(outstandingOf(invoice), invoice.currency), due_date: dueOn ?? '', stage, ...(await invoiceLinks(db, invoice)) },
  })
}

const BATCH = 200

/** Open invoices that are about to be due or overdue, one mail per stage. */
export const remindInvoices = defineJob({
  name: 'remind-invoices',
  payload: z.unknown(),
  run: async () => {
    const { databases, clock } = runtime()
    const now = clock.now()
    for (const { stage, after } of STAGES) {
      const dueBefore = new Date(now.getTime() - after * DAY_MS)
      for (let more = true; more;) {
        more = await databases.asSystem('job', async (db) => {
          const later = STAGES.slice(0, STAGES.findIndex((s) => s.stage === stage) + 1).map((s) => s.stage)
          const rows = await db.invoice.findMany({
            where: { state: { in: ['finalised', 'partially_paid'] }, dueAt: { lte: dueBefore }, OR: [{ reminded: null }, { reminded: { notIn: later } }] }, orderBy: { dueAt: 'asc' }, take: BATCH,
          })
          for (const row of rows) await remind(db, row, stage)
          return rows.length === BATCH
        })
      }
    }
  },
})
