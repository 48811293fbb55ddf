import { existsSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../host/files.ts'
import { endProcess } from '../host/process.ts'
import { readJournal, writeJournal, type Journal } from './journal.ts'
import { followLogs } from './log-tail.ts'
import { makePart, type Part, type PartSpec } from './part.ts'

/** Together some three seconds of trying. */
const HOPELESS_FAILURES = 6
const LARGEST_LOG = 16 * 1024 * 1024

/** Parts stop in this order: first what takes work in, last what holds the data. */
export const STOP_ORDER = ['agent', 'fence', 'worker', 'portal', 'edge', 'registry', 'postgres'] as const

export interface Supervisor {
  start: (spec: PartSpec) => void
  /** Ends one part, or all of them in order. */
  stop: (name: string) => Promise<void>
  stopAll: () => Promise<void>
  /** Rejects when a part keeps dying as soon as it starts; of use while the product starts. */
  hopeless: Promise<never>
}

function rotateLogs(folder: string): void {
  for (const name of STOP_ORDER) {
    const file = path.join(folder, `${name}.log`)
    if (existsSync(file) && statSync(file).size > LARGEST_LOG) renameSync(file, `${file}.1`)
  }
}

export function makeSupervisor(data: string, print: (line: string) => void): Supervisor {
  const logs = makeFolder(path.join(data, 'logs'), 0o700)
  rotateLogs(logs)
  const closeLogs = followLogs(logs, STOP_ORDER, print)
  const parts = new Map<string, Part>()
  const journal: Journal = {}

  const hopeless = Promise.withResolvers<never>()
  hopeless.promise.catch(() => undefined)

  const stop = async (name: string): Promise<void> => {
    await parts.get(name)?.stop()
    parts.delete(name)
    delete journal[name]
    writeJournal(data, journal)
  }
  return {
    start: (spec) => {
      const part = makePart(spec, {
        logFile: (name) => path.join(logs, `${name}.log`),
        onStart: (name, identity) => {
          journal[name] = identity
          writeJournal(data, journal)
        },
        onDeath: ({ name, cause, failures, restartInMs }) => {
          print(`${name} ended (${cause}), starts again in ${restartInMs} ms`)
          if (failures >= HOPELESS_FAILURES) {
            hopeless.reject(new Error(`${name} does not start (${cause}); its log is ${path.join(logs, `${name}.log`)}`))
          }
        },
      })
      parts.set(spec.name, part)
      part.start()
    },
    stop,
    hopeless: hopeless.promise,
    stopAll: async () => {
      for (const name of STOP_ORDER) await stop(name)
      closeLogs()
    },
  }
}

/** Ends the parts of a supervisor that was killed. Their VMs are no parts and keep running. */
export async function endLeftovers(data: string): Promise<string[]> {
  const journal = readJournal(data)
  const ended: string[] = []
  for (const name of STOP_ORDER) {
    const identity = journal[name]
    if (!identity) continue
    await endProcess(identity, name === 'postgres' ? 'SIGINT' : 'SIGTERM', 5000)
    ended.push(name)
  }
  writeJournal(data, {})
  return ended
}
