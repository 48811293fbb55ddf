import { z } from 'zod'
import type { Actor } from '../../../core/context.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import type { SystemDb } from '../../../core/db.ts'
import { ruleViolated } from '../../../core/error.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { defineJob } from '../../../core/job.ts'
import { call, command } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { CurrencyCode, DecimalString, minorToDecimal, Money, toMoney, toWireAmount } from '../../../contract/money.ts'
import { issueInvoices } from '../invoices/issue-invoices.ts'
import { loadBuyers } from '../invoices/load-buyers.ts'
import { composeSale } from '../invoices/sale.ts'
import { postTransaction } from '../ledger/post-transaction.ts'
import { daysAfter } from '../subscription.ts'
import { creditPurchased } from '../rules/ledger.ts'
import { localDateOf } from '../rules/period.ts'
import { exactAmount } from './exact-amount.ts'
import { addPaidGrant } from './grants.ts'

const Input = z.strictObject({
  amount: DecimalString.describe('Major units'), currency: CurrencyCode.optional().describe('Must be the organization\'s own'),
})
const Ordered = z.object({ invoice_id: z.string(), amount: Money, organization_id: z.string() })

/** The order itself: its invoice's id is decided here, so that the same request again is the same invoice. */
const orderCredits = command({
  name: 'credits.order',
  summary: 'Order credit; its invoice follows',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: Ordered,
  run: async (ctx, { amount, currency }) => {
    const org = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { currency: true } })
    if (currency && currency !== org.currency) throw ruleViolated('/currency', 'currency_mismatch', `You are billed in ${org.currency}. Leave the currency out or write ${org.currency}.`)
    const minor = exactAmount('/amount', amount, org.currency)
    const id = newId('invoice')
    await ctx.emit('credit.purchase_started', { type: 'invoice', id }, { amount: toWireAmount(minor), currency: org.currency })
    return { invoice_id: id, amount: toMoney(minor, org.currency), organization_id: ctx.orgId }
  },
})

/** Tax is due when credit is spent, on what it is spent on: nobody knows before what that will be. */
const UNTAXED = { pending: false, category: 'O', rate: '0', name: 'VAT', inclusive: false, wording: 'Prepaid credit: tax is charged on the invoices it pays for.' } as const

/** Issues the invoice of an order once. It takes no coupon, and credit cannot pay for credit. */
export const issueCreditPurchase = (order: z.infer<typeof Ordered>, actor: Actor): Promise<void> => runtime().databases.asSystem('job', async (db) => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`credit_purchase:${order.invoice_id}`}, 0))`
  if (await db.invoice.findUnique({ where: { id: order.invoice_id }, select: { id: true } })) return
  const { amount: { amount, currency }, organization_id: orgId } = order
  const buyer = (await loadBuyers(db, [orgId]))(orgId)
  const now = runtime().clock.now()
  const start = localDateOf(now, buyer.org.timezone)
  const period = { start, end: daysAfter(start, 1) }
  const sale = composeSale([{
    kind: 'credit_purchase', source: 'credit', description: 'Prepaid credit', quantity: '1', unit: 'credit', unitAmount: minorToDecimal(BigInt(amount), currency), amount: BigInt(amount),
    product: 'prepaid_credit', periodStart: period.start, periodEnd: period.end,
  }], { currency, coupons: [], grants: [], now, taxOf: () => UNTAXED })
  if (sale.held) throw new Error('the tax of prepaid credit is never unknown')
  await issueInvoices(db, [{ id: order.invoice_id, kind: 'credit_purchase', buyer, sale, period, periodStart: now, periodEnd: now, price: null, itemIds: [], issuedAt: now }], actor)
})

/** Order first, then its invoice: an order that lost its answer is completed by the same request again, under its Idempotency-Key. */
export const purchaseCredits: CompositeOperation<typeof Input, typeof Ordered> = {
  kind: 'composite',
  keepsAnswer: true,
  name: 'credits.purchase',
  summary: 'Buy credit: answers with the invoice to pay; the credit is there when it is paid',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: Ordered,
  rest: { method: 'POST', path: '/billing/credits/purchase', status: 201, tag: 'Credits', keyed: true },
  handle: async (meta, raw) => {
    const order = await call(orderCredits, meta, raw)
    await issueCreditPurchase(order, meta.actor)
    return order
  },
}

const JOB_ACTOR = { type: 'job', name: 'grant-purchased-credit' } as const

const grantPurchased = async (db: SystemDb, invoiceId: string): Promise<void> => {
  const invoice = await db.invoice.findUnique({ where: { id: invoiceId } })
  if (invoice?.kind !== 'credit_purchase' || invoice.state !== 'paid') return
  const { orgId, brandId, entityId, currency, total: amount } = invoice
  const at = invoice.paidAt ?? runtime().clock.now()
  if (!(await addPaidGrant(db, { orgId, brandId, entityId, currency, amount, key: `credit_purchase:${invoiceId}`, at, reason: `Bought on invoice ${invoice.number ?? ''}` }))) return
  await postTransaction(db, { brandId, entityId, orgId, at }, creditPurchased({ invoiceId, currency, amount }))
  await recordEvent(db, {
    orgId, type: 'credit.purchased', subject: { type: 'invoice', id: invoiceId }, actor: JOB_ACTOR, requestId: null, data: { amount: toWireAmount(amount), currency },
  })
}

/** However often it runs: the grant's key lets it through once. */
export const grantPurchasedCredit = defineJob({
  name: 'grant-purchased-credit',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: id }) => { await runtime().databases.asSystem('job', (db) => grantPurchased(db, id)) },
})
