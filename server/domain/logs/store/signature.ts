import { fold } from './fold.ts'

/** So many bits fit some thousand lines: about a fifth is set. */
const BITS = 1 << 18
const GRAM = 4
/** More bits of one question exclude hardly anything more. */
const ASKED = 12

const slot = (gram: number): number => Math.imul(gram, 0x9E3779B1) >>> 14

/** Which four bytes in a row occur in the text, in any case. */
export const signatureOf = (text: string): Buffer => {
  const bits = Buffer.alloc(BITS / 8)
  const bytes = Buffer.from(fold(text), 'utf8')
  for (let at = 0; at + GRAM <= bytes.length; at += 1) {
    const bit = slot(bytes.readUInt32LE(at))
    bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7))
  }
  return bits
}

/** Bytes of a signature and what must be set in them, if the text holds the needle. Empty when the needle is too short to tell. */
export const asked = (needle: string): Array<{ at: number; mask: number }> => {
  const bytes = Buffer.from(fold(needle), 'utf8')
  const slots = new Set<number>()
  for (let at = 0; at + GRAM <= bytes.length; at += 1) slots.add(slot(bytes.readUInt32LE(at)))
  return [...slots].slice(0, ASKED).map((bit) => ({ at: (bit >>> 3) + 1, mask: 1 << (bit & 7) }))
}
