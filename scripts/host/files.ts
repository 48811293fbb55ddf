import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const checkout = path.resolve(import.meta.dirname, '../..')

export interface Owner {
  uid: number
  gid: number
}

export function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Readers see the old file or the new one, never half of it. */
export function writeAtomic(file: string, text: string, mode = 0o600): void {
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, text, { mode })
  chmodSync(temporary, mode)
  renameSync(temporary, file)
}

export function makeFolder(folder: string, mode: number, owner?: Owner): string {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, mode)
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}
