import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { chargeInvoice } from './charge-invoice.ts'
import { openInvoicesOf } from './open-invoices.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

const paysAutomatically = async (orgId: string): Promise<boolean> => {
  const org = await runtime().databases.asSystem('job', (db) => db.organization.findUnique({ where: { id: orgId }, select: { autoPay: true, deletedAt: true } }))
  return org !== null && org.autoPay && org.deletedAt === null
}

/** An invoice was issued. Its first charge; the later ones are planned by whoever reminds. */
export const autoPayInvoice = defineJob({
  name: 'auto-pay-invoice',
  payload: Subject,
  run: async ({ subject_id: invoiceId, org_id: orgId }) => {
    if (!orgId || !(await paysAutomatically(orgId))) return
    const { kind } = await runtime().databases.asSystem('job', (db) => db.invoice.findUniqueOrThrow({ where: { id: invoiceId }, select: { kind: true } }))
    if (kind === 'credit_purchase' || kind === 'pro_forma') return
    await chargeInvoice(invoiceId, { reason: 'auto_pay', key: `auto_pay:${invoiceId}` })
  },
})

/** A new card or account: what is open is charged at once, oldest first; a refusal ends it, the rest would be refused as well. */
export const chargeOpenInvoices = defineJob({
  name: 'charge-open-invoices',
  payload: Subject,
  run: async ({ subject_id: methodId, org_id: orgId }) => {
    if (!orgId || !(await paysAutomatically(orgId))) return
    const invoices = await runtime().databases.asSystem('job', (db) => openInvoicesOf(db, orgId))
    const stored = await runtime().databases.asSystem('job', (db) => db.paymentMethod.findUniqueOrThrow({ where: { id: methodId } }))
    for (const { id } of invoices) {
      const { outcome } = await chargeInvoice(id, { reason: 'new_method', methodId, key: `new_method:${methodId}:${stored.updatedAt.getTime()}:${id}` })
      if (outcome === 'failed' || outcome === 'requires_action') return
    }
  },
})
