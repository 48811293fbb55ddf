/** Commands and terminals inside the guest, each with its own window of output, so that one nobody reads holds up no other. */
import { randomInt } from 'node:crypto'
import { EXIT_FLAG, MSG, SESSION_FLAG, STREAM, strings, u16, u32 } from '../../../guest/protocol.ts'
import type { GuestSession, SessionEnd, SessionEvents, SessionRequest } from '../../vmm.ts'

interface Session { events: SessionEvents; credit: number; untaken: number }

const CHUNK_BYTES = 65_536

export class GuestSessions {
  readonly #send: (type: number, payload: Buffer) => boolean
  readonly #sessions = new Map<number, Session>()
  /** Starts anywhere: the guest may still be ending sessions of a former agent. */
  #nextId = randomInt(2 ** 31, 2 ** 32 - 1)

  constructor(send: (type: number, payload: Buffer) => boolean) {
    this.#send = send
  }

  get size(): number { return this.#sessions.size }

  open(request: SessionRequest, events: SessionEvents): GuestSession {
    const id = this.#claimId()
    const session: Session = { events, credit: request.credit, untaken: 0 }
    this.#sessions.set(id, session)
    const sent = this.#send(MSG.SESSION_OPEN, openFrame(id, request))
    if (!sent) queueMicrotask(() => this.#end(id, { kind: 'lost', why: 'vm_stopped' }))
    return {
      write: (bytes) => this.#write(id, session, bytes),
      endInput: () => { this.#send(MSG.EXEC_STDIN, u32(id)) },
      credit: (bytes) => {
        session.credit += bytes
        this.#send(MSG.SESSION_CREDIT, Buffer.concat([u32(id), u32(bytes)]))
      },
      resize: (columns, rows) => { this.#send(MSG.SESSION_RESIZE, Buffer.concat([u32(id), u16(columns), u16(rows)])) },
      hangUp: () => { this.#send(MSG.SESSION_HANGUP, u32(id)) },
    }
  }

  /** Bytes from a guest are hostile: what is not of a session of ours is dropped, and who sends more than was allowed loses the session. */
  receive(type: number, payload: Buffer): boolean {
    if (payload.length < 5) return false
    const id = payload.readUInt32LE(0)
    const session = this.#sessions.get(id)
    if (session === undefined) return false
    if (type === MSG.EXEC_OUT) this.#output(id, session, payload)
    else if (type === MSG.SESSION_TAKEN && payload.length >= 8) this.#taken(session, payload.readUInt32LE(4))
    else if (type === MSG.EXEC_EXIT && payload.length >= 9) this.#end(id, exitOf(payload))
    return true
  }

  abort(): void {
    for (const id of [...this.#sessions.keys()]) this.#end(id, { kind: 'lost', why: 'vm_stopped' })
  }

  #claimId(): number {
    this.#nextId = this.#nextId >= 2 ** 32 - 1 ? 2 ** 31 : this.#nextId + 1
    return this.#nextId
  }

  #write(id: number, session: Session, bytes: Buffer): void {
    session.untaken += bytes.length
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      this.#send(MSG.EXEC_STDIN, Buffer.concat([u32(id), bytes.subarray(at, at + CHUNK_BYTES)]))
    }
  }

  #output(id: number, session: Session, payload: Buffer): void {
    const bytes = Buffer.from(payload.subarray(5))
    session.credit -= bytes.length
    if (session.credit < 0) {
      this.#send(MSG.SESSION_HANGUP, u32(id))
      this.#end(id, { kind: 'lost', why: 'guest_misbehaved' })
    } else if (bytes.length > 0) {
      session.events.onOutput(payload.readUInt8(4) === STREAM.STDERR ? 'stderr' : 'stdout', bytes)
    }
  }

  #taken(session: Session, bytes: number): void {
    const taken = Math.min(bytes, session.untaken)
    session.untaken -= taken
    if (taken > 0) session.events.onTaken(taken)
  }

  #end(id: number, end: SessionEnd): void {
    const session = this.#sessions.get(id)
    this.#sessions.delete(id)
    session?.events.onEnd(end)
  }
}

function openFrame(id: number, { argv, env, terminal, timeoutMs, credit }: SessionRequest): Buffer {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  return Buffer.concat([
    u32(id), Buffer.from([terminal ? SESSION_FLAG.TERMINAL : 0]), u16(terminal?.columns ?? 0), u16(terminal?.rows ?? 0), u32(credit), u32(timeoutMs ?? 0),
    u16(assignments.length), strings(assignments), strings(argv),
  ])
}

function exitOf(payload: Buffer): SessionEnd {
  const code = payload.readInt32LE(4)
  const flags = payload.readUInt8(8)
  return flags & EXIT_FLAG.NEVER_RAN ? { kind: 'never_ran', code } : { kind: 'exited', code, timedOut: (flags & EXIT_FLAG.TIMED_OUT) !== 0 }
}
