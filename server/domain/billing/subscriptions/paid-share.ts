import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { couponsFor } from '../coupons/coupons-for.ts'
import { snapshotIn } from '../invoices/invoice-wire.ts'
import { discounts } from '../rules/totals.ts'
import { fraction, ONE, type Rational } from '../rules/rational.ts'
import type { SubscriptionState } from './state.ts'

const shareLeft = (amount: bigint, discount: bigint): Rational => (amount <= 0n ? ONE : fraction(discount > amount ? 0n : amount - discount, amount))

/** What the invoice took off this line of it. */
const billedShare = async (db: SystemDb | TenantDb, invoiceId: string, itemId: string): Promise<Rational> => {
  const invoice = await db.invoice.findUnique({ where: { id: invoiceId } })
  if (!invoice) return ONE
  const { lines, sources } = snapshotIn(invoice)
  const line = lines[sources.indexOf(`item:${itemId}`)]
  return line ? shareLeft(BigInt(line.amount), BigInt(line.discount ?? 0)) : ONE
}

/**
 * Of its price, how much the running period paid in advance was or will be charged at. Otherwise a coupon could be turned into credit:
 * begin a dear plan at a discount, leave it, and be given back its whole price.
 */
export const paidShare = async (db: SystemDb | TenantDb, { row }: SubscriptionState, now: Date): Promise<Rational> => {
  const { orgId, planKey, currency } = row
  const charged = await db.invoiceItem.findFirst({
    where: { orgId, kind: { in: ['recurring', 'proration'] }, amount: { gt: 0 }, periodTo: row.periodTo }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  if (!charged) return ONE
  if (charged.invoiceId) return billedShare(db, charged.invoiceId, charged.id)
  const coupons = (await couponsFor(db, [orgId], now))(orgId, { planKey, currency })
  return shareLeft(charged.amount, discounts([charged.amount], coupons, currency)[0] ?? 0n)
}
