import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketsOf, bucketStart, GRAINS, nextBucket, spansOf } from './spans.ts'

const ZONES = ['UTC', 'Africa/Lagos', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia']
const minute = fc.integer({ min: Date.UTC(2010, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 })
const range = fc.tuple(minute, fc.nat(60 * 24 * 120), fc.constantFrom(...ZONES), fc.constantFrom(...GRAINS))
  .map(([start, length, zone, grain]) => ({ from: new Date(start * 60_000), to: new Date((start + length) * 60_000), zone, grain }))

test('spans cover a range without gap or overlap, each made of whole buckets of its grain', () => {
  fc.assert(fc.property(range, ({ from, to, zone, grain }) => {
    const spans = spansOf(from, to, zone, grain)
    let at = from.getTime()
    for (const span of spans) {
      expect(span.starts.getTime()).toBe(at)
      expect(bucketStart(span.starts, span.grain, zone)).toEqual(span.starts)
      expect(bucketStart(span.ends, span.grain, zone)).toEqual(span.ends)
      at = span.ends.getTime()
    }
    expect(at).toBe(to.getTime())
    expect(spans.length).toBeLessThanOrEqual(13)
  }), { numRuns: 500 })
})

test('buckets follow each other, are cut to the range, and every instant is in the one its start says', () => {
  fc.assert(fc.property(range.filter(({ grain }) => grain !== 'minute'), ({ from, to, zone, grain }) => {
    const buckets = bucketsOf(from, to, grain, zone)
    expect(buckets[0]?.starts ?? from).toEqual(from)
    expect(buckets.at(-1)?.ends ?? to).toEqual(to)
    for (const [i, bucket] of buckets.entries()) if (i > 0) expect(bucket.starts).toEqual(buckets[i - 1]?.ends)
    expect(new Set(buckets.map((b) => b.name)).size).toBe(buckets.length)
    const start = bucketStart(from, grain, zone)
    expect(start <= from && from < nextBucket(start, grain, zone)).toBe(true)
  }), { numRuns: 200 })
})

test('a month of Kolkata is one span, and of everybody else\'s hours the half ones are minutes', () => {
  const [from, to] = [new Date('2026-10-31T18:30:00Z'), new Date('2026-11-30T18:30:00Z')]
  expect(spansOf(from, to, 'Asia/Kolkata')).toEqual([{ grain: 'month', starts: from, ends: to }])
  expect(spansOf(from, to, 'UTC', 'hour').map((s) => s.grain)).toEqual(['minute', 'hour', 'minute'])
})
