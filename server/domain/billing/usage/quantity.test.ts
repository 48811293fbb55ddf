import { expect, test } from 'vitest'
import { exact, toDecimalString } from '../rules/rational.ts'
import { picoToDecimal, picoToRational, toPico } from './quantity.ts'

test.each(['0', '1', '-1', '0.5', '-0.5', '-0.000000000001', '3600', '12.34', '9007199254740993.000000000001', '123456789012345678'])('%s stays what it is', (text) => {
  expect(picoToDecimal(toPico(text))).toBe(text)
  expect(toDecimalString(picoToRational(toPico(text)))).toBe(text)
  const { n, d } = exact(text)
  expect(toPico(text)).toBe(n * 10n ** 12n / d)
})
