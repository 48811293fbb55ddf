import { expect, test } from 'vitest'
import type { ScheduleWindow } from '../../../contract/autoscaling.ts'
import { isWithin, leastAt, wordsOf } from './schedule.ts'

const WORK: ScheduleWindow = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00', at_least: 4 }
const NIGHT: ScheduleWindow = { days: ['sun'], from: '22:00', to: '06:00', at_least: 2 }
const at = (text: string, timeZone = 'UTC') => ({ ms: Date.parse(text), timeZone })

test.each([
  [WORK, at('2026-11-23T08:00:00Z'), true], [WORK, at('2026-11-23T07:59:59Z'), false], [WORK, at('2026-11-23T18:00:00Z'), false], [WORK, at('2026-11-22T12:00:00Z'), false],
  // The wall decides, not UTC: Monday begins in Auckland while it is Sunday here.
  [WORK, at('2026-11-22T20:00:00Z', 'Pacific/Auckland'), true], [WORK, at('2026-11-23T08:30:00Z', 'America/New_York'), false],
  [NIGHT, at('2026-11-22T23:00:00Z'), true], [NIGHT, at('2026-11-23T05:59:00Z'), true], [NIGHT, at('2026-11-23T06:00:00Z'), false], [NIGHT, at('2026-11-22T03:00:00Z'), false],
  // The clocks go forward in Berlin: 08:00 is an hour earlier than the day before.
  [{ ...WORK, days: ['sun'] }, at('2026-03-29T06:00:00Z', 'Europe/Berlin'), true], [{ ...WORK, days: ['sat'] }, at('2026-03-28T06:30:00Z', 'Europe/Berlin'), false],
  [{ ...WORK, days: ['sat'], from: '00:00', to: '00:00' }, at('2026-11-21T23:59:00Z'), true], [{ ...WORK, days: ['sat'], from: '00:00', to: '00:00' }, at('2026-11-22T00:00:00Z'), false],
] as [ScheduleWindow, { ms: number; timeZone: string }, boolean][])('%j at %j: %s', (window, moment, expected) => { expect(isWithin(window, moment)).toBe(expected) })

test('of several windows the highest counts, and never more than the maximum', () => {
  const policy = { min: 1, max: 3, schedule: [{ ...WORK, at_least: 2 }, WORK] }
  expect(leastAt(policy, at('2026-11-23T09:00:00Z'))).toEqual({ least: 3, window: WORK })
  expect(leastAt(policy, at('2026-11-22T09:00:00Z'))).toEqual({ least: 1, window: null })
})

test('windows in words', () => {
  expect([WORK, NIGHT, { ...NIGHT, days: ['wed', 'mon'] as ScheduleWindow['days'] }].map(wordsOf)).toEqual(['weekdays 08:00–18:00', 'Sun 22:00–06:00', 'Mon, Wed 22:00–06:00'])
})
