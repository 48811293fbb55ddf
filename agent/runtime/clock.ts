/** Durations come from the monotonic clock, which an operator cannot step; wall time is for display and restarts only. */
import { readFileSync } from 'node:fs'

export interface Clock {
  /** Milliseconds since host boot. */
  monotonicMs(): number
  wallMs(): number
  bootId(): string
}

export function systemClock(): Clock {
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  const uptimeMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000
  const base = uptimeMs - performance.now()
  return { monotonicMs: () => Math.floor(base + performance.now()), wallMs: () => Date.now(), bootId: () => bootId }
}

/** Age of an instant noted as (bootId, monotonic, wall): exact within one boot, wall time across boots. */
export function ageMs(clock: Clock, noted: { bootId: string; monotonicMs: number; wallMs: number }): number {
  const age = noted.bootId === clock.bootId() ? clock.monotonicMs() - noted.monotonicMs : clock.wallMs() - noted.wallMs
  return Math.max(0, Math.floor(age))
}
