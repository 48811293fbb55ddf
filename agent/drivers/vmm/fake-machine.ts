/** One fake VM: a log ring, a scripted process, and at most one connected agent. */
import { constants } from 'node:os'
import { FakeSession } from './fake-session.ts'
import type { ExecResult, LogLine, SessionEvents, SessionRequest, SnapshotKey, Vm, VmExit, VmHandlers, VmIdentity, VmSpec, VmStats } from '../vmm.ts'

export interface FakeProcess {
  readonly argv: string[]
  readonly env: Record<string, string>
  readonly workdir: string
  readonly user: string
  log(stream: 'stdout' | 'stderr', line: string): void
  exit(code: number): void
  /** Without a handler the stop signal ends the process by that signal. */
  onStopSignal(handler: () => void): void
  onExec(handler: FakeExec): void
}

export type FakeProgram = (process: FakeProcess) => void
export type FakeExec = (argv: string[], stdin: string, env: Record<string, string>) => Omit<ExecResult, 'timedOut'> | 'hang'

const NOT_FOUND: Omit<ExecResult, 'timedOut'> = { exitCode: 127, stdout: '', stderr: 'executable not found' }

export class FakeMachine {
  identity: VmIdentity
  onGone: () => void = () => {}
  onSuspend: (key: SnapshotKey) => void = () => {}
  #sessions = 0
  readonly #spec: VmSpec
  readonly #env: Record<string, string>
  readonly #ringSize: number
  readonly #gone: Promise<void>
  readonly #bornMs = Date.now()
  #resolveGone: () => void = () => {}
  #handlers: VmHandlers | null = null
  #lines: LogLine[] = []
  #seq = 0
  #started = false
  #ended = false
  #onStop: (() => void) | null = null
  #onExec: FakeExec = () => NOT_FOUND

  constructor(identity: VmIdentity, spec: VmSpec, secrets: Record<string, string>, ringSize: number) {
    this.identity = identity
    this.#spec = spec
    this.#env = { ...spec.process.env, ...secrets }
    this.#ringSize = ringSize
    this.#gone = new Promise((resolve) => { this.#resolveGone = resolve })
  }

  run(executable: string, programs: Record<string, FakeProgram | null>): void {
    const program = programs[executable]
    if (program === null) {
      this.log('system', `executable not found: ${executable}`)
      return this.end({ kind: 'process', code: 127, signal: null, oom: false })
    }
    this.#started = true
    this.#handlers?.onStarted()
    program?.({
      ...this.#spec.process,
      env: this.#env,
      log: (stream, line) => this.log(stream, line),
      exit: (code) => this.end({ kind: 'process', code, signal: null, oom: false }),
      onStopSignal: (handler) => { this.#onStop = handler },
      onExec: (handler) => { this.#onExec = handler },
    })
  }

  log(stream: LogLine['stream'], line: string): void {
    if (this.#ended) return
    this.#seq += 1
    const entry: LogLine = { seq: this.#seq, stream, line, atMs: Date.now() }
    this.#lines.push(entry)
    if (this.#lines.length > this.#ringSize) this.#dropOldest()
    this.#handlers?.onLog([entry])
  }

  end(exit: VmExit): void {
    if (this.#ended) return
    this.#ended = true
    this.onGone()
    const handlers = this.#handlers
    setTimeout(() => {
      handlers?.onExit(exit)
      this.#resolveGone()
    }, 0)
  }

  connect(handlers: VmHandlers): Vm {
    this.#handlers = handlers
    if (this.#started) handlers.onStarted()
    if (this.#lines.length > 0) handlers.onLog([...this.#lines])
    return {
      identity: this.identity,
      resendLogs: () => {
        handlers.onLog([...this.#lines])
        return true
      },
      ackLogs: (seq) => { this.#lines = this.#lines.filter((line) => line.seq > seq) },
      stats: () => Promise.resolve(this.#stats()),
      exec: (argv, options) => this.#exec(argv, options),
      session: (request, events) => this.#session(request, events),
      copyVolume: () => Promise.resolve(),
      growVolume: () => Promise.resolve(),
      openSessions: () => this.#sessions,
      suspend: (key) => {
        this.#handlers = null
        this.onSuspend(key)
        return Promise.resolve({ bytes: this.#spec.memoryMib << 20, tookMs: 1 })
      },
      stop: (graceMs) => this.#stop(graceMs),
      kill: () => {
        this.end({ kind: 'vmm', reason: 'killed', detail: 'killed on request' })
        return this.#gone
      },
      detach: () => { if (this.#handlers === handlers) this.#handlers = null },
    }
  }

  #dropOldest(): void {
    const [first, second] = this.#lines.splice(0, 2)
    if (!first || !second) return
    const dropped = Number(/^(\d+) log lines/.exec(first.line)?.[1] ?? 1) + 1
    this.#lines.unshift({ ...second, stream: 'system', line: `${dropped} log lines were dropped` })
  }

  #stats(): VmStats {
    const uptimeMs = Date.now() - this.#bornMs
    return { cpuUs: uptimeMs * 10, memoryUsedMib: Math.round(this.#spec.memoryMib / 4), diskReadBytes: uptimeMs, diskWriteBytes: uptimeMs }
  }

  #session(request: SessionRequest, events: SessionEvents): FakeSession {
    this.#sessions += 1
    const counted: SessionEvents = {
      ...events,
      onEnd: (end) => {
        this.#sessions -= 1
        events.onEnd(end)
      },
    }
    const session = new FakeSession(request, counted, (argv, stdin) => this.#onExec(argv, stdin, { ...this.#env, ...request.env }))
    void this.#gone.then(() => session.lose())
    return session
  }

  async #exec(argv: string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult> {
    const result = this.#onExec(argv, options.stdin ?? '', this.#env)
    if (result !== 'hang') return { ...result, timedOut: false }
    await new Promise((resolve) => { setTimeout(resolve, options.timeoutMs) })
    return { exitCode: 137, stdout: '', stderr: '', timedOut: true }
  }

  async #stop(graceMs: number): Promise<void> {
    const signal = constants.signals[this.#spec.process.stopSignal as NodeJS.Signals] ?? constants.signals.SIGTERM
    if (this.#onStop) this.#onStop()
    else this.end({ kind: 'process', code: null, signal, oom: false })
    const timer = setTimeout(() => {
      this.log('system', 'still running after the stop signal: killed')
      this.end({ kind: 'process', code: null, signal: constants.signals.SIGKILL, oom: false })
    }, graceMs)
    await this.#gone
    clearTimeout(timer)
  }
}
