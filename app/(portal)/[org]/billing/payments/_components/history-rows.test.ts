import { expect, test } from 'vitest'
import type { PaymentRow, RefundRow } from '../../../../../_lib/wire.ts'
import { historyRows, reasonOf } from './history-rows.ts'

const usd = (amount: number) => ({ amount, currency: 'USD' })
const at = '2026-11-21T12:00:00.000Z'
const payment = (over: Partial<PaymentRow> = {}): PaymentRow => ({
  id: 'pay_1', invoice_id: 'inv_1', invoice_number: 'SWG-2026-000001', provider: 'stripe', kind: 'checkout', amount: usd(900), state: 'succeeded', status: 'succeeded', payment_method_id: null, reference: 'cs_1', reason: null,
  failure_code: null, at, created_at: at, updated_at: at, ...over,
})
const refund = (over: Partial<RefundRow> = {}): RefundRow => ({
  id: 'ref_1', organization_id: 'org_1', payment_id: 'pay_1', provider: 'stripe', amount: usd(300), state: 'succeeded', reason: 'Outage', credit_note_id: null, failure: null, created_at: at,
  updated_at: at, ...over,
})

test('a refund stands below its payment, with a sign of its own', () => {
  const rows = historyRows([payment(), payment({ id: 'pay_2' })], [refund(), refund({ id: 'ref_2', payment_id: 'pay_2' })], [])
  expect(rows.map(({ key, what, amount }) => [key, what, amount.amount])).toEqual([
    ['pay_1', 'Payment', 900], ['ref_1', 'Refund', -300], ['pay_2', 'Payment', 900], ['ref_2', 'Refund', -300],
  ])
})

test('a payment says what it was paid with: the card where it is known, else the rail', () => {
  const rows = historyRows([payment({ payment_method_id: 'pm_1', kind: 'off_session' }), payment({ provider: 'mpesa' })], [], [{ id: 'pm_1', brand: 'visa', last4: '4242' }])
  expect(rows.map(({ what, by }) => [what, by])).toEqual([['Automatic payment', 'Visa ending in 4242'], ['Payment', 'M-Pesa']])
})

test('there is a receipt of what arrived only', () => {
  const states = ['succeeded', 'partially_refunded', 'refunded', 'pending', 'failed', 'canceled', 'processing'] as const
  expect(historyRows(states.map((state) => payment({ id: state, state })), [], []).flatMap(({ receipt }) => receipt ?? [])).toEqual(['succeeded', 'partially_refunded', 'refunded'])
})

test('a failure is told in plain words, and nothing else is', () => {
  expect(reasonOf({ state: 'failed', failure_code: 'insufficient_funds', reason: 'nsf' })).toMatch(/^There was not enough money/)
  expect(reasonOf({ state: 'failed', failure_code: 'do_not_honor', reason: null })).toMatch(/^The provider gave no reason/)
  expect(reasonOf({ state: 'succeeded', failure_code: null, reason: null })).toBeNull()
  expect(reasonOf({ state: 'requires_action', failure_code: 'authentication_required', reason: null })).toMatch(/^The bank asks you/)
  expect(reasonOf({ state: 'failed', failure_code: 'unknown', reason: 'currency_mismatch' })).toMatch(/^The money that arrived does not belong/)
})
