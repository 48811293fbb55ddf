import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDue, isOverdue } from './due.ts'

const at = (text: string): Date => new Date(`${text}Z`)
const since = at('2026-01-01T00:00:00')

test('once a day at its hour, made up for when it was missed, again an hour after a failure', () => {
  const base = { hour: 3, since, lastTriedAt: null }
  expect(isDue({ ...base, lastGoodAt: at('2026-02-01T03:00:10') }, at('2026-02-02T02:59:00'))).toBe(false)
  expect(isDue({ ...base, lastGoodAt: at('2026-02-01T03:00:10') }, at('2026-02-02T03:00:00'))).toBe(true)
  expect(isDue({ ...base, lastGoodAt: at('2026-02-01T03:00:10') }, at('2026-02-05T17:00:00'))).toBe(true)
  const failed = { ...base, lastGoodAt: at('2026-02-01T03:00:10'), lastTriedAt: at('2026-02-02T03:00:00') }
  expect(isDue(failed, at('2026-02-02T03:30:00'))).toBe(false)
  expect(isDue(failed, at('2026-02-02T04:00:00'))).toBe(true)
  expect(isDue({ ...base, hour: null, lastGoodAt: null }, at('2026-02-02T04:00:00'))).toBe(false)
  expect(isDue({ ...base, since: at('2026-02-02T10:00:00'), lastGoodAt: null }, at('2026-02-02T11:00:00'))).toBe(false)
})

test('a schedule that works is never overdue; one that stopped is after 36 hours', () => fc.assert(fc.property(
  fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 72 }), (hour, hours) => {
    const lastGoodAt = at(`2026-02-01T${String(hour).padStart(2, '0')}:00:00`)
    const now = new Date(lastGoodAt.getTime() + hours * 3_600_000)
    expect(isOverdue({ hour, lastGoodAt, since }, now)).toBe(hours > 36)
    expect(isOverdue({ hour: null, lastGoodAt, since }, now)).toBe(false)
  })))
