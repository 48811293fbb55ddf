import { expect, test } from 'vitest'
import { fromStripeAmount, toStripeAmount } from './amount.ts'

test.each([[1234n, 'USD', 1234], [1234n, 'NGN', 1234], [500n, 'JPY', 500], [500n, 'XOF', 500], [5n, 'UGX', 500], [5n, 'ISK', 500], [1230n, 'KWD', 1230], [1200n, 'MGA', 12]])(
  '%i minor units of %s are %i at Stripe, and back', (minor, currency, amount) => {
    expect(toStripeAmount(minor, currency)).toBe(amount)
    expect(fromStripeAmount(amount, currency)).toBe(minor)
  })

test.each([[1234n, 'KWD'], [1234n, 'MGA']])('%i %s cannot be charged', (minor, currency) => {
  expect(() => toStripeAmount(minor, currency)).toThrow(expect.objectContaining({ code: 'amount_not_representable' }))
})
