import fc from 'fast-check'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { addressAllowed } from './address.ts'
import { kindOfToken, newTokenText } from './format.ts'

const KIND = fc.constantFrom('pat', 'sat', 'temp')

test('a new token says its kind, has 178 random bits and a checksum like those of GitHub', () => {
  const texts = Array.from({ length: 500 }, () => newTokenText('pat'))
  expect(new Set(texts).size).toBe(500)
  for (const text of texts) {
    expect(text).toMatch(/^pat_shellwego_[0-9A-Za-z]{36}$/)
    expect(kindOfToken(text)).toBe('pat')
  }
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  const [text = ''] = texts
  expect([...text.slice(-6)].reduce((sum, c) => sum * 62 + digits.indexOf(c), 0)).toBe(crc32(text.slice(0, -6)))
  const counts = Map.groupBy(texts.flatMap((t) => [...t.slice(14, 44)]), (c) => c)
  expect(counts.size).toBe(62)
  expect(Math.max(...[...counts.values()].map((v) => v.length))).toBeLessThan(340) // 242 each on average; a modulo bias would reach 300 to 400 for some
})

test('one changed character, another kind, or any other text is no token', () => {
  fc.assert(fc.property(KIND, fc.nat(), fc.constantFrom(...'0Aaz9Z'), (kind, at, char) => {
    const text = newTokenText(kind)
    const place = kind.length + 11 + (at % 36)
    const changed = text.slice(0, place) + char + text.slice(place + 1)
    if (changed !== text) expect(kindOfToken(changed)).toBeNull()
    expect(kindOfToken(text.replace(kind, kind === 'pat' ? 'sat' : 'pat'))).toBeNull()
  }))
  fc.assert(fc.property(fc.string(), (text) => { expect(kindOfToken(text)).toBeNull() }))
  expect(kindOfToken(`${newTokenText('pat')}\n`)).toBeNull()
})

test.each([
  [[], null, true], [['203.0.113.7'], '203.0.113.7', true], [['203.0.113.7'], '203.0.113.8', false], [['203.0.113.0/24'], '203.0.113.8', true],
  [['203.0.113.0/24'], '203.0.114.1', false], [['203.0.113.0/24'], '::ffff:203.0.113.8', true], [['2001:db8::/32'], '2001:db8:1::5', true],
  [['2001:db8::/32'], '2001:db9::5', false], [['10.0.0.1'], null, false], [['0.0.0.0/0'], '::1', false], [['0.0.0.0/0'], 'nonsense', false],
])('%j lets %s in: %s', (allowed, ip, expected) => {
  expect(addressAllowed(allowed, ip)).toBe(expected)
})
