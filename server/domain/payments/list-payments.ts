import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { pageOf } from '../../contract/page.ts'
import { Payment, PROVIDERS, toPayment } from './payment-wire.ts'
import { PAYMENT_STATUSES } from './rules/payment-state.ts'

const list = defineList({
  name: 'payments',
  fields: {
    invoice_id: { kind: 'text', column: 'invoiceId', filter: true },
    state: { kind: 'enum', values: PAYMENT_STATUSES, column: 'state', filter: true, sort: true },
    provider: { kind: 'enum', values: PROVIDERS, column: 'provider', filter: true, sort: true },
    currency: { kind: 'text', column: 'currency', filter: true },
    amount: { kind: 'bigint', column: 'amount', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
})

export const listPayments = query({
  name: 'payments.list',
  summary: 'Payments of the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(list.input),
  output: pageOf(Payment),
  rest: { method: 'GET', path: '/payments', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.paymentAttempt.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toPayment)
  },
})

export const getPayment = query({
  name: 'payments.get',
  summary: 'One payment',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({ payment_id: z.string().max(60) }),
  output: Payment,
  rest: { method: 'GET', path: '/payments/{payment_id}', tag: 'Billing' },
  run: async ({ db }, { payment_id: id }) => {
    const row = await db.paymentAttempt.findFirst({ where: { id } })
    if (!row) throw notFound('payment')
    return toPayment(row)
  },
})
