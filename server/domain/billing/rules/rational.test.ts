import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, ceiling, compare, divide, exact, fraction, multiply, roundHalfAwayFromZero, subtract, toDecimalString, toMinor, toMinorExactly, whole } from './rational.ts'

const rational = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 15n })).map(([n, d]) => fraction(n, d))

test.each([['1024.5', 'JPY', 1025n], ['0.125', 'USD', 13n], ['-0.125', 'USD', -13n], ['0.124999999999', 'USD', 12n], ['-1024.5', 'JPY', -1025n], ['1.0005', 'KWD', 1001n]])(
  '%s %s rounds half away from zero to %i minor units', (major, currency, minor) => { expect(toMinor(exact(major), currency)).toBe(minor) })

test('rounding is symmetric about zero and at most half a unit off', () => {
  fc.assert(fc.property(rational, (value) => {
    const rounded = roundHalfAwayFromZero(value)
    expect(roundHalfAwayFromZero({ n: -value.n, d: value.d })).toBe(-rounded)
    const error = subtract(whole(rounded), value)
    expect(compare({ n: error.n < 0n ? -error.n : error.n, d: error.d }, fraction(1n, 2n))).toBeLessThanOrEqual(0)
  }))
})

test('sums and products are exact in any order', () => {
  fc.assert(fc.property(rational, rational, rational, (a, b, c) => {
    expect(compare(add(add(a, b), c), add(a, add(b, c)))).toBe(0)
    expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(0)
    if (b.n !== 0n) expect(compare(multiply(divide(a, b), b), a)).toBe(0)
  }))
})

test('ceiling is the smallest whole number not below', () => {
  fc.assert(fc.property(rational, (value) => {
    expect(compare(whole(ceiling(value)), value)).toBeGreaterThanOrEqual(0)
    expect(compare(whole(ceiling(value) - 1n), value)).toBeLessThan(0)
  }))
})

test('a decimal survives the way to a fraction and back', () => {
  fc.assert(fc.property(fc.bigInt(), fc.integer({ min: 0, max: 12 }), (digits, places) => {
    const value = fraction(digits, 10n ** BigInt(places))
    expect(compare(exact(toDecimalString(value)), value)).toBe(0)
  }))
})

test('a sum finer than the minor unit is told from one that is not', () => {
  expect(toMinorExactly(exact('5.00'), 'USD')).toBe(500n)
  expect(toMinorExactly(exact('5.001'), 'USD')).toBeNull()
  expect(toMinorExactly(exact('5.0'), 'JPY')).toBe(5n)
})
