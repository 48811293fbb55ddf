import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 20

/** Stronger than a pid: survives pid reuse and reboots. */
export interface ProcessIdentity {
  pid: number
  pidStart: string
  bootId: string
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** State and start time from /proc/pid/stat; the command name before them may hold spaces and parentheses. */
function statOf(pid: number): { state: string; start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', start: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const stat = statOf(pid)
  return stat && { pid, pidStart: stat.start, bootId: bootId() }
}

/** A zombie that nobody has reaped yet counts as gone. */
export function isAlive(identity: ProcessIdentity): boolean {
  const stat = statOf(identity.pid)
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X'
    && stat.start === identity.pidStart && identity.bootId === bootId()
}

export async function waitForExit(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (isAlive(identity)) {
    if (performance.now() > deadline) return false
    await sleep(POLL_MS)
  }
  return true
}

/** Asks politely, then kills. Resolves when the process is gone. */
export async function endProcess(identity: ProcessIdentity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  for (const [next, wait] of [[signal, graceMs], ['SIGKILL', 5000]] as const) {
    if (!isAlive(identity)) return
    try {
      process.kill(identity.pid, next)
    } catch {
      return
    }
    if (await waitForExit(identity, wait)) return
  }
}
