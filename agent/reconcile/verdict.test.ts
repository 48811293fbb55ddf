import { expect, test } from 'vitest'
import { observeProbe, type HealthState } from './verdict.ts'

const check = { path: '/', interval_s: 10, timeout_s: 2, healthy: 2, unhealthy: 3, grace_s: 30 }
const after = (begin: HealthState['health'], results: boolean[], ageMs = 1_000): string =>
  results.reduce<HealthState>((state, ok) => observeProbe(state, ok, ageMs, check), { health: begin, successes: 0, failures: 0 }).health

test('as many successes in a row as asked for make it healthy', () => {
  expect(after('starting', [true])).toBe('starting')
  expect(after('starting', [true, false, true])).toBe('starting')
  expect(after('starting', [true, true])).toBe('ok')
})

test('failures count only after the grace time', () => {
  expect(after('starting', [false, false, false, false], 29_000)).toBe('starting')
  expect(after('starting', [false], 31_000)).toBe('bad')
})

test('a healthy one turns bad after as many failures in a row as asked for, and comes back', () => {
  expect(after('ok', [false, false])).toBe('ok')
  expect(after('ok', [false, false, true, false, false])).toBe('ok')
  expect(after('ok', [false, false, false])).toBe('bad')
  expect(after('bad', [true, true])).toBe('ok')
})
