import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyIdOf, openEnvelope, sealEnvelope, Unreadable } from './envelope.ts'

const KEY = randomBytes(32)
const ID = 'dk_0123456789'

test('what is sealed opens at its place under its key, and nowhere else', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 40 }), (plain, place) => {
    const sealed = sealEnvelope(ID, KEY, plain, place)
    expect(openEnvelope(KEY, sealed, place).toString('utf8')).toBe(plain)
    expect(keyIdOf(sealed)).toBe(ID)
    expect(() => openEnvelope(KEY, sealed, `${place}x`)).toThrow(Unreadable)
    expect(() => openEnvelope(randomBytes(32), sealed, place)).toThrow(Unreadable)
  }))
})

test('every single flipped bit is noticed', () => {
  const sealed = sealEnvelope(ID, KEY, 'open sesame', 'secret/a')
  const head = sealed.slice(0, sealed.lastIndexOf('.') + 1)
  const raw = Buffer.from(sealed.slice(head.length), 'base64url')
  for (let bit = 0; bit < raw.length * 8; bit++) {
    const bad = Buffer.from(raw)
    bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => openEnvelope(KEY, head + bad.toString('base64url'), 'secret/a'), `bit ${bit}`).toThrow(Unreadable)
  }
})

test('the key id is bound: the same text under another name does not open', () => {
  const sealed = sealEnvelope(ID, KEY, 'open sesame', 'secret/a')
  expect(() => openEnvelope(KEY, sealed.replace(ID, 'dk_0123456780'), 'secret/a')).toThrow(Unreadable)
})

test.each(['', 'e1', 'e1.', `e1.${ID}`, `e1.${ID}.`, `e1.${ID}.QUJD`, `e2.${ID}.QUJD`, `e1.${ID}.###`, `e1..QUJD`, 'v1:QUJD'])('%j is no envelope', (text) => {
  expect(() => openEnvelope(KEY, text, 'secret/a')).toThrow(Unreadable)
})

test('no nonce comes twice', () => {
  expect(new Set(Array.from({ length: 500 }, () => sealEnvelope(ID, KEY, 'same', 'place'))).size).toBe(500)
})
