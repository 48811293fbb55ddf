import { failureWords, isMismatch, methodName, railName } from '../../../../../../server/contract/payment-words.ts'
import type { Money, PaymentMethod, PaymentRow, RefundRow } from '../../../../../_lib/wire.ts'
import type { StatusLook } from '../../../../../_ui/status.tsx'

/** A payment, or below it one of its refunds, as one line. */
export interface HistoryRow {
  key: string
  invoice: { id: string; number: string | null } | null
  what: string
  by: string
  look: StatusLook
  /** Why it failed, or why it went back. */
  reason: string | null
  at: string
  amount: Money
  receipt: string | null
}

const states: Record<PaymentRow['state'], StatusLook> = {
  created: { tone: 'info', word: 'Begun', busy: true },
  pending: { tone: 'info', word: 'Waiting for the payer', busy: true },
  requires_action: { tone: 'attention', word: 'Waits for your bank' },
  processing: { tone: 'info', word: 'On its way', busy: true },
  failed: { tone: 'bad', word: 'Failed' },
  canceled: { tone: 'idle', word: 'Not used' },
  expired: { tone: 'idle', word: 'Expired' },
  succeeded: { tone: 'good', word: 'Received' },
  partially_refunded: { tone: 'good', word: 'Partly refunded' },
  refunded: { tone: 'idle', word: 'Refunded' },
}
export const paymentLook = (state: PaymentRow['state']): StatusLook => states[state]

const refundStates: Record<RefundRow['state'], StatusLook> = {
  requested: { tone: 'info', word: 'On its way back', busy: true },
  pending: { tone: 'info', word: 'On its way back', busy: true },
  succeeded: { tone: 'good', word: 'Paid back' },
  failed: { tone: 'bad', word: 'Did not arrive' },
}

const kinds: Record<PaymentRow['kind'], string> = { checkout: 'Payment', off_session: 'Automatic payment', manual: 'Payment by hand', transfer: 'Transfer' }
const RECEIVED = new Set<PaymentRow['state']>(['succeeded', 'partially_refunded', 'refunded'])

const negative = ({ amount, currency }: Money): Money => ({ amount: -amount, currency })

/** What a failed payment says of itself: our words of its code, never the provider's. */
export const reasonOf = ({ state, failure_code: code, reason: own }: Pick<PaymentRow, 'state' | 'failure_code' | 'reason'>): string | null => {
  if (state !== 'failed' && !(state === 'requires_action' && code !== null)) return null
  const { reason, advice } = failureWords(isMismatch(own) ? own : code)
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}. ${advice}`
}

type NamedMethod = Pick<PaymentMethod, 'id' | 'brand' | 'last4'>

export const historyRows = (payments: readonly PaymentRow[], refunds: readonly RefundRow[], methods: readonly NamedMethod[]): HistoryRow[] => {
  const nameOf = new Map(methods.map((method) => [method.id, methodName(method)]))
  const backOf = Map.groupBy(refunds, (refund) => refund.payment_id)
  return payments.flatMap((payment): HistoryRow[] => {
    const by = nameOf.get(payment.payment_method_id ?? '') ?? railName(payment.provider)
    const own: HistoryRow = {
      key: payment.id, invoice: { id: payment.invoice_id, number: payment.invoice_number },
      what: kinds[payment.kind], by, look: paymentLook(payment.state), reason: reasonOf(payment),
      at: payment.created_at, amount: payment.amount, receipt: RECEIVED.has(payment.state) ? payment.id : null,
    }
    const back = (backOf.get(payment.id) ?? []).map((refund): HistoryRow => ({
      key: refund.id, invoice: null, what: 'Refund', by, look: refundStates[refund.state], reason: refund.reason, at: refund.created_at, amount: negative(refund.amount), receipt: null,
    }))
    return [own, ...back]
  })
}
