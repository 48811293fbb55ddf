import { z } from 'zod'
import type { InvoiceClearance as ClearanceRow, LegalEntity } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob, enqueueAll } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { ublOf } from '../documents/ubl.ts'
import type { InvoiceSnapshot } from '../pdf/snapshot.ts'
import { irnOf } from './irn.ts'
import { clearanceProvider, type ClearanceAnswer } from './ports.ts'

export interface ToClear { documentId: string; kind: 'invoice' | 'credit_note'; orgId: string; entity: Pick<LegalEntity, 'clearanceServiceId'>; number: string; issuedOn: string }

/** Documents of sellers whose authority clears them get their reference number and are handed in after the commit. */
export const enqueueClearance = async (db: SystemDb, documents: readonly ToClear[]): Promise<void> => {
  const rows = documents.flatMap(({ documentId, kind, orgId, entity: { clearanceServiceId: service }, number, issuedOn }) => (
    service === null ? [] : [{ documentId, orgId, kind, irn: irnOf(number, service, issuedOn), state: 'pending' }]))
  if (rows.length === 0) return
  await db.invoiceClearance.createMany({ data: rows, skipDuplicates: true })
  await enqueueAll(db, rows.map(({ documentId }) => ({ job: clearDocument, payload: { document_id: documentId } })))
}

interface Pending { row: ClearanceRow; snapshot: InvoiceSnapshot; serviceId: string }

const load = (documentId: string): Promise<Pending | null> => runtime().databases.asSystem('job', async (db) => {
  const row = await db.invoiceClearance.findUnique({ where: { documentId } })
  if (!row || row.state !== 'pending') return null
  const document = row.kind === 'credit_note'
    ? await db.creditNote.findUnique({ where: { id: documentId }, include: { entity: true } })
    : await db.invoice.findUnique({ where: { id: documentId }, include: { entity: true } })
  if (!document) return null
  return { row, snapshot: document.snapshot as unknown as InvoiceSnapshot, serviceId: document.entity.clearanceServiceId ?? '' }
})

const keep = ({ row }: Pending, answer: ClearanceAnswer): Promise<void> => runtime().databases.asSystem('job', async (db) => {
  const { count } = await db.invoiceClearance.updateMany({
    where: { documentId: row.documentId, state: 'pending' },
    data: {
      tries: { increment: 1 }, state: answer.state,
      ...(answer.state === 'cleared' ? { csid: answer.csid, qr: answer.qr, clearedAt: runtime().clock.now() } : {}),
      ...(answer.state === 'rejected' ? { detail: answer.detail.slice(0, 500) } : {}),
    },
  })
  if (count === 0 || answer.state === 'pending') return
  const type = row.kind === 'credit_note' ? `credit_note.clearance_${answer.state}` : `invoice.clearance_${answer.state}`
  await recordEvent(db, {
    orgId: row.orgId, type, subject: { type: row.kind, id: row.documentId }, actor: { type: 'job', name: 'clear-document' }, requestId: null, data: { irn: row.irn },
  })
})

export const clearDocument = defineJob({
  name: 'clear-document',
  payload: z.object({ document_id: z.string() }),
  run: async ({ document_id: id }) => {
    const pending = await load(id)
    const provider = clearanceProvider()
    if (!pending) return
    if (!provider) throw new Error('no tax authority is connected')
    const { snapshot, row, serviceId } = pending
    const answer = await provider.submit({
      irn: row.irn, serviceId, number: snapshot.number, issuedOn: snapshot.issuedOn, kind: row.kind === 'credit_note' ? 'credit_note' : 'invoice', xml: ublOf(snapshot),
    })
    await keep(pending, answer)
    if (answer.state === 'pending') throw new Error(`the tax authority has not cleared ${row.irn} yet`)
  },
})
