/** Measured quantities: exact decimals of at most 12 places, as whole numbers of the twelfth. By text alone: reports have thousands. */
import type { Rational } from '../rules/rational.ts'

const DECIMALS = 12
const SCALE = 10n ** BigInt(DECIMALS)

export const toPico = (decimal: string): bigint => {
  const point = decimal.indexOf('.')
  return point === -1 ? BigInt(decimal) * SCALE : BigInt(decimal.slice(0, point) + decimal.slice(point + 1, point + 1 + DECIMALS).padEnd(DECIMALS, '0'))
}

export const picoToDecimal = (pico: bigint): string => {
  if (pico % SCALE === 0n) return String(pico / SCALE)
  const digits = String(pico < 0n ? -pico : pico).padStart(DECIMALS + 1, '0')
  return `${pico < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS).replace(/0+$/, '')}`
}
export const picoToRational = (pico: bigint): Rational => ({ n: pico, d: SCALE })
