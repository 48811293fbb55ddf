import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarMonth, dayShare, daysBetween, isTimeZone, localDateOf, periodAt, periodContaining, startOfLocalDate } from './period.ts'

const range = (index: number, anchor = '2024-01-31') => {
  const { start, end } = periodAt({ anchor, timezone: 'UTC', months: 1 }, index)
  return [start, end]
}

test('a month-end anchor is kept', () => {
  expect([range(0), range(1), range(2)]).toEqual([['2024-01-31', '2024-02-29'], ['2024-02-29', '2024-03-31'], ['2024-03-31', '2024-04-30']])
})

test('a yearly anchor on 29 February returns to it', () => {
  const yearly = { anchor: '2024-02-29', timezone: 'UTC', months: 12 }
  expect([0, 1, 4].map((index) => periodAt(yearly, index).start)).toEqual(['2024-02-29', '2025-02-28', '2028-02-29'])
})

test('days are counted by local date, not by hours', () => {
  expect(daysBetween('2024-03-01', '2024-04-01')).toBe(31)
  const berlin = periodAt({ anchor: '2024-03-01', timezone: 'Europe/Berlin', months: 1 }, 0)
  expect(berlin.endsAt.getTime() - berlin.startsAt.getTime()).toBe((31 * 24 - 1) * 3_600_000)
  expect(dayShare({ from: '2024-03-05', to: '2024-04-01' }, { start: '2024-03-01', end: '2024-04-01' })).toEqual({ n: 27n, d: 31n })
})

test('a day starts at local midnight, or at the first instant after a gap over midnight', () => {
  expect(startOfLocalDate('2024-03-01', 'Africa/Lagos').toISOString()).toBe('2024-02-29T23:00:00.000Z')
  expect(startOfLocalDate('2024-04-26', 'Africa/Cairo').toISOString()).toBe('2024-04-25T22:00:00.000Z')
})

test('an instant belongs to the period of its local date', () => {
  const instant = new Date('2024-02-29T23:30:00Z')
  expect(calendarMonth(instant, 'UTC').start).toBe('2024-02-01')
  expect(calendarMonth(instant, 'Africa/Lagos').start).toBe('2024-03-01')
  expect(localDateOf(instant, 'Africa/Lagos')).toBe('2024-03-01')
})

test.each([['Africa/Lagos', true], ['UTC', true], ['Mars/Olympus', false], ['', false]])('%j as a time zone: %s', (name, known) => { expect(isTimeZone(name)).toBe(known) })

test('periods leave no gap and no overlap, and each instant is in exactly the one found', () => {
  const anchor = fc.date({ min: new Date('2020-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
  const timezone = fc.constantFrom('UTC', 'Africa/Lagos', 'America/Juneau', 'Africa/Cairo', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Sao_Paulo')
  const instant = fc.date({ min: new Date('2010-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  fc.assert(fc.property(anchor, timezone, fc.constantFrom(1, 3, 12), fc.integer({ min: -30, max: 60 }), instant, (date, zone, months, index, when) => {
    const cadence = { anchor: date, timezone: zone, months }
    expect(periodAt(cadence, index).endsAt).toEqual(periodAt(cadence, index + 1).startsAt)
    const found = periodContaining(cadence, when)
    expect(found.startsAt <= when && when < found.endsAt).toBe(true)
    expect(periodAt(cadence, found.index)).toEqual({ start: found.start, end: found.end, startsAt: found.startsAt, endsAt: found.endsAt })
  }))
})
