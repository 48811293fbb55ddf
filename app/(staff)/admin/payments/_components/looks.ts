import type { StatusLook } from '../../../../_ui/status.tsx'
import type { StaffDispute, StaffPayment, StaffRefund, SuspenseItem } from '../../../../_lib/wire.ts'

export const paymentLook: Record<StaffPayment['state'], StatusLook> = {
  created: { tone: 'info', word: 'Begun', busy: true }, pending: { tone: 'info', word: 'Waits for the payer' }, requires_action: { tone: 'attention', word: 'Payer must confirm' },
  processing: { tone: 'info', word: 'At the bank', busy: true }, failed: { tone: 'bad', word: 'Failed' }, canceled: { tone: 'idle', word: 'Canceled' }, expired: { tone: 'idle', word: 'Expired' },
  succeeded: { tone: 'good', word: 'Paid' }, partially_refunded: { tone: 'attention', word: 'Partly refunded' }, refunded: { tone: 'idle', word: 'Refunded' },
}
export const refundLook: Record<StaffRefund['state'], StatusLook> = {
  requested: { tone: 'info', word: 'Asked for', busy: true }, pending: { tone: 'info', word: 'At the provider', busy: true }, succeeded: { tone: 'good', word: 'Paid back' },
  failed: { tone: 'bad', word: 'Failed' },
}
export const disputeLook: Record<StaffDispute['state'], StatusLook> = {
  needs_response: { tone: 'bad', word: 'Needs an answer' }, under_review: { tone: 'info', word: 'Under review' }, won: { tone: 'good', word: 'Won' }, lost: { tone: 'idle', word: 'Lost' },
}
export const suspenseLook: Record<SuspenseItem['state'], StatusLook> = {
  open: { tone: 'attention', word: 'To decide' }, matched: { tone: 'good', word: 'Matched' }, returning: { tone: 'info', word: 'Going back', busy: true }, returned: { tone: 'idle', word: 'Returned' },
}
export const causeWord: Record<SuspenseItem['cause'], string> = {
  no_match: 'Fits no invoice', currency_mismatch: 'Another currency', customer_mismatch: 'Another payer', invoice_closed: 'Its invoice is settled',
}
