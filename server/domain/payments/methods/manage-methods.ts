import { z } from 'zod'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { defineJob } from '../../../core/job.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { pageOf } from '../../../contract/page.ts'
import { PaymentProviderError } from '../ports.ts'
import { findProvider } from '../registry.ts'
import { PaymentMethod, toMethod } from './method-wire.ts'
import { makeDefault } from './store-method.ts'

const list = defineList({
  name: 'payment_methods',
  fields: { provider: { kind: 'text', column: 'provider', filter: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true } },
})
const MethodId = z.strictObject({ payment_method_id: z.string().max(60) })

export const listMethods = query({
  name: 'payment_methods.list',
  summary: 'Stored cards and accounts, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(list.input),
  output: pageOf(PaymentMethod),
  rest: { method: 'GET', path: '/payment-methods', tag: 'Payment methods' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.paymentMethod.findMany({ where: { AND: [page.where, { state: { not: 'detached' } }] }, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => toMethod(row, ctx.now))
  },
})

export const setDefaultMethod = command({
  name: 'payment_methods.set_default',
  summary: 'Charge this method when invoices are paid automatically',
  scope: 'org',
  permission: 'billing:pay',
  input: MethodId,
  output: PaymentMethod,
  rest: { method: 'POST', path: '/payment-methods/{payment_method_id}/default', tag: 'Payment methods' },
  run: async (ctx, { payment_method_id: id }) => {
    await ctx.db.$queryRaw`SELECT id FROM organization WHERE id = ${ctx.orgId} FOR UPDATE`
    const row = await ctx.db.paymentMethod.findFirst({ where: { id, state: { not: 'detached' } } })
    if (!row) throw notFound('payment method')
    if (!row.reusable) throw ruleViolated('/payment_method_id', 'not_reusable', 'This one cannot be charged while you are away. Choose another one.')
    await makeDefault(ctx.db, ctx.orgId, id)
    await ctx.emit('payment_method.default_changed', { type: 'payment_method', id })
    return toMethod({ ...row, isDefault: true }, ctx.now)
  },
})

/** Tells the provider to forget it. It is not charged here any more, whatever the provider answers. */
export const detachMethod = defineJob({
  name: 'detach-payment-method',
  payload: z.object({ payment_method_id: z.string() }),
  run: async ({ payment_method_id: id }) => {
    const method = await runtime().databases.asSystem('job', (db) => db.paymentMethod.findUniqueOrThrow({ where: { id } }))
    const rail = findProvider(method.provider)
    if (method.state !== 'detached' || !rail?.detachMethod) return
    try {
      await rail.detachMethod({ providerMethodRef: method.providerMethodRef, customerRef: method.customerRef, email: method.email })
    } catch (error) {
      if (!(error instanceof PaymentProviderError) || error.retryable) throw error
    }
  },
})

export const removeMethod = command({
  name: 'payment_methods.remove',
  summary: 'Remove a stored method; it is not charged again',
  scope: 'org',
  permission: 'billing:pay',
  input: MethodId,
  output: z.object({}),
  rest: { method: 'DELETE', path: '/payment-methods/{payment_method_id}', status: 204, tag: 'Payment methods' },
  run: async (ctx, { payment_method_id: id }) => {
    await ctx.db.$queryRaw`SELECT id FROM organization WHERE id = ${ctx.orgId} FOR UPDATE`
    const row = await ctx.db.paymentMethod.findFirst({ where: { id, state: { not: 'detached' } } })
    if (!row) throw notFound('payment method')
    await ctx.db.paymentMethod.updateMany({ where: { id }, data: { state: 'detached', isDefault: false } })
    const next = row.isDefault ? await ctx.db.paymentMethod.findFirst({ where: { state: 'active', reusable: true }, orderBy: { createdAt: 'desc' } }) : null
    if (next) await makeDefault(ctx.db, ctx.orgId, next.id)
    await ctx.enqueue(detachMethod, { payment_method_id: id })
    await ctx.emit('payment_method.removed', { type: 'payment_method', id }, { last4: row.last4 })
    return {}
  },
})
