import { z } from 'zod'
import type { SuspenseItem as ItemRow } from '../../../../prisma/generated/client.ts'
import type { UserContext } from '../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { defineList, type ListField } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { Money, toMoney, toWireAmount } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { outstandingOf, postTransaction, suspenseHandedOver, suspenseTakenOver, type InvoiceRow } from '../../billing/index.ts'
import { bookPayment } from '../book-payment.ts'
import { ProviderName } from '../payment-wire.ts'
import { findProvider } from '../registry.ts'
import { finishReturn, returnMoney } from './return-money.ts'
import { SUSPENSE_CAUSES } from './suspend.ts'

const STATES = ['open', 'matched', 'returning', 'returned'] as const
const SuspenseItem = z.object({
  id: z.string(), brand_id: z.string(), entity_id: z.string().nullable(), provider: ProviderName, reference: z.string(), amount: Money,
  payer: z.string(), note: z.string(),
  cause: z.enum(SUSPENSE_CAUSES), state: z.enum(STATES), payment_id: z.string().nullable(), received_at: Instant, decided_at: Instant.nullable(),
  created_at: Instant,
})

const toItem = (row: ItemRow): z.infer<typeof SuspenseItem> => ({
  id: row.id, brand_id: row.brandId, entity_id: row.entityId || null, provider: row.provider, reference: row.reference,
  amount: toMoney(row.amount, row.currency),
  payer: row.payer, note: row.note, cause: SUSPENSE_CAUSES.find((cause) => cause === row.cause) ?? 'no_match', state: STATES.find((state) => state === row.state) ?? 'open',
  payment_id: row.matchedAttemptId, received_at: toInstant(row.receivedAt), decided_at: toInstantOrNull(row.decidedAt), created_at: toInstant(row.createdAt),
})

const list = defineList({
  name: 'admin.suspense', search: ['id', 'reference', 'payer', 'note'],
  fields: {
    state: { kind: 'enum', values: STATES, column: 'state', filter: true, sort: true }, cause: { kind: 'enum', values: SUSPENSE_CAUSES, column: 'cause', filter: true },
    brand_id: { kind: 'text', column: 'brandId', filter: true }, provider: { kind: 'text', column: 'provider', filter: true }, currency: { kind: 'text', column: 'currency', filter: true },
    amount: { kind: 'bigint', column: 'amount', range: true, sort: true }, received_at: { kind: 'time', column: 'receivedAt', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  } satisfies Record<string, ListField>,
})

export const listSuspense = query({
  name: 'admin.suspense',
  summary: 'Money that came and pays nothing we know of, newest first',
  scope: 'staff',
  input: z.strictObject(list.input),
  output: pageOf(SuspenseItem),
  rest: { method: 'GET', path: '/admin/suspense', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.suspenseItem.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toItem)
  },
})

const lockOpen = async ({ db }: UserContext, id: string): Promise<ItemRow> => {
  await db.$queryRaw`SELECT id FROM suspense_item WHERE id = ${id} FOR UPDATE`
  const item = await db.suspenseItem.findUnique({ where: { id } })
  if (!item) throw notFound('suspense item')
  if (item.state !== 'open') throw new DomainError('state_conflict', `This money is ${item.state} already.`)
  return item
}

const payableInvoice = async ({ db }: UserContext, item: ItemRow, id: string): Promise<InvoiceRow> => {
  await db.$queryRaw`SELECT id FROM invoice WHERE id = ${id} FOR UPDATE`
  const invoice = await db.invoice.findFirst({ where: { id, number: { not: null } } })
  if (!invoice) throw ruleViolated('/invoice_id', 'unknown_invoice', 'There is no such invoice.')
  if (invoice.currency !== item.currency) throw ruleViolated('/invoice_id', 'currency_mismatch', `The money is ${item.currency}, the invoice ${invoice.currency}. Return it instead.`)
  if (invoice.brandId !== item.brandId && item.entityId !== '') throw ruleViolated('/invoice_id', 'other_brand', 'The money came to another brand. Return it instead.')
  if (outstandingOf(invoice) <= 0n) throw ruleViolated('/invoice_id', 'nothing_due', 'Nothing is owed on this invoice. Choose another one, or return the money.')
  return invoice
}

