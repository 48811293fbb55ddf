import { z } from 'zod'
import type { SystemDb, TenantDb } from '../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { formatMoney } from '../../contract/money.ts'
import { outstandingOf, type InvoiceRow } from '../billing/index.ts'
import { ProviderName, type PaymentAttempt } from './payment-wire.ts'
import type { PaymentProvider } from './ports.ts'
import { findProvider } from './registry.ts'
import { OPEN_STATUSES } from './rules/payment-state.ts'

/** How somebody wants to pay. */
export const WayToPay = {
  provider: ProviderName,
  save_method: z.boolean().optional().describe('Keep the card or account for later payments'),
  phone: z.string().trim().max(40).optional().describe('For providers that ask on the phone: `0712345678` or `+254712345678`'),
}
export interface WantedPayment {
  invoiceId: string; provider: string; saveMethod: boolean; phone: string | null
  /** Null: back to the invoice's own page. */
  returnUrl: string | null
}

/** One at a time per invoice, from here to the end of the transaction: whoever begins a payment sees every other that was begun. */
export const lockPaying = async (db: SystemDb | TenantDb, invoiceId: string): Promise<void> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`pay:${invoiceId}`}, 0))`
}

/** The row exists before the provider is asked; its id is the key of that call. An open attempt for the same sum is used again. */
export const prepareAttempt = async (db: SystemDb | TenantDb, wanted: WantedPayment): Promise<{ attempt: PaymentAttempt; fresh: boolean }> => {
  const { invoiceId, provider, saveMethod, returnUrl } = wanted
  await lockPaying(db, invoiceId)
  // Before the invoice: what is settled in between is then open here, or paid there.
  const open = await (db).paymentAttempt.findMany({ where: { invoiceId, state: { in: [...OPEN_STATUSES] } } })
  const invoice = await (db).invoice.findFirst({ where: { id: invoiceId, number: { not: null } } })
  if (!invoice) throw notFound('invoice')
  const rail = assertAccepted(wanted, payable(invoice), invoice.currency)
  const amount = askedBy(rail, payable(invoice), invoice.currency)
  const phone = phoneFor(rail, wanted.phone)
  if (open.some(isUnderWay)) {
    throw new DomainError('state_conflict', 'A payment of this invoice is under way at the bank. Wait for its result before you pay again.')
  }
  const same = open.find((row) => row.kind === 'checkout' && row.state !== 'requires_action' && row.provider === provider && row.amount === amount
    && row.saveMethod === saveMethod && row.phone === phone && row.returnUrl === returnUrl)
  if (same) return { attempt: same, fresh: false }
  const attempt = await (db).paymentAttempt.create({
    data: { id: newId('payment'), orgId: invoice.orgId, invoiceId, provider, amount, currency: invoice.currency, state: 'created', saveMethod, phone, returnUrl, reason: 'customer' },
  })
  return { attempt, fresh: true }
}

/** At the bank already, or being charged while nobody is there: a second one could take the money twice. */
export const isUnderWay = (row: Pick<PaymentAttempt, 'state' | 'kind'>): boolean =>
  row.state === 'processing' || (row.kind === 'off_session' && row.state !== 'requires_action')

export const payable = (invoice: InvoiceRow): bigint => {
  if (invoice.state === 'paid') throw new DomainError('state_conflict', 'This invoice is paid already.')
  if (invoice.state !== 'finalised' && invoice.state !== 'partially_paid') throw new DomainError('state_conflict', `This invoice is ${invoice.state}: there is nothing to pay.`)
  return outstandingOf(invoice)
}

/** Some rails move whole units only: what is above the invoice becomes the customer's credit. */
const askedBy = ({ capabilities: { steps } }: PaymentProvider, amount: bigint, currency: string): bigint => {
  const step = steps?.[currency] ?? 1n
  return (amount + step - 1n) / step * step
}

const phoneFor = (rail: PaymentProvider, text: string | null): string | null => {
  if (rail.capabilities.checkout !== 'push') return null
  if (text === null || text === '') throw ruleViolated('/phone', 'required', `${rail.label} asks on the phone: give its number.`)
  const phone = rail.readPhone ? rail.readPhone(text) : text
  if (phone === null) throw ruleViolated('/phone', 'malformed', `${rail.label} cannot ask on this number. Write a mobile number as 0712 345 678 or +254 712 345 678.`)
  return phone
}

const assertAccepted = ({ provider, saveMethod }: WantedPayment, amount: bigint, currency: string): PaymentProvider => {
  const rail = findProvider(provider)
  if (!rail) throw ruleViolated('/provider', 'not_available', `Payments by ${provider} are not set up here.`)
  if (rail.capabilities.currencies && !rail.capabilities.currencies.includes(currency)) throw ruleViolated('/provider', 'currency_unsupported', `${rail.label} does not take ${currency}.`)
  if (amount < leastOf(rail, currency)) throw ruleViolated('/provider', 'amount_too_small', `${rail.label} takes no less than ${formatMoney(leastOf(rail, currency), currency)}.`)
  if (saveMethod && !rail.capabilities.savesMethods) throw ruleViolated('/save_method', 'not_supported', `${rail.label} cannot keep a card or account. Leave this out.`)
  return rail
}

export const leastOf = (rail: PaymentProvider, currency: string): bigint => rail.capabilities.minimums[currency] ?? 0n
