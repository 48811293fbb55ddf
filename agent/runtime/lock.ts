/** One agent per data folder. The lock names a process by pid and start time, so a dead holder or a reused pid never blocks. */
import { linkSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface ProcessIdentity { pid: number; pidStart: string; bootId: string }

export class LockedError extends Error {
  readonly holder: ProcessIdentity
  constructor(holder: ProcessIdentity, message = `Another agent (pid ${holder.pid}) already works on this data folder. Stop it first, or set SHELLWEGO_DATA to another folder.`) {
    super(message)
    this.holder = holder
  }
}

/** Field 22 of /proc/pid/stat; null when no such process lives. A zombie counts as dead. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

export function lockHolder(path: string): ProcessIdentity | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity
    return processStart(holder.pid) === holder.pidStart && holder.bootId === currentBootId() ? holder : null
  } catch {
    return null
  }
}

/** Returns the release function; throws {@link LockedError} while another live process holds it. */
export function acquireLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, pidStart: processStart(process.pid), bootId: currentBootId() }), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        linkSync(mine, path)
        return () => rmSync(path, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = lockHolder(path)
      if (holder) throw new LockedError(holder)
      rmSync(path, { force: true })
    }
    throw new Error(`cannot take the lock ${path}`)
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Bridges, addresses and the nft table are one per network of a machine, whatever the data folder: so is the agent that makes them. */
export function acquireHostLock(folder = '/run'): () => void {
  const network = /\d+/.exec(readlinkSync('/proc/self/ns/net'))?.[0] ?? '0'
  try {
    return acquireLock(join(folder, `shellwego-agent-${network}.lock`))
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    const { pid } = error.holder
    throw new LockedError(error.holder, `Another agent (pid ${pid}) already runs on this machine with another data folder. As root there is one per machine: stop that one first.`)
  }
}

const currentBootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
