import fc from 'fast-check'
import { expect, test } from 'vitest'
import { payoutSums } from './payout-sums.ts'

const paid = (amount: bigint, bookedFee = 0n, entityId = 'ent_a') => ({ entityId, brandId: `brand_${entityId}`, amount, bookedFee })

test('payments less fees less refunds', () => {
  expect(payoutSums({ amount: 2_640n, fees: 60n, payments: [paid(2_000n, 40n), paid(1_000n, 20n)], unsettled: 300n, otherFees: 0n }))
    .toEqual({ payments: 3_000n, refunds: 300n, difference: 0n, extraFees: 0n, shares: [{ brandId: 'brand_ent_a', entityId: 'ent_a', amount: 2_640n }] })
})

test('fees that only the payout tells are booked with it', () => {
  expect(payoutSums({ amount: 955n, fees: 45n, payments: [paid(1_000n, 30n)], unsettled: 15n, otherFees: 15n })).toMatchObject({ extraFees: 0n,
    difference: 0n })
  expect(payoutSums({ amount: 970n, fees: 30n, payments: [paid(1_000n)], unsettled: 0n, otherFees: 0n })).toMatchObject({ extraFees: 30n, difference: 0n })
})

test('what no refund explains stays open, in either direction', () => {
  expect(payoutSums({ amount: 900n, fees: 0n, payments: [paid(1_000n)], unsettled: 40n, otherFees: 0n })).toMatchObject({ refunds: 40n, difference: -60n })
  expect(payoutSums({ amount: 1_100n, fees: 0n, payments: [paid(1_000n)], unsettled: 40n, otherFees: 0n })).toMatchObject({ refunds: 0n, difference: 100n })
})

test('sellers get their own; the sum is what arrived, and nobody gets less than nothing', () => {
  const payments = fc.array(fc.record({ amount: fc.bigInt({ min: 1n, max: 10_000n }), bookedFee: fc.bigInt({ min: 0n, max: 500n }), entityId: fc.constantFrom('ent_a', 'ent_b', 'ent_c') })
    .map(({ amount, bookedFee, entityId }) => paid(amount, bookedFee, entityId)))
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 50_000n }), fc.bigInt({ min: 0n, max: 500n }), payments, fc.bigInt({ min: -100n, max: 5_000n }), (amount,
    fees, list, unsettled) => {
    const sums = payoutSums({ amount, fees, payments: list, unsettled, otherFees: 0n })
    expect(sums.payments - fees - sums.refunds + sums.difference).toBe(amount)
    expect(sums.refunds >= 0n && sums.extraFees >= 0n && sums.shares.every((share) => share.amount > 0n)).toBe(true)
    if (list.length > 0) expect(sums.shares.reduce((total, share) => total + share.amount, 0n)).toBe(amount)
  }))
})
