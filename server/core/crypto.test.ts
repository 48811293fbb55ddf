import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmac, newToken, sameSecret, seal, sha256, unseal } from './crypto.ts'

const KEY = randomBytes(32)

test('what was sealed opens again, at its place only', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, place) => {
    const sealed = seal(KEY, plain, place)
    expect(unseal(KEY, sealed, place)).toBe(plain)
    expect(() => unseal(KEY, sealed, `${place}/other`)).toThrow()
    expect(() => unseal(randomBytes(32), sealed, place)).toThrow()
  }))
})

test('one flipped bit anywhere is noticed', () => {
  const sealed = seal(KEY, 'open sesame', 'env/org_1/app_1/KEY')
  const raw = Buffer.from(sealed.slice(3), 'base64')
  for (let bit = 0; bit < raw.length * 8; bit++) {
    const bad = Buffer.from(raw)
    bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => unseal(KEY, `v1:${bad.toString('base64')}`, 'env/org_1/app_1/KEY')).toThrow()
  }
})

test('a cut or foreign ciphertext is refused', () => {
  const sealed = seal(KEY, 'text', 'place')
  for (const bad of ['', 'v1:', 'v2:' + sealed.slice(3), sealed.slice(0, 20)]) expect(() => unseal(KEY, bad, 'place')).toThrow()
})

test('the same text seals differently each time', () => {
  expect(new Set(Array.from({ length: 100 }, () => seal(KEY, 'same', 'place'))).size).toBe(100)
})

test('tokens say what they open and hold 256 random bits', () => {
  expect(newToken('sess')).toMatch(/^sess_[\w-]{43}$/)
  expect(new Set(Array.from({ length: 1000 }, () => newToken('sess'))).size).toBe(1000)
})

test('secrets are equal only when every byte is', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
    expect(sameSecret(a, a)).toBe(true)
    expect(sameSecret(a, b)).toBe(a === b)
  }))
})

test('digests are the known ones', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hmac('key', 'The quick brown fox jumps over the lazy dog')).toBe(Buffer.from('f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8', 'hex').toString('base64url'))
})
