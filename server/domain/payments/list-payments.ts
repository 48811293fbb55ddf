import { z } from 'zod'
import { afterCursor, NEWEST_FIRST, toPage } from '../../core/cursor.ts'
import { notFound } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { PageInput, pageOf } from '../../contract/page.ts'
import { Payment, toPayment } from './payment-wire.ts'

export const listPayments = query({
  name: 'payments.list',
  summary: 'Payments of the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({ ...PageInput, invoice_id: z.string().max(60).optional() }),
  output: pageOf(Payment),
  rest: { method: 'GET', path: '/payments', tag: 'Billing' },
  run: async ({ db }, { limit, cursor, invoice_id: invoiceId }) => {
    const rows = await db.paymentAttempt.findMany({
      where: { ...(invoiceId ? { invoiceId } : {}), ...afterCursor(cursor) }, orderBy: NEWEST_FIRST, take: limit + 1,
    })
    return toPage(rows, limit, toPayment)
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
