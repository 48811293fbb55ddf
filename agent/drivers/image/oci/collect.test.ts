import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseForDeletion } from './collect.ts'

const image = fc.record({ digest: fc.string(), sizeBytes: fc.integer({ min: 1, max: 100 }), lastUsedMs: fc.integer({ min: 0, max: 1000 }) })
const scenario = fc.record({
  images: fc.uniqueArray(image, { selector: ({ digest }) => digest, maxLength: 12 }),
  used: fc.array(fc.nat(11)),
  keep: fc.integer({ min: 0, max: 600 }),
  floor: fc.record({ images: fc.nat(4), recentMs: fc.integer({ min: 0, max: 500 }) }),
})

test('used, recent and floor images stay, and nothing is deleted that need not be', () => {
  fc.assert(fc.property(scenario, ({ images: stored, used, keep, floor }) => {
    const inUse = new Set(used.flatMap((index) => stored[index]?.digest ?? []))
    const doomed = chooseForDeletion(stored, inUse, keep, floor, 1000)
    const left = stored.filter((image) => !doomed.includes(image))
    const total = (list: typeof stored): number => list.reduce((sum, image) => sum + image.sizeBytes, 0)
    expect(doomed.every((image) => !inUse.has(image.digest) && 1000 - image.lastUsedMs >= floor.recentMs)).toBe(true)
    expect(left.length).toBeGreaterThanOrEqual(Math.min(floor.images, stored.length))
    const last = doomed.at(-1)
    if (last !== undefined) expect(total(left) + last.sizeBytes).toBeGreaterThan(keep)
    for (const image of doomed) expect(left.filter((other) => other.lastUsedMs < image.lastUsedMs).every((other) => (
      inUse.has(other.digest) || 1000 - other.lastUsedMs < floor.recentMs))).toBe(true)
  }))
})

test('without anything in the way the store shrinks to the wanted size', () => {
  const stored = [1, 2, 3, 4].map((age) => ({ digest: `d${age}`, sizeBytes: 10, lastUsedMs: age }))
  expect(chooseForDeletion(stored, new Set(), 20, { images: 0, recentMs: 0 }, 1000).map((image) => image.digest)).toEqual(['d1', 'd2'])
})
