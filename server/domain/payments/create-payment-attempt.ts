import { z } from 'zod'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { formatMoney } from '../../contract/money.ts'
import { outstandingOf, type InvoiceRow } from '../billing/index.ts'
import { ProviderName } from './payment-wire.ts'
import { findProvider } from './registry.ts'

const OPEN = ['created', 'pending']

/** The row exists before the provider is asked; its id is the key of that call. An open attempt for the same sum is used again. */
export const createPaymentAttempt = command({
  name: 'payments.create_attempt',
  summary: 'Record the intention to pay an invoice',
  scope: 'org',
  permission: 'billing:pay',
  quiet: 'a reused attempt is no news; a new one tells by payment.started',
  input: z.strictObject({ invoice_id: z.string().max(60), provider: ProviderName }),
  output: z.object({ payment_id: z.string() }),
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`pay:${input.invoice_id}`}, 0))`
    const invoice = await ctx.db.invoice.findFirst({ where: { id: input.invoice_id, number: { not: null } } })
    if (!invoice) throw notFound('invoice')
    const amount = payable(invoice)
    assertAccepted(input.provider, amount, invoice.currency)
    const open = await ctx.db.paymentAttempt.findMany({ where: { invoiceId: invoice.id, state: { in: [...OPEN, 'processing'] } } })
    if (open.some((attempt) => attempt.state === 'processing')) {
      throw new DomainError('state_conflict', 'A payment of this invoice is under way at the bank. Wait for its result before you pay again.')
    }
    const same = open.find((attempt) => attempt.provider === input.provider && attempt.amount === amount)
    if (same) return { payment_id: same.id }
    const id = newId('payment')
    await ctx.db.paymentAttempt.create({
      data: { id, orgId: ctx.orgId, invoiceId: invoice.id, provider: input.provider, amount, currency: invoice.currency, state: 'created' },
    })
    await ctx.emit('payment.started', { type: 'payment', id }, { invoice_id: invoice.id, provider: input.provider })
    return { payment_id: id }
  },
})

const payable = (invoice: InvoiceRow): bigint => {
  if (invoice.state === 'paid') throw new DomainError('state_conflict', 'This invoice is paid already.')
  if (invoice.state !== 'finalised' && invoice.state !== 'partially_paid') throw new DomainError('state_conflict', `This invoice is ${invoice.state}: there is nothing to pay.`)
  return outstandingOf(invoice)
}

const assertAccepted = (name: string, amount: bigint, currency: string): void => {
  const rail = findProvider(name)
  if (!rail) throw ruleViolated('/provider', 'not_available', `Payments by ${name} are not set up here.`)
  const { currencies, minimums } = rail.capabilities
  if (currencies && !currencies.includes(currency)) throw ruleViolated('/provider', 'currency_unsupported', `${name} does not take ${currency}.`)
  const minimum = minimums[currency]
  if (minimum !== undefined && amount < minimum) {
    throw ruleViolated('/provider', 'amount_too_small', `${name} takes no less than ${formatMoney(minimum, currency)}.`)
  }
}
