import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttemptFacts, PaymentStatus } from './payment-state.ts'
import { PAYMENT_STATUSES, advance, isClosed, isPaid, settle } from './payment-state.ts'

const status = fc.constantFrom(...PAYMENT_STATUSES)
const ATTEMPT: AttemptFacts = { status: 'pending', minor: 1000n, currency: 'USD', refundedMinor: 0n, feeMinor: null }
const PAID = { ...ATTEMPT, status: 'succeeded' as const, feeMinor: 30n }

test('observations in any order and any number end in the same state', () => {
  fc.assert(fc.property(fc.array(status, { minLength: 1 }), fc.array(fc.nat(), { maxLength: 10 }), (seen, picks) => {
    const run = (list: readonly PaymentStatus[]) => list.reduce(advance, 'created' as PaymentStatus)
    const repeated = picks.flatMap((pick) => seen[pick % seen.length] ?? [])
    expect(run([...seen].reverse())).toBe(run(seen))
    expect(run([...seen, ...repeated])).toBe(run(seen))
  }))
})

test('a paid attempt never becomes unpaid, a closed one never opens', () => {
  fc.assert(fc.property(status, status, (current, observed) => {
    const next = advance(current, observed)
    if (isPaid(current)) expect(isPaid(next)).toBe(true)
    if (isClosed(current)) expect(isClosed(next)).toBe(true)
  }))
})

test.each<PaymentStatus>(['failed', 'canceled', 'expired'])('money that arrives after %s counts', (before) => { expect(advance(before, 'succeeded')).toBe('succeeded') })

test('a payment is booked once, with its fee, however often it is seen', () => {
  const first = settle(ATTEMPT, PAID)
  expect(first).toEqual({ status: 'succeeded', refundedMinor: 0n, problem: null, book: { payment: { minor: 1000n, currency: 'USD' }, feeMinor: 30n, refundMinor: null } })
  expect(settle({ ...ATTEMPT, status: 'succeeded', feeMinor: 30n }, PAID).book).toEqual({ payment: null, feeMinor: null, refundMinor: null })
})

test('a fee that becomes known later is booked then', () => {
  expect(settle({ ...ATTEMPT, status: 'succeeded' }, PAID).book).toEqual({ payment: null, feeMinor: 30n, refundMinor: null })
})

test('only the new part of a refund is booked, and an old view takes nothing back', () => {
  const refunded = { ...PAID, status: 'partially_refunded' as const, refundedMinor: 400n }
  expect(settle({ ...PAID, refundedMinor: 100n }, refunded).book.refundMinor).toBe(300n)
  expect(settle(refunded, PAID)).toMatchObject({ status: 'partially_refunded', refundedMinor: 400n, book: { refundMinor: null } })
})

test('another sum is booked as received and reported; another currency is reported only', () => {
  expect(settle(ATTEMPT, { ...PAID, minor: 900n })).toMatchObject({ problem: 'amount_mismatch', book: { payment: { minor: 900n, currency: 'USD' } } })
  expect(settle(ATTEMPT, { ...PAID, currency: 'NGN' })).toMatchObject({ problem: 'currency_mismatch', book: { payment: null } })
  expect(settle(ATTEMPT, { ...ATTEMPT, minor: 1n }).problem).toBeNull()
})

test('every sequence of observations books exactly one payment and exactly what was refunded in the end', () => {
  const observation = fc.record({ status, refunded: fc.bigInt({ min: 0n, max: 1000n }) })
  fc.assert(fc.property(fc.array(observation), (sequence) => {
    let attempt: AttemptFacts = { ...ATTEMPT, status: 'created' }
    let payments = 0
    let refunds = 0n
    for (const { status: seen, refunded } of sequence) {
      const result = settle(attempt, { ...ATTEMPT, status: seen, refundedMinor: refunded })
      payments += result.book.payment === null ? 0 : 1
      refunds += result.book.refundMinor ?? 0n
      attempt = { ...attempt, status: result.status, refundedMinor: result.refundedMinor }
    }
    expect(payments).toBe(sequence.some((entry) => isPaid(entry.status)) ? 1 : 0)
    expect(refunds).toBe(sequence.reduce((most, entry) => (entry.refunded > most ? entry.refunded : most), 0n))
  }))
})
