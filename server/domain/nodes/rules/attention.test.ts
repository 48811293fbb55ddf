import { expect, test } from 'vitest'
import { Attention } from './attention.ts'

test('the first look has seen nothing yet, and each that follows in time has seen more', () => {
  const attention = new Attention(15_000)
  expect([100_000, 105_000, 119_000].map((at) => attention.looked(at, at))).toEqual([0, 5_000, 19_000])
})

test('whoever was stopped, or without its database, begins again', () => {
  const attention = new Attention(15_000)
  attention.looked(0, 0)
  attention.looked(15_000, 15_000)
  expect(attention.looked(30_001, 30_001)).toBe(0)
  expect(attention.looked(35_000, 35_000)).toBe(4_999)
})

test.each([3_600_000, -3_600_000, 5_000])('when the time of day was set by %i ms, it begins again: what was reported before seems older or younger than it is', (jumpMs) => {
  const attention = new Attention(15_000)
  attention.looked(0, 1_000)
  expect(attention.looked(5_000, 6_100)).toBe(5_000)
  expect(attention.looked(10_000, 11_000 + jumpMs)).toBe(0)
  expect(attention.looked(15_000, 16_000 + jumpMs)).toBe(5_000)
})
