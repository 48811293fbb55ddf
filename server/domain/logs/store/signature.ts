import { fold } from './fold.ts'

/** Two fields of bits, one for runs of four bytes and one for runs of eight. So many fit some thousand lines: a third of them is set at most. */
const BITS = 1 << 18
const FIELD_BYTES = BITS / 8
const SHORT = 4
const LONG = 8
/** More bytes of one question exclude hardly anything more. */
const ASKED = 12
const BREAK = 10

const shortSlot = (run: number): number => Math.imul(run, 0x9E3779B1) >>> 14
const longSlot = (first: number, second: number): number => {
  const mixed = Math.imul(first, 0x9E3779B1) ^ Math.imul(second, 0x85EBCA77)
  return Math.imul(mixed ^ (mixed >>> 15), 0xC2B2AE3D) >>> 14
}

/** Which four and which eight bytes in a row occur in a line of the text, in any case. */
export const signatureOf = (text: string): Buffer => {
  const bytes = Buffer.from(fold(text), 'utf8')
  const bits = Buffer.alloc(2 * FIELD_BYTES)
  const set = (bit: number): void => { bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7)) }
  let [first, second, length] = [0, 0, 0]
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    length = byte === BREAK ? 0 : length + 1
    first = (first >>> 8) | ((second & 0xFF) << 24)
    second = (second >>> 8) | (byte << 24)
    if (length >= SHORT) set(shortSlot(second))
    if (length >= LONG) set(BITS + longSlot(first, second))
  }
  return bits
}

/**
 * Bytes of a signature and the bits that must be set in them, if the text holds the needle. Long runs alone where there are any: the short
 * ones of an id in hexadecimal occur in every chunk. Empty when the needle is too short to tell.
 */
export const asked = (needle: string): Array<{ at: number; mask: number }> => {
  const bits: Array<{ at: number; mask: number }> = []
  signatureOf(needle).forEach((mask, at) => { if (mask !== 0) bits.push({ at: at + 1, mask }) })
  const long = bits.filter(({ at }) => at > FIELD_BYTES)
  return (long.length > 0 ? long : bits).slice(0, ASKED)
}
