import { expect, test } from 'vitest'
import type { VmEnd } from './model.ts'
import { afterExit, afterFailedStart, crashDelayMs } from './restart.ts'

const exited = (code: number): VmEnd => ({ kind: 'process', code, signal: null, oom: false })
const always = { policy: 'always', max_in_window: 3, window_s: 600 } as const
const history = (exitsMs: number[] = [], ranMs = 0, nowMs = 1_000_000) => ({ exitsMs, ranMs, nowMs })

test('the delay grows 1, 5, 10, 20 s and stays at five minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(crashDelayMs)).toEqual([1_000, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000])
})

test('more exits in the window than allowed are a crash loop, fewer are not', () => {
  const now = 1_000_000
  expect(afterExit(exited(1), 1, always, history([now - 3_000, now - 2_000], 0, now)).code).toBe('process_exited')
  expect(afterExit(exited(1), 1, always, history([now - 4_000, now - 3_000, now - 2_000], 0, now))).toMatchObject({ code: 'crash_loop', restart: true, hold: { phase: 'backoff' } })
  expect(afterExit(exited(1), 1, always, history([now - 900_000, now - 800_000, now - 700_000], 0, now)).code).toBe('process_exited')
})

test('ten minutes of life clear the history', () => {
  expect(afterExit(exited(1), 1, always, history([1, 2, 3, 4], 600_000))).toMatchObject({ code: 'process_exited', exitsMs: [1_000_000], hold: { untilMs: 1_001_000 } })
})

test('a clean exit restarts only under "always"; a failure not under "never"', () => {
  expect(afterExit(exited(0), 1, always, history()).restart).toBe(true)
  expect(afterExit(exited(0), 1, { ...always, policy: 'on-failure' }, history())).toMatchObject({ restart: false, code: null, hold: { phase: 'stopped', untilMs: null } })
  expect(afterExit(exited(3), 1, { ...always, policy: 'on-failure' }, history()).restart).toBe(true)
  expect(afterExit(exited(3), 1, { ...always, policy: 'never' }, history())).toMatchObject({ restart: false, code: 'process_exited', hold: { phase: 'failed' } })
})

test.each<[VmEnd, string]>([
  [{ kind: 'process', code: 137, signal: 9, oom: true }, 'oom'],
  [{ kind: 'vmm', reason: 'guest_panic' }, 'guest_panic'],
  [{ kind: 'vmm', reason: 'killed' }, 'vmm_failed'],
])('%o is told as %s', (end, code) => {
  expect(afterExit(end, 1, always, history()).code).toBe(code)
})

test('a registry that is away is asked again after 10 s up to 5 min, a missing image never', () => {
  const until = (attempts: number) => afterFailedStart('registry_unavailable', true, 1, attempts, 0).untilMs
  expect([0, 1, 2, 5, 20].map(until)).toEqual([10_000, 20_000, 40_000, 300_000, 300_000])
  expect(afterFailedStart('image_not_found', false, 7, 0, 0)).toEqual({ generation: 7, untilMs: null, phase: 'failed' })
})
