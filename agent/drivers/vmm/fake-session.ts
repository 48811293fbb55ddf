/** Sessions of a fake VM: pipes run the program's exec handler when stdin ends, a terminal echoes what is typed until `exit`. */
import type { GuestSession, SessionEnd, SessionEvents, SessionRequest } from '../vmm.ts'
import type { FakeExec } from './fake-machine.ts'

interface Pending { stream: 'stdout' | 'stderr'; bytes: Buffer }

const HUNG_UP = 129

export function fakeSession(request: SessionRequest, events: SessionEvents, run: (argv: string[], stdin: string) => ReturnType<FakeExec>): GuestSession {
  let credit = request.credit
  let pending: Pending[] = []
  let end: SessionEnd | null = null
  let over = false
  let typed = Buffer.alloc(0)
  const flush = (): void => {
    while (!over && credit > 0 && pending[0]) {
      const { stream, bytes } = pending[0]
      const part = bytes.subarray(0, credit)
      credit -= part.length
      if (part.length === bytes.length) pending.shift()
      else pending[0] = { stream, bytes: bytes.subarray(part.length) }
      events.onOutput(stream, part)
    }
    if (over || !end || pending.length > 0) return
    over = true
    clearTimeout(timer)
    events.onEnd(end)
  }
  const say = (stream: Pending['stream'], text: string | Buffer): void => {
    const bytes = Buffer.from(text)
    if (bytes.length > 0) pending.push({ stream, bytes })
  }
  const finish = (how: SessionEnd): void => {
    end ??= how
    setImmediate(flush)
  }
  const timer = request.timeoutMs === null ? undefined : setTimeout(() => finish({ kind: 'exited', code: 137, timedOut: true }), request.timeoutMs)
  const missing = request.argv[0]?.startsWith('/no/') ?? true
  if (missing) finish({ kind: 'never_ran', code: 127 })
  if (request.terminal && !missing) say('stdout', `$ ${request.terminal.columns}x${request.terminal.rows}\r\n`)
  setImmediate(flush)
  return {
    write: (bytes) => {
      events.onTaken(bytes.length)
      if (!request.terminal) typed = Buffer.concat([typed, bytes])
      else say('stdout', bytes)
      if (request.terminal && bytes.toString().includes('exit')) finish({ kind: 'exited', code: 0, timedOut: false })
      setImmediate(flush)
    },
    endInput: () => {
      if (request.terminal || end) return
      const result = run(request.argv, typed.toString())
      if (result === 'hang') return
      say('stdout', result.stdout)
      say('stderr', result.stderr)
      finish({ kind: 'exited', code: result.exitCode, timedOut: false })
    },
    credit: (bytes) => {
      credit += bytes
      setImmediate(flush)
    },
    resize: (columns, rows) => {
      say('stdout', `${columns}x${rows}\r\n`)
      setImmediate(flush)
    },
    hangUp: () => {
      pending = []
      finish({ kind: 'exited', code: HUNG_UP, timedOut: false })
    },
  }
}
