/** A process named so that a reused pid or a rebooted host is never mistaken for it. */
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ProcessRef { pid: number; pidStart: string; bootId: string }

const MICROSECONDS_PER_TICK = 10_000
const FIELDS_BEFORE_STATE = 2

export const hostBootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + FIELDS_BEFORE_STATE).split(' ')
  } catch {
    return null
  }
}

/** Null when the process is gone; one that only waits to be reaped is gone too. */
export function refOf(pid: number): ProcessRef | null {
  const fields = statFields(pid)
  const pidStart = fields?.[19]
  return pidStart === undefined || fields?.[0] === 'Z' || fields?.[0] === 'X' ? null : { pid, pidStart, bootId: hostBootId() }
}

export function isAlive(ref: ProcessRef): boolean {
  return refOf(ref.pid)?.pidStart === ref.pidStart && hostBootId() === ref.bootId
}

export function cpuMicroseconds(pid: number): number {
  const fields = statFields(pid)
  if (!fields) throw new Error('the VM process is gone, and its counters with it')
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK
}

export function killNow(ref: ProcessRef): void {
  if (!isAlive(ref)) return
  try {
    process.kill(ref.pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

export async function waitGone(ref: ProcessRef, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs
  for (let pauseMs = 2; isAlive(ref); pauseMs = Math.min(pauseMs * 2, 50)) {
    if (performance.now() > end) return false
    await sleep(pauseMs)
  }
  return true
}

/**
 * A QEMU that holds `marker` as one whole argument. Needed because a detached QEMU tells nobody its pid: its pid file would need
 * a path its user can walk. Newest first, so a process just started is found at once.
 */
export async function findByArgument(marker: string): Promise<ProcessRef | null> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger).sort((a, b) => b - a)
  for (const pid of pids) {
    const argv = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (argv.includes(marker) && argv[0]?.includes('qemu-system') === true) return refOf(pid)
  }
  return null
}
