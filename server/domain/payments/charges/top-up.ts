import { z } from 'zod'
import { sha256 } from '../../../core/crypto.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { toMoney } from '../../../contract/money.ts'
import { issueCreditPurchase } from '../../billing/index.ts'
import { chargeInvoice } from './charge-invoice.ts'

const ACTOR = { type: 'job', name: 'top-up-wallet' } as const
const OPEN = ['finalised', 'partially_paid']

/** The n-th order of a customer has the same id however often it is begun. */
const orderId = (orgId: string, nth: number): string => `inv_${sha256(`top_up:${orgId}:${nth}`).slice(0, 22)}`

/** What to buy now. An unpaid order ends it: a card that was refused is charged again by a person, not by every invoice. */
const neededOf = (orgId: string) => runtime().databases.asSystem('job', async (db) => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
  const purchases = await db.invoice.findMany({ where: { orgId, kind: 'credit_purchase' }, select: { id: true, state: true } })
  const begun = purchases.find(({ id, state }) => id === orderId(orgId, purchases.length - 1) && OPEN.includes(state))
  if (begun) return { invoiceId: begun.id, amount: null, currency: org.currency }
  if (org.topUpBelow === null || org.topUpAmount === null || org.deletedAt || purchases.some(({ state }) => OPEN.includes(state))) return null
  // Paid, and its credit is about to be there: buying again now would be buying twice.
  const paid = purchases.filter(({ state }) => state === 'paid').map(({ id }) => `credit_purchase:${id}`)
  if (await db.creditGrant.count({ where: { key: { in: paid } } }) < paid.length) return null
  const { _sum } = await db.creditGrant.aggregate({ where: { orgId, currency: org.currency }, _sum: { remaining: true } })
  if ((_sum.remaining ?? 0n) >= org.topUpBelow) return null
  if (await db.paymentMethod.count({ where: { orgId, isDefault: true, state: 'active' } }) === 0) return null
  return { invoiceId: orderId(orgId, purchases.length), amount: org.topUpAmount, currency: org.currency }
})

/** Credit runs low: its order, the order's invoice, the charge. Each is found again by its id, so a crash in between buys nothing twice. */
export const topUpWallet = defineJob({
  name: 'top-up-wallet',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ org_id: orgId }) => {
    const order = orgId ? await neededOf(orgId) : null
    if (!orgId || !order) return
    const { invoiceId, amount, currency } = order
    if (amount !== null) await issueCreditPurchase({ invoice_id: invoiceId, amount: toMoney(amount, currency), organization_id: orgId }, ACTOR)
    await chargeInvoice(invoiceId, { reason: 'top_up', key: `top_up:${invoiceId}` })
  },
})
