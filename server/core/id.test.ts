import { expect, test, vi } from 'vitest'
import { ID_PREFIX, idOf, type IdKind } from '../contract/id.ts'
import { newId, randomText } from './id.ts'

test('an id names its kind and fits the contract\'s pattern', () => {
  for (const kind of Object.keys(ID_PREFIX) as IdKind[]) {
    const id = newId(kind)
    expect(id).toMatch(new RegExp(`^${ID_PREFIX[kind]}_[0-9a-hjkmnp-tv-z]{23}$`))
    expect(idOf(kind).safeParse(id).success).toBe(true)
  }
})

test('prefixes are unique, so one kind is never taken for another', () => {
  expect(new Set(Object.values(ID_PREFIX)).size).toBe(Object.keys(ID_PREFIX).length)
})

test('ids of later milliseconds sort behind earlier ones', () => {
  vi.useFakeTimers()
  try {
    const ids = [0, 31, 32, 1_000_000_000_000, 1_800_000_000_000].map((ms) => {
      vi.setSystemTime(ms)
      return newId('app')
    })
    expect(ids.toSorted()).toEqual(ids)
  } finally {
    vi.useRealTimers()
  }
})

test('ids of one moment differ', () => {
  expect(new Set(Array.from({ length: 20_000 }, () => newId('event'))).size).toBe(20_000)
})

test('random text has the asked length and no look-alike letters', () => {
  expect(randomText(500)).toMatch(/^[0-9a-hjkmnp-tv-z]{500}$/)
})
