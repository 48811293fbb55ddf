import { expect, test } from 'vitest'
import { fromPercent, toPercent } from './share.ts'

test.each([['0', '0'], ['0.05', '5'], ['0.075', '7.5'], ['1', '100'], ['0.5', '50'], ['0.000001', '0.0001'], ['0.1', '10']])('%s is %s %%, and back', (fraction, percent) => {
  expect(toPercent(fraction)).toBe(percent)
  expect(fromPercent(percent)).toBe(fraction)
})

test.each(['', '-1', '100.1', '101', '5.00001', 'x', '1e1'])('%s is no share', (text) => { expect(fromPercent(text)).toBeNull() })
