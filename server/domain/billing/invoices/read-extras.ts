import { z } from 'zod'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { toMoney } from '../../../contract/money.ts'
import { SETTLEMENTS } from '../../../contract/invoice.ts'
import { toInstant } from '../../../contract/time.ts'
import { toClearance } from './credit-notes/credit-wire.ts'
import type { InvoiceExtras, InvoiceRow } from './invoice-wire.ts'

const ActorRow = z.object({ type: z.string(), id: z.string().optional(), operator: z.string().optional() })
const Data = z.object({ reason: z.string().optional(), number: z.string().nullish(), held_for: z.string().optional() })

/** Who did it, in words for the customer: never an id of the operator's people. */
const actorName = (json: unknown): string => {
  const { type, operator } = ActorRow.catch({ type: 'job' }).parse(json)
  if (operator) return operator
  return { job: 'Automatic', provider: 'Payment provider', user: 'A member', service_account: 'A service account' }[type] ?? 'Automatic'
}

export const readInvoiceExtras = async (db: SystemDb | TenantDb, row: InvoiceRow): Promise<z.input<typeof InvoiceExtras>> => {
  const events = await db.event.findMany({ where: { orgId: row.orgId, subjectType: 'invoice', subjectId: row.id }, orderBy: { seq: 'asc' }, take: 100 })
  const notes = await db.creditNote.findMany({ where: { invoiceId: row.id }, orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }] })
  return {
    history: events.map(({ type, at, actor, data }) => {
      const { reason, number, held_for: heldFor } = Data.catch({}).parse(data)
      return { type, at: toInstant(at), actor: actorName(actor), note: reason ?? number ?? heldFor ?? null }
    }),
    credit_notes: notes.map((note) => ({
      id: note.id, number: note.number, total: toMoney(note.total, note.currency), settlement: SETTLEMENTS.find((s) => s === note.settlement) ?? 'receivable', issued_at: toInstant(note.issuedAt),
    })),
    clearance: toClearance(await db.invoiceClearance.findFirst({ where: { documentId: row.id } })),
  }
}
