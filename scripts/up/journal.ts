import path from 'node:path'
import { readOptional, writeAtomic } from '../host/files.ts'
import type { ProcessIdentity } from '../host/process.ts'

/** The processes a supervisor has running by part name, written down so that the next one finds them after a kill -9. */
export type Journal = Record<string, ProcessIdentity>

const fileIn = (data: string): string => path.join(data, 'supervisor.json')

export const lockIn = (data: string): string => path.join(data, 'supervisor.lock')

export function readJournal(data: string): Journal {
  try {
    return JSON.parse(readOptional(fileIn(data)) ?? '{}') as Journal
  } catch {
    return {}
  }
}

export function writeJournal(data: string, journal: Journal): void {
  writeAtomic(fileIn(data), JSON.stringify(journal, null, 2))
}
