import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Owner } from '../host/files.ts'
import { endProcess, identify, type ProcessIdentity } from '../host/process.ts'

const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 5000
/** A part that ran this long starts again without delay. */
const STEADY_MS = 10_000

export interface PartSpec {
  name: string
  argv: [string, ...string[]]
  env: NodeJS.ProcessEnv
  cwd: string
  owner?: Owner | undefined
  stopSignal: NodeJS.Signals
  stopMs: number
}

export interface PartEvents {
  logFile: (name: string) => string
  onStart: (name: string, identity: ProcessIdentity) => void
  /** `failures` counts deaths in a row, each soon after its start. */
  onDeath: (death: { name: string; cause: string; failures: number; restartInMs: number }) => void
}

export interface Part {
  readonly name: string
  start: () => void
  /** Ends the process; it is not started again. */
  stop: () => Promise<void>
}

const closing = <T>(file: number, act: () => T): T => {
  try {
    return act()
  } finally {
    closeSync(file)
  }
}

/** One process that is started again whenever it dies, sooner or later by how long it ran. */
export function makePart(spec: PartSpec, events: PartEvents): Part {
  const stopping = new AbortController()
  let running: { child: ChildProcess; identity: ProcessIdentity | undefined } | undefined
  let failures = 0

  const launch = (): void => {
    const log = openSync(events.logFile(spec.name), 'a', 0o600)
    const startedAt = performance.now()
    const [file, ...args] = spec.argv
    // A process group of its own: Ctrl-C reaches the supervisor alone, and the part outlives a killed supervisor.
    const options: SpawnOptions = { cwd: spec.cwd, env: spec.env, detached: true, stdio: ['ignore', log, log], ...spec.owner }
    const child = closing(log, () => spawn(file, args, options))
    const identity = child.pid === undefined ? undefined : identify(child.pid)
    running = { child, identity }
    if (identity) events.onStart(spec.name, identity)
    let isOver = false
    const over = (cause: string): void => {
      if (isOver) return
      isOver = true
      running = undefined
      if (performance.now() - startedAt >= STEADY_MS) failures = 0
      void restart(cause)
    }
    child.once('error', (error) => over(error.message))
    child.once('exit', (code, signal) => over(signal ?? `exit code ${code}`))
  }

  const restart = async (cause: string): Promise<void> => {
    if (stopping.signal.aborted) return
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
    failures += 1
    events.onDeath({ name: spec.name, cause, failures, restartInMs: delay })
    try {
      await sleep(delay, undefined, { signal: stopping.signal })
      launch()
    } catch (error) {
      // Some failures to start are thrown, not told as an event: a machine out of processes must not end the supervisor.
      void restart(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    name: spec.name,
    start: launch,
    stop: async () => {
      stopping.abort()
      if (running?.identity) await endProcess(running.identity, spec.stopSignal, spec.stopMs)
    },
  }
}
