import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { formatMoney } from '../../contract/money.ts'
import { consoleOrigin, queueMail } from '../mail/index.ts'
import { snapshotIn, type InvoiceRow } from './invoices/invoice-wire.ts'
import { payLink } from './pay-links/pay-link.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

export interface InvoiceLinks { url: string; pdf_url: string }

/** Where the customer sees the invoice, under the host of their own brand. */
export const invoiceLinks = async (db: SystemDb, invoice: Pick<InvoiceRow, 'id' | 'brandId' | 'orgId'>): Promise<InvoiceLinks> => {
  const origin = await consoleOrigin(db, invoice.brandId)
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: invoice.orgId }, select: { slug: true } })
  return { url: `${origin}/${slug}/billing/invoices/${invoice.id}`, pdf_url: `${origin}/v1/invoices/${invoice.id}/pdf?organization_id=${invoice.orgId}` }
}

export const mailInvoice = defineJob({
  name: 'mail-invoice',
  payload: Subject,
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', async (db) => {
      const invoice = await db.invoice.findUniqueOrThrow({ where: { id } })
      const snapshot = snapshotIn(invoice)
      // The buyer gets a document the tax authority must clear when it has: its clearance asks for this mail again.
      const clearance = await db.invoiceClearance.findUnique({ where: { documentId: id } })
      if (!snapshot.buyer.email || clearance?.state === 'pending') return
      await queueMail(db, {
        brandId: invoice.brandId, to: snapshot.buyer.email, template: 'invoice-finalised', dedupeKey: `invoice-finalised:${id}`,
        props: {
          organization: snapshot.buyer.name, number: invoice.number ?? '', period_start: snapshot.periodStart, period_end: snapshot.periodEnd,
          total: formatMoney(invoice.total, invoice.currency), due_date: snapshot.dueOn ?? '', pay_url: (await payLink(db, invoice)).url, ...(await invoiceLinks(db, invoice)),
        },
      })
    })
  },
})
