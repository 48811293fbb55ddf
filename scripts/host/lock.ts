import { linkSync, rmSync } from 'node:fs'
import { readOptional, writeAtomic } from './files.ts'
import { identify, isAlive, type ProcessIdentity } from './process.ts'

export type LockResult = { release: () => void } | { holder: ProcessIdentity }

/** The living process that holds `file`. */
export function lockHolder(file: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(readOptional(file) ?? 'null') as ProcessIdentity | null
    return holder && isAlive(holder) ? holder : undefined
  } catch {
    return undefined
  }
}

/** A link appears whole or not at all, so of two processes one wins; a dead holder's lock is taken over. */
export function tryLock(file: string): LockResult {
  const candidate = `${file}.${process.pid}`
  writeAtomic(candidate, JSON.stringify(identify(process.pid)))
  try {
    for (;;) {
      try {
        linkSync(candidate, file)
        return { release: () => rmSync(file, { force: true }) }
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
        const holder = lockHolder(file)
        if (holder) return { holder }
        rmSync(file, { force: true })
      }
    }
  } finally {
    rmSync(candidate, { force: true })
  }
}
