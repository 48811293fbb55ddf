import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CURRENCY_EXPONENTS, DecimalString, Money, currencyExponent, formatMoney, minorToDecimal, toMoney } from './money.ts'

test.each([['JPY', 0], ['XOF', 0], ['UGX', 0], ['NGN', 2], ['USD', 2], ['KWD', 3], ['CLF', 4]])('%s has exponent %i', (code, exponent) => {
  expect(currencyExponent(code)).toBe(exponent)
})

test('every listed code is a name the runtime knows, save funds codes and what is newer than its data', () => {
  const funds = ['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW']
  const recent = ['SLE', 'VED', 'XAD', 'XCG', 'ZWG']
  const known = new Set([...Intl.supportedValuesOf('currency'), ...funds, ...recent])
  expect([...CURRENCY_EXPONENTS.keys()].filter((code) => !known.has(code))).toEqual([])
})

test.each(['0', '12', '-0.125', '0.000000000001', '1234567890123456789.5'])('%s is a decimal', (text) => {
  expect(DecimalString.safeParse(text).success).toBe(true)
})

test.each(['', '1e3', '1E-2', '.5', '5.', '+1', '01', '-0', '-0.00', '0.0000000000001', '1,000', ' 1', '1\n', 'NaN', 'Infinity', '٣'])(
  '%j is refused as a decimal', (text) => { expect(DecimalString.safeParse(text).success).toBe(false) })

test('money refuses fractions of minor units, unsafe integers, unknown currencies and unknown fields', () => {
  expect(Money.safeParse({ amount: 1, currency: 'USD' }).success).toBe(true)
  for (const bad of [{ amount: 1.5, currency: 'USD' }, { amount: 2 ** 53, currency: 'USD' }, { amount: 1, currency: 'XXX' },
    { amount: 1, currency: 'usd' }, { amount: 1, currency: 'USD', x: 1 }]) expect(Money.safeParse(bad).success).toBe(false)
})

test('an amount beyond 2^53 - 1 never reaches the wire', () => {
  expect(toMoney(2n ** 53n - 1n, 'USD').amount).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => toMoney(2n ** 53n, 'USD')).toThrow(RangeError)
  expect(() => toMoney(-(2n ** 53n), 'USD')).toThrow(RangeError)
})

test.each([[123456789n, 'USD', 'USD 1,234,567.89'], [-5n, 'USD', 'USD -0.05'], [1234n, 'JPY', 'JPY 1,234'], [1500n, 'KWD', 'KWD 1.500'], [0n, 'NGN', 'NGN 0.00']])(
  '%i %s is written %s', (minor, currency, text) => { expect(formatMoney(minor, currency)).toBe(text) })

test('minor units survive the way to a decimal and back', () => {
  fc.assert(fc.property(fc.bigInt(), fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
    expect(BigInt(minorToDecimal(minor, currency).replace('.', ''))).toBe(minor)
  }))
})
