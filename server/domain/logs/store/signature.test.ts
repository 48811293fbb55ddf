import { expect, test } from 'vitest'
import { asked, signatureOf } from './signature.ts'

const HEX = '0123456789abcdef'
/** The same numbers in every run. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}
const idOf = (next: () => number): string => Array.from({ length: 16 }, () => HEX[Math.floor(next() * 16)]).join('')
const mayHold = (signature: Buffer, needle: string): boolean => asked(needle).every(({ at, mask }) => ((signature[at - 1] ?? 0) & mask) === mask)

test('every part of every line is found, in any case and of any script', () => {
  const lines = ['GET /v1/Orders/42 took 12ms', 'Überraschung: 漢字かな交じり文', 'İSTANBUL \u001b[31mred\u001b[0m', 'abc', 'x'.repeat(40)]
  const signature = signatureOf(lines.join('\n'))
  const parts = lines.flatMap((line) => Array.from({ length: line.length }, (_, from) =>
    [1, 4, 7, 8, 9, 15, 200].map((length) => line.slice(from, from + length)))).flat().filter((part) => part.isWellFormed())
  expect(parts.filter((part) => !mayHold(signature, part))).toEqual([])
})

test('nothing is asked of a text of fewer than four bytes, and what lies across two lines is not in', () => {
  expect([asked(''), asked('abc'), asked('äb')]).toEqual([[], [], []])
  expect(mayHold(signatureOf('abcd\nefgh'), 'cdef')).toBe(false)
})

test('a random id is excluded by nearly every chunk full of others', () => {
  const next = random(7)
  const signature = signatureOf(Array.from({ length: 4_096 }, (_, n) => `info request ${idOf(next)} completed ${n} status=200`).join('\n'))
  const wrong = Array.from({ length: 1_000 }, () => idOf(next)).filter((id) => mayHold(signature, id))
  expect(wrong.length).toBeLessThan(5)
})
