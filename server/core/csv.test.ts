import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('quotes what needs it, disarms formulas, and leaves numbers alone', () => {
  expect(csvLine(['a', null, 'x, "y"', '=1+1', '-5.00', '-x', '12'])).toBe('a,,"x, ""y""",\'=1+1,-5.00,\'-x,12\r\n')
})
