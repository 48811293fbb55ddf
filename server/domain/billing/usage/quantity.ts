/** Measured quantities: exact decimals of at most 12 places, as whole numbers of the twelfth. */
import { exact, fraction, toDecimalString, type Rational } from '../rules/rational.ts'

const DECIMALS = 12
const SCALE = 10n ** BigInt(DECIMALS)

export const toPico = (decimal: string): bigint => {
  const { n, d } = exact(decimal)
  return n * SCALE / d
}
export const picoToDecimal = (pico: bigint): string => toDecimalString(fraction(pico, SCALE), DECIMALS)
export const picoToRational = (pico: bigint): Rational => ({ n: pico, d: SCALE })
