/** Sessions of a fake VM: pipes run the program's exec handler when stdin ends, a terminal echoes what is typed until `exit`. */
import type { GuestSession, SessionEnd, SessionEvents, SessionRequest } from '../vmm.ts'
import type { FakeExec } from './fake-machine.ts'

interface Pending { stream: 'stdout' | 'stderr'; bytes: Buffer }
type Run = (argv: string[], stdin: string) => ReturnType<FakeExec>

const HUNG_UP = 129

export class FakeSession implements GuestSession {
  readonly #request: SessionRequest
  readonly #events: SessionEvents
  readonly #run: Run
  readonly #timer: NodeJS.Timeout | undefined
  #credit: number
  #pending: Pending[] = []
  #end: SessionEnd | null = null
  #over = false
  #typed = Buffer.alloc(0)

  constructor(request: SessionRequest, events: SessionEvents, run: Run) {
    this.#request = request
    this.#events = events
    this.#run = run
    this.#credit = request.credit
    const { argv, terminal, timeoutMs } = request
    if (timeoutMs !== null) this.#timer = setTimeout(() => this.#finish({ kind: 'exited', code: 137, timedOut: true }), timeoutMs)
    if (argv[0]?.startsWith('/no/') ?? true) this.#finish({ kind: 'never_ran', code: 127 })
    else if (terminal) this.#say('stdout', `$ ${terminal.columns}x${terminal.rows}\r\n`)
  }

  write(bytes: Buffer): void {
    this.#events.onTaken(bytes.length)
    if (!this.#request.terminal) this.#typed = Buffer.concat([this.#typed, bytes])
    else this.#say('stdout', bytes)
    if (this.#request.terminal && bytes.toString().includes('exit')) this.#finish({ kind: 'exited', code: 0, timedOut: false })
  }

  endInput(): void {
    const result = this.#request.terminal || this.#end ? 'hang' : this.#run(this.#request.argv, this.#typed.toString())
    if (result === 'hang') return
    this.#say('stdout', result.stdout)
    this.#say('stderr', result.stderr)
    this.#finish({ kind: 'exited', code: result.exitCode, timedOut: false })
  }

  credit(bytes: number): void {
    this.#credit += bytes
    setImmediate(() => this.#flush())
  }

  resize(columns: number, rows: number): void {
    this.#say('stdout', `${columns}x${rows}\r\n`)
  }

  hangUp(): void {
    this.#pending = []
    this.#finish({ kind: 'exited', code: HUNG_UP, timedOut: false })
  }

  lose(): void {
    this.#pending = []
    this.#finish({ kind: 'lost', why: 'vm_stopped' })
  }

  #say(stream: Pending['stream'], text: string | Buffer): void {
    const bytes = Buffer.from(text)
    if (bytes.length > 0) this.#pending.push({ stream, bytes })
    setImmediate(() => this.#flush())
  }

  #finish(how: SessionEnd): void {
    this.#end ??= how
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    for (let next = this.#pending[0]; next && !this.#over && this.#credit > 0; next = this.#pending[0]) {
      const part = next.bytes.subarray(0, this.#credit)
      this.#credit -= part.length
      if (part.length === next.bytes.length) this.#pending.shift()
      else this.#pending[0] = { stream: next.stream, bytes: next.bytes.subarray(part.length) }
      this.#events.onOutput(next.stream, part)
    }
    if (this.#over || !this.#end || this.#pending.length > 0) return
    this.#over = true
    clearTimeout(this.#timer)
    this.#events.onEnd(this.#end)
  }
}
