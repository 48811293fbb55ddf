import { expect, test } from 'vitest'
import { ExpiringMap } from './expiring-map.ts'

test('an entry is there until its time is over', () => {
  const map = new ExpiringMap<string>(1_000, 10)
  map.set('a', 'x', 0)
  expect([map.get('a', 999), map.get('a', 1_000), map.get('a', 1)]).toEqual(['x', undefined, undefined])
})

test('the oldest goes when there are too many, and writing again makes young', () => {
  const map = new ExpiringMap<number>(1_000, 2)
  map.set('a', 1, 0)
  map.set('b', 2, 1)
  map.set('a', 3, 2)
  map.set('c', 4, 3)
  expect([map.get('a', 4), map.get('b', 4), map.get('c', 4)]).toEqual([3, undefined, 4])
})

test('only the very value is dropped', () => {
  const map = new ExpiringMap<number>(1_000, 2)
  map.set('a', 1, 0)
  map.drop('a', 2)
  expect(map.get('a', 1)).toBe(1)
  map.drop('a', 1)
  expect(map.get('a', 1)).toBeUndefined()
})
