import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStorable, unstorable } from './storable.ts'

test('well-formed text without NUL is storable, whatever its script', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0')), (text) => {
    expect(isStorable(text)).toBe(true)
  }))
})

test.each([
  [{ name: 'a\0b' }, '/name'], [{ a: { 'b/c': ['ok', '\ud800'] } }, '/a/b~1c/1'], [{ a: 'x\udc00y' }, '/a'], [{ 'k\0': 1 }, ''],
])('%j is refused at %s', (value, pointer) => {
  expect(unstorable(value).map((f) => f.pointer)).toEqual([pointer])
})

test('depth without end is refused, not followed', () => {
  let deep: unknown = 'x'
  for (let i = 0; i < 5_000; i++) deep = [deep]
  expect(unstorable(deep).map((f) => f.code)).toEqual(['too_deep'])
})
