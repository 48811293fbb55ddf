import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { defineList, type ListField } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { Money, toMoney } from '../../contract/money.ts'
import { pageOf } from '../../contract/page.ts'
import { namedLike, organizationNames } from '../billing/index.ts'
import { Payment, PAYMENT_KINDS, toPayment } from './payment-wire.ts'
import { refundedSums } from './refunds/book-refund.ts'
import { PAYMENT_STATUSES } from './rules/payment-state.ts'

const fields = {
  invoice_id: { kind: 'text', column: 'invoiceId', filter: true },
  state: { kind: 'enum', values: PAYMENT_STATUSES, column: 'state', filter: true, sort: true },
  kind: { kind: 'enum', values: PAYMENT_KINDS, column: 'kind', filter: true },
  provider: { kind: 'text', column: 'provider', filter: true, sort: true },
  currency: { kind: 'text', column: 'currency', filter: true },
  failure_code: { kind: 'text', column: 'failureCode', filter: true },
  amount: { kind: 'bigint', column: 'amount', range: true, sort: true },
  created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
} as const satisfies Record<string, ListField>

const own = defineList({ name: 'payments', fields })
const all = defineList({
  name: 'admin.payments', search: ['id', 'invoiceId', 'invoice.number', 'orgId', 'providerRef', 'paymentRef'],
  fields: { ...fields, brand_id: { kind: 'text', column: 'brandId', filter: true }, organization_id: { kind: 'text', column: 'orgId', filter: true } },
})

const OwnPayment = Payment.extend({ invoice_number: z.string().nullable() })
const include = { invoice: { select: { number: true } } } as const

export const listPayments = query({
  name: 'payments.list',
  summary: 'Payments of the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(own.input),
  output: pageOf(OwnPayment),
  rest: { method: 'GET', path: '/payments', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = own.page(ctx, input)
    const rows = await ctx.db.paymentAttempt.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include })
    return page.of(rows, (row) => ({ ...toPayment(row), invoice_number: row.invoice.number }))
  },
})

const AnyPayment = OwnPayment.extend({
  organization_id: z.string(), organization_name: z.string(), evidence: z.string().nullable(), refunded: Money.describe('Went back, or is on its way back'),
})

export const listAllPayments = query({
  name: 'admin.payments',
  summary: 'Payments of every organization, newest first',
  scope: 'staff',
  input: z.strictObject(all.input),
  output: pageOf(AnyPayment),
  rest: { method: 'GET', path: '/admin/payments', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input, await namedLike(ctx.db, input.filter?.q))
    const rows = await ctx.db.paymentAttempt.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include })
    const nameOf = await organizationNames(ctx.db, rows)
    const refunded = await refundedSums(ctx.db, rows.map(({ id }) => id))
    return page.of(rows, (row) => ({
      ...toPayment(row), organization_id: row.orgId, organization_name: nameOf(row.orgId), invoice_number: row.invoice.number, evidence: row.evidence,
      refunded: toMoney(refunded.get(row.id) ?? 0n, row.currency),
    }))
  },
})

export const getPayment = query({
  name: 'payments.get',
  summary: 'One payment',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({ payment_id: z.string().max(60) }),
  output: OwnPayment,
  rest: { method: 'GET', path: '/payments/{payment_id}', tag: 'Billing' },
  run: async ({ db }, { payment_id: id }) => {
    const row = await db.paymentAttempt.findFirst({ where: { id }, include })
    if (!row) throw notFound('payment')
    return { ...toPayment(row), invoice_number: row.invoice.number }
  },
})
