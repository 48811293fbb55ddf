import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameOf, takenAtOf } from './name.ts'
import { expired, type Kept } from './retention.ts'

const RULE = { daily: 7, weekly: 4, monthly: 12 }
const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1, 3)
const daily = (days: number): Kept[] => Array.from({ length: days }, (_, n) => ({ id: `b${n}`, takenAt: new Date(START + n * DAY), kind: 'scheduled', good: true }))

const backups = fc.array(fc.record({
  takenAt: fc.integer({ min: 0, max: 800 * 24 }).map((hours) => new Date(START + hours * 3_600_000)),
  kind: fc.constantFrom('scheduled', 'manual', 'found'), good: fc.boolean(),
}), { maxLength: 60 }).map((list) => list.map((one, n): Kept => ({ id: `b${n}`, ...one })))
const rule = fc.record({ daily: fc.integer({ min: 1, max: 10 }), weekly: fc.integer({ min: 0, max: 6 }), monthly: fc.integer({ min: 0, max: 14 }) })

test('two years of daily backups leave seven days, four weeks and twelve months', () => {
  const gone = new Set(expired(daily(730), RULE))
  const left = daily(730).filter((b) => !gone.has(b.id))
  expect(left.slice(-7).map((b) => b.id)).toEqual(['b723', 'b724', 'b725', 'b726', 'b727', 'b728', 'b729'])
  expect(new Set(left.map((b) => b.takenAt.toISOString().slice(0, 7))).size).toBe(12)
  expect(left.length).toBeLessThanOrEqual(7 + 4 + 12)
})

test('the newest good one, what was made by hand and what is not good are never given up', () => fc.assert(fc.property(backups, rule, (list, keep) => {
  const gone = new Set(expired(list, keep))
  const newest = list.filter((b) => b.good).toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime())[0]
  if (newest) expect(list.filter((b) => b.good && b.takenAt.getTime() === newest.takenAt.getTime() && !gone.has(b.id)).length).toBeGreaterThan(0)
  expect(list.filter((b) => gone.has(b.id)).every((b) => b.good && b.kind !== 'manual')).toBe(true)
})))

test('each period that the rule names keeps one, and deciding again gives up no more', () => fc.assert(fc.property(backups, rule, (list, keep) => {
  const gone = new Set(expired(list, keep))
  const left = list.filter((b) => !gone.has(b.id))
  expect(expired(left, keep)).toEqual([])
  const scheduled = list.filter((b) => b.good && b.kind !== 'manual')
  for (const [cut, count] of [[10, keep.daily], [7, keep.monthly]] as const) {
    const periods = [...new Set(scheduled.map((b) => b.takenAt.toISOString().slice(0, cut)))].sort().reverse().slice(0, count)
    for (const period of periods) expect(left.some((b) => b.good && b.takenAt.toISOString().startsWith(period)), period).toBe(true)
  }
})))

test('the order in which they are read changes nothing', () => fc.assert(fc.property(backups, rule, (list, keep) => {
  expect(new Set(expired(list.toReversed(), keep))).toEqual(new Set(expired(list, keep)))
})))

test('a name tells when, and nothing else is taken for one', () => fc.assert(fc.property(fc.date({ min: new Date(0), max: new Date('2999-01-01'), noInvalidDate: true }), (at) => {
  expect(takenAtOf(nameOf(at))).toEqual(at)
  expect(takenAtOf(`${nameOf(at)}.part`)).toBeNull()
})))
