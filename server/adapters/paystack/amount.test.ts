import { expect, test } from 'vitest'
import { fromSubunits, toSubunits } from './amount.ts'

test.each([[5000n, 'NGN', 5000], [200n, 'USD', 200], [1n, 'XOF', 100]])('%i minor units of %s are %i subunits, and back', (minor, currency, subunits) => {
  expect(toSubunits(minor, currency)).toBe(subunits)
  expect(fromSubunits(subunits, currency)).toBe(minor)
})

test.each(['EUR', 'KWD', 'JPY'])('%s is refused', (currency) => {
  expect(() => toSubunits(1n, currency)).toThrow(expect.objectContaining({ code: 'currency_unsupported' }))
})
