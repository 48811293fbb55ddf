/** Pure restart rules: what follows an exit nobody asked for, and a start that failed. */
import type { StatusCode, VmObjectSpec } from '../../server/contract/node-api/v1.ts'
import { doublingMs } from '../runtime/backoff.ts'
import type { Hold, VmEnd } from './model.ts'

export const HEALTHY_RESET_MS = 600_000
const FIRST_DELAYS_MS = [1_000, 5_000] as const

export interface Verdict {
  hold: Hold
  code: StatusCode | null
  exitsMs: number[]
  restart: boolean
}

export function crashDelayMs(crashes: number): number {
  return FIRST_DELAYS_MS[crashes - 1] ?? doublingMs(crashes - 1 - FIRST_DELAYS_MS.length, { baseMs: 10_000, maxMs: 300_000 })
}

/** `ranMs`: how long this start ran healthy or not; a long run clears the history. */
export function afterExit(
  end: VmEnd, generation: number, policy: VmObjectSpec['restart'], history: { exitsMs: readonly number[]; ranMs: number; nowMs: number },
): Verdict {
  const kept = history.ranMs >= HEALTHY_RESET_MS ? [] : history.exitsMs.slice(-50)
  const exitsMs = [...kept, history.nowMs]
  const clean = end.kind === 'process' && end.code === 0 && !end.oom
  const code = clean ? null : codeOf(end)
  if (policy.policy === 'never' || (policy.policy === 'on-failure' && clean)) {
    return { hold: { generation, untilMs: null, phase: clean ? 'stopped' : 'failed' }, code, exitsMs, restart: false }
  }
  const recent = exitsMs.filter((at) => at > history.nowMs - policy.window_s * 1000)
  const looping = recent.length > policy.max_in_window
  const untilMs = history.nowMs + crashDelayMs(exitsMs.length)
  return { hold: { generation, untilMs, phase: 'backoff' }, code: looping ? 'crash_loop' : (code ?? 'process_exited'), exitsMs, restart: true }
}

export function codeOf(end: VmEnd): StatusCode {
  if (end.kind === 'process') return end.oom ? 'oom' : 'process_exited'
  if (end.kind === 'vmm' && end.reason === 'guest_panic') return 'guest_panic'
  if (end.kind === 'vmm' && end.reason === 'boot_timeout') return 'boot_timeout'
  return 'vmm_failed'
}

const RETRY: Partial<Record<StatusCode, { baseMs: number; maxMs: number }>> = {
  registry_unavailable: { baseMs: 10_000, maxMs: 300_000 },
  no_space: { baseMs: 10_000, maxMs: 60_000 },
  boot_timeout: { baseMs: 1_000, maxMs: 60_000 },
  guest_panic: { baseMs: 5_000, maxMs: 300_000 },
  vmm_failed: { baseMs: 2_000, maxMs: 60_000 },
  network_failed: { baseMs: 2_000, maxMs: 60_000 },
}

/** A fault only a new generation can cure holds for ever; the rest is tried again. */
export function afterFailedStart(code: StatusCode, retryable: boolean, generation: number, attempts: number, nowMs: number): Hold {
  const curve = RETRY[code] ?? { baseMs: 10_000, maxMs: 300_000 }
  return retryable
    ? { generation, untilMs: nowMs + doublingMs(attempts, curve), phase: 'backoff' }
    : { generation, untilMs: null, phase: 'failed' }
}