/** From nobody's books to this customer's with their seller, each of which balances by itself. */
const moveTo = async ({ db, now }: UserContext, item: ItemRow, invoice: InvoiceRow): Promise<void> => {
  await postTransaction(db, { brandId: item.brandId, entityId: item.entityId || null, orgId: null, at: now }, suspenseHandedOver(item))
  await postTransaction(db, { brandId: invoice.brandId, entityId: invoice.entityId, orgId: invoice.orgId, at: now }, suspenseTakenOver(item))
}

export const matchSuspense = command({
  name: 'admin.match_suspense',
  summary: 'Say whose money it is: it pays that invoice, what is left becomes credit',
  scope: 'staff',
  input: z.strictObject({ suspense_id: z.string().max(60), invoice_id: z.string().max(60), note: z.string().trim().min(3).max(300) }),
  output: SuspenseItem,
  rest: { method: 'POST', path: '/admin/suspense/{suspense_id}/match', tag: 'Billing' },
  run: async (ctx, { suspense_id: id, invoice_id: invoiceId, note }) => {
    const item = await lockOpen(ctx, id)
    const invoice = await payableInvoice(ctx, item, invoiceId)
    const attempt = await ctx.db.paymentAttempt.create({
      data: {
        id: newId('payment'), orgId: invoice.orgId, invoiceId, kind: 'transfer', provider: item.provider, providerRef: `suspense:${id}`, paymentRef: item.paymentRef ?? item.reference,
        amount: item.amount, currency: item.currency, state: 'succeeded', evidence: note, recordedBy: ctx.user.userId,
      },
    })
    await moveTo(ctx, item, invoice)
    await bookPayment({ db: ctx.db, attempt, invoice, now: ctx.now }, item.amount, true)
    const row = await ctx.db.suspenseItem.update({
      where: { id }, data: { state: 'matched', matchedAttemptId: attempt.id, decidedBy: ctx.user.userId, decidedAt: ctx.now, note: join(item.note, note) },
    })
    await ctx.emit('suspense.matched', { type: 'suspense', id }, { payment_id: attempt.id, invoice_id: invoiceId, amount: toWireAmount(item.amount), currency: item.currency })
    return toItem(row)
  },
})

const join = (before: string, added: string): string => [before, added].filter((part) => part !== '').join('. ')

export const returnSuspense = command({
  name: 'admin.return_suspense',
  summary: 'Send money back to its payer: at the provider where it can, else as somebody did and says here',
  scope: 'staff',
  input: z.strictObject({ suspense_id: z.string().max(60), note: z.string().trim().min(3).max(300).describe('Why, and how where it was done by hand') }),
  output: SuspenseItem,
  rest: { method: 'POST', path: '/admin/suspense/{suspense_id}/return', tag: 'Billing' },
  run: async (ctx, { suspense_id: id, note }) => {
    const item = await lockOpen(ctx, id)
    const byRail = (findProvider(item.provider)?.capabilities.refunds ?? 'none') !== 'none'
    await ctx.db.suspenseItem.update({ where: { id }, data: { state: 'returning', decidedBy: ctx.user.userId, decidedAt: ctx.now, note: join(item.note, note) } })
    await ctx.emit('suspense.returned', { type: 'suspense', id }, { amount: toWireAmount(item.amount), currency: item.currency, note })
    if (byRail) await ctx.enqueue(returnMoney, { suspense_id: id })
    else await finishReturn(ctx.db, id, ctx.now)
    return toItem(await ctx.db.suspenseItem.findUniqueOrThrow({ where: { id } }))
  },
})
