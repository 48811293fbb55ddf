import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AllocationSegment } from './segments.ts'
import { allocationByApp, allocationQuantities } from './segments.ts'

const at = (text: string) => new Date(`2024-${text}Z`)
const MARCH = { startsAt: at('03-01T00:00:00'), endsAt: at('04-01T00:00:00') }
const NOW = at('05-01T00:00:00')
const segment = (change: Partial<AllocationSegment>): AllocationSegment =>
  ({ instanceId: 'i', appId: 'a', vcpu: 2, memoryMib: 512, startedAt: at('03-10T00:00:00'), endedAt: at('03-10T00:00:01.500'), ...change })

test('allocation times duration, exact to the millisecond', () => {
  expect(allocationQuantities([segment({})], MARCH, NOW)).toEqual({ vcpu_seconds: '3', memory_mib_seconds: '768' })
  expect(allocationQuantities([segment({ vcpu: 1, endedAt: at('03-10T00:00:00.001') })], MARCH, NOW).vcpu_seconds).toBe('0.001')
})

test('only the part inside the period counts', () => {
  expect(allocationQuantities([segment({ startedAt: at('02-01T00:00:00'), endedAt: null })], MARCH, NOW).vcpu_seconds).toBe(String(2 * 31 * 86400))
  expect(allocationQuantities([segment({ startedAt: at('02-01T00:00:00'), endedAt: MARCH.startsAt })], MARCH, NOW).vcpu_seconds).toBe('0')
})

test('a running instance accrues up to now and not beyond', () => {
  expect(allocationQuantities([segment({ endedAt: null })], MARCH, at('03-10T00:00:10')).vcpu_seconds).toBe('20')
  expect(allocationQuantities([segment({ endedAt: at('03-11T00:00:00') })], MARCH, at('03-10T00:00:10')).vcpu_seconds).toBe('20')
})

test('the sum over apps and over adjoining periods is the whole', () => {
  const ms = (text: string) => BigInt(text.includes('.') ? text.replace(/\.(\d+)$/, (_all, digits: string) => digits.padEnd(3, '0')) : `${text}000`)
  const arbitrary = fc.record({ appId: fc.constantFrom('a', 'b'), vcpu: fc.integer({ min: 1, max: 64 }), start: fc.nat(10 ** 10), length: fc.option(fc.nat(10 ** 9)) })
    .map(({ appId, vcpu, start, length }) => segment({ appId, vcpu, startedAt: new Date(start), endedAt: length === null ? null : new Date(start + length) }))
  fc.assert(fc.property(fc.array(arbitrary, { maxLength: 10 }), fc.nat(10 ** 10), fc.nat(10 ** 10), (segments, cut, now) => {
    const window = (from: number, to: number) => ({ startsAt: new Date(from), endsAt: new Date(to) })
    const sum = (quantities: Iterable<{ vcpu_seconds: string }>) => [...quantities].reduce((total, entry) => total + ms(entry.vcpu_seconds), 0n)
    const end = 2 * 10 ** 10
    const wholeSum = ms(allocationQuantities(segments, window(0, end), new Date(now)).vcpu_seconds)
    const parts = [window(0, cut), window(cut, end)].map((part) => allocationQuantities(segments, part, new Date(now)))
    expect(sum(parts)).toBe(wholeSum)
    expect(sum(allocationByApp(segments, window(0, end), new Date(now)).values())).toBe(wholeSum)
  }))
})
