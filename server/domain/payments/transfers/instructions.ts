import { findProvider, providersFor } from '../registry.ts'
import { runtime } from '../../../core/runtime.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'

/** Where an invoice's money is to be sent, as its seller set it for the currency; null where it takes no transfers in it. */
export interface TransferTarget { bankName: string; accountName: string; accountNumber: string; bic: string | null; note: string; invoiceNumber: string }

/** Of an attempt: asked by the rail, which knows no invoices. */
export const transferTarget = (attemptId: string): Promise<TransferTarget | null> =>
  runtime().databases.asSystem('job', async (db) => {
    const { invoice } = await db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, include: { invoice: true } })
    const account = await db.transferAccount.findUnique({ where: { entityId_currency: { entityId: invoice.entityId, currency: invoice.currency } } })
    if (!account || invoice.number === null) return null
    const { bankName, accountName, accountNumber, bic, note } = account
    return { bankName, accountName, accountNumber, bic, note, invoiceNumber: invoice.number }
  })

/** Ways to pay an invoice: transfers are one only where the seller said where to. */
export const railsFor = async (db: SystemDb | TenantDb, invoice: { entityId: string; currency: string }): Promise<string[]> => {
  const names = providersFor(invoice.currency)
  const byHand = (name: string): boolean => findProvider(name)?.capabilities.checkout === 'instructions'
  return names.some(byHand) && !await takesTransfers(db, invoice) ? names.filter((name) => !byHand(name)) : names
}

const takesTransfers = async (db: SystemDb | TenantDb, { entityId, currency }: { entityId: string; currency: string }): Promise<boolean> =>
  (await db.transferAccount.count({ where: { entityId, currency } })) > 0
