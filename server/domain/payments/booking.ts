import type { SystemDb } from '../../core/db.ts'
import { recordEvents, type EventInput } from '../../core/event.ts'
import { toWireAmount } from '../../contract/money.ts'
import { addPaidGrant, bookOnce, outstandingOf, paymentReceived, type InvoiceRow, type PaidGrant, type Posting } from '../billing/index.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import type { PaymentStatus } from './rules/payment-state.ts'

interface AttemptChange {
  id: string; state: PaymentStatus; failure: string | null; failureCode: string | null; providerRef: string | null; paymentRef: string | null
}

/** What is to be written of any number of payments: gathered first, so that many cost as many statements as one. */
export interface Booking {
  attempts: AttemptChange[]
  /** Of which every `mustBeNew` was never booked before. */
  postings: Posting[]
  mustBeNew: string[]
  invoices: Map<string, InvoiceRow>
  grants: PaidGrant[]
  events: EventInput[]
}
export const emptyBooking = (): Booking => ({ attempts: [], postings: [], mustBeNew: [], invoices: new Map(), grants: [], events: [] })

export const eventOf = (attempt: PaymentAttempt, type: string, subject: EventInput['subject'], data: NonNullable<EventInput['data']>): EventInput =>
  ({ orgId: attempt.orgId, type, subject, data, requestId: null, actor: { type: 'provider', provider: attempt.provider } })

interface Received { attempt: PaymentAttempt; invoice: InvoiceRow; now: Date; amount: bigint; /** It was kept in suspense until now. */ suspended?: boolean }

/** What came for an attempt pays its invoice; what is more than that is the customer's credit, and settles the next one first. */
export const addReceived = (booking: Booking, { attempt, invoice, now, amount, suspended = false }: Received): void => {
  const due = outstandingOf(invoice)
  const { brandId, entityId } = invoice
  const { orgId, currency } = attempt
  const shared = attempt.splitFee !== null
  const transaction = paymentReceived({ attemptId: attempt.id, provider: attempt.provider, currency, amount, due, suspended, shared })
  booking.postings.push({ brandId, entityId, orgId, at: now, transaction })
  booking.mustBeNew.push(transaction.businessKey)
  const surplus = amount - (due > 0n ? due : 0n)
  if (surplus > 0n) {
    const reason = `Paid above invoice ${invoice.number ?? invoice.id}`
    booking.grants.push({ orgId, brandId, entityId, currency, amount: surplus, key: `payment:${attempt.id}`, at: now, reason })
  }
  booking.events.push(eventOf(attempt, 'payment.succeeded', { type: 'payment', id: attempt.id },
    { amount: toWireAmount(amount), currency, invoice_id: invoice.id, reason: attempt.reason }))
  if (due > 0n) payInvoiceWith(booking, { attempt, invoice, now }, amount < due ? amount : due)
}

const payInvoiceWith = (booking: Booking, { attempt, invoice, now }: Omit<Received, 'amount'>, amount: bigint): void => {
  const isPaid = amount >= outstandingOf(invoice)
  const amountPaid = invoice.amountPaid + amount
  booking.invoices.set(invoice.id, { ...invoice, amountPaid, ...(isPaid ? { state: 'paid', paidAt: now } : { state: 'partially_paid' }) })
  if (!isPaid) return
  const data = { payment_id: attempt.id, number: invoice.number, kind: invoice.kind }
  booking.events.push(eventOf(attempt, 'invoice.paid', { type: 'invoice', id: invoice.id }, data))
}

const writeAttempts = async (db: SystemDb, changes: readonly AttemptChange[]): Promise<void> => {
  if (changes.length === 0) return
  const rows = changes.map(({ id, state, failure, failureCode, providerRef, paymentRef }) => (
    { id, state, failure, failure_code: failureCode, provider_ref: providerRef, payment_ref: paymentRef }))
  // The first name stays: a rail may call the same payment by its checkout, and later by its charge.
  await db.$executeRaw`
    UPDATE payment_attempt a SET state = c.state, failure = c.failure, failure_code = c.failure_code, provider_ref = coalesce(a.provider_ref, c.provider_ref),
      payment_ref = coalesce(c.payment_ref, a.payment_ref), updated_at = ${new Date()}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c (id text, state text, failure text, failure_code text, provider_ref text, payment_ref text)
    WHERE a.id = c.id`
}

const writeInvoices = async (db: SystemDb, invoices: Iterable<InvoiceRow>): Promise<void> => {
  const rows = [...invoices].map(({ id, amountPaid, state, paidAt }) => ({ id, amount_paid: amountPaid.toString(), state, paid_at: paidAt }))
  if (rows.length === 0) return
  await db.$executeRaw`
    UPDATE invoice i SET amount_paid = c.amount_paid, state = c.state, paid_at = c.paid_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c (id text, amount_paid bigint, state text, paid_at timestamptz) WHERE i.id = c.id`
}

/** The caller holds the locks of every attempt and invoice in it. */
export const writeBooking = async (db: SystemDb, booking: Booking): Promise<void> => {
  await writeAttempts(db, booking.attempts)
  const fresh = await bookOnce(db, booking.postings)
  const again = booking.mustBeNew.find((key) => !fresh.has(key))
  if (again !== undefined) throw new Error(`${again} was booked before it was seen as paid`)
  for (const grant of booking.grants) await addPaidGrant(db, grant)
  await writeInvoices(db, booking.invoices.values())
  await recordEvents(db, booking.events)
}
