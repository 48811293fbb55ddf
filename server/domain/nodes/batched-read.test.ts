import { expect, test } from 'vitest'
import { batchedRead } from './batched-read.ts'

test('questions asked together become one read, later ones the next; each gets its own answer', async () => {
  const reads: string[][] = []
  const read = batchedRead((keys) => {
    reads.push(keys)
    return new Promise<Map<string, string>>((resolve) => setTimeout(() => resolve(new Map(keys.filter((k) => k !== 'x').map((k) => [k, k.toUpperCase()]))), 20))
  })
  const first = Promise.all([read('a'), read('b'), read('a'), read('x')])
  await new Promise((resolve) => setTimeout(resolve, 5))
  const later = Promise.all([read('c'), read('a')])
  expect([await first, await later]).toEqual([['A', 'B', 'A', undefined], ['C', 'A']])
  expect(reads).toEqual([['a', 'b', 'x'], ['c', 'a']])
})

test('a failed read fails those who asked and nobody after them', async () => {
  let fail = true
  const read = batchedRead((keys) => (fail ? Promise.reject(new Error('away')) : Promise.resolve(new Map(keys.map((k) => [k, 1])))))
  await expect(read('a')).rejects.toThrow('away')
  fail = false
  expect(await read('a')).toBe(1)
})
