import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { isOpenToAll } from '../db/binaries.ts'
import { makeFolder } from '../host/files.ts'
import { lockHolder, tryLock } from '../host/lock.ts'
import { lockIn } from './journal.ts'
import type { Config } from './config.ts'

/** Services run as users of their own and must be able to pass through to their folders. */
export function prepareDataFolder({ data, isRoot }: Config): void {
  mkdirSync(path.dirname(data), { recursive: true })
  makeFolder(data, isRoot ? 0o711 : 0o700)
  if (isRoot && !isOpenToAll(path.join(data, 'pg'))) {
    throw new Error(`other users cannot reach ${data}: a folder above it is closed to them. Set SHELLWEGO_DATA to another folder`)
  }
}

export function takeDataFolder(data: string): () => void {
  const lock = tryLock(lockIn(data))
  if ('release' in lock) return lock.release
  throw new Error(`shellwego is already running on ${data} (process ${lock.holder.pid}). Stop it with: npm run down`)
}

export function supervisorOf(data: string): ReturnType<typeof lockHolder> {
  return lockHolder(lockIn(data))
}
