import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from './query-string.ts'

const parse = (text: string): Record<string, unknown> => parseQuery(new URLSearchParams(text))

test('brackets nest, the last of equal names wins', () => {
  expect(parse('a=1&a=2&filter[status]=open&filter[at][gte]=x&filter[at][lt]=y')).toEqual({ a: '2', filter: { status: 'open', at: { gte: 'x', lt: 'y' } } })
})

test.each(['__proto__[polluted]=1', 'a[__proto__][polluted]=1', '__proto__=x', 'constructor[prototype][polluted]=1', 'a[constructor][prototype][polluted]=1'])(
  '%s reaches no prototype', (text) => {
    const parsed = parse(text)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect((parsed.a as { polluted?: unknown } | undefined)?.polluted).toBeUndefined()
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
    if (typeof parsed.a === 'object') expect(Object.getPrototypeOf(parsed.a)).toBe(Object.prototype)
  })

test('any query string is parsed: no throw, only own plain fields', () => {
  const name = fc.oneof(fc.string(), fc.array(fc.constantFrom('a', 'b', '[', ']', '__proto__', 'constructor', 'prototype', '[]', 'toString')).map((p) => p.join('')))
  fc.assert(fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
    const parsed = parseQuery(new URLSearchParams(pairs))
    const walk = (value: unknown): void => {
      if (typeof value === 'string') return
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      for (const inner of Object.values(value as object)) walk(inner)
    }
    walk(parsed)
    expect(Object.keys(Object.prototype)).toEqual([])
  }), { numRuns: 500 })
})
