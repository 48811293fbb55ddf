/** Commands run inside the guest, many at once over one channel. */
import { randomInt } from 'node:crypto'
import { EXIT_FLAG, MSG, STREAM, strings, u32 } from '../../../guest/protocol.ts'
import { VmmError, type ExecResult } from '../../vmm.ts'

interface Session {
  stdout: Buffer[]
  stderr: Buffer[]
  bytes: number
  timer: NodeJS.Timeout
  settle: (result: ExecResult | VmmError) => void
}

const OUTPUT_LIMIT_BYTES = 4 << 20
const STDIN_CHUNK_BYTES = 65_536
/** The guest ends the command at its timeout; this long after, the host stops waiting for the guest. */
const PATIENCE_MS = 5000

export class ExecSessions {
  readonly #send: (type: number, payload: Buffer) => boolean
  readonly #sessions = new Map<number, Session>()
  /** Starts anywhere: the guest may still finish commands of a former agent. */
  #nextId = randomInt(2 ** 31)

  constructor(send: (type: number, payload: Buffer) => boolean) {
    this.#send = send
  }

  get size(): number { return this.#sessions.size }

  run(argv: readonly string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const settle = (result: ExecResult | VmmError): void => {
        clearTimeout(timer)
        this.#sessions.delete(id)
        if (result instanceof VmmError) reject(result)
        else resolve(result)
      }
      const timer = setTimeout(() => settle(new VmmError('vmm_failed', 'the guest stopped answering')), options.timeoutMs + PATIENCE_MS)
      this.#sessions.set(id, { stdout: [], stderr: [], bytes: 0, timer, settle })
      this.#send(MSG.EXEC, Buffer.concat([u32(id), u32(options.timeoutMs), strings(argv)]))
      const input = Buffer.from(options.stdin ?? '')
      for (let at = 0; at < input.length; at += STDIN_CHUNK_BYTES) {
        this.#send(MSG.EXEC_STDIN, Buffer.concat([u32(id), input.subarray(at, at + STDIN_CHUNK_BYTES)]))
      }
      this.#send(MSG.EXEC_STDIN, u32(id))
    })
  }

  receive(type: number, payload: Buffer): void {
    const session = payload.length >= 5 ? this.#sessions.get(payload.readUInt32LE(0)) : undefined
    if (session === undefined) return
    if (type === MSG.EXEC_OUT) this.#collect(session, payload)
    else if (type === MSG.EXEC_EXIT && payload.length >= 9) {
      session.settle({
        exitCode: payload.readInt32LE(4),
        stdout: Buffer.concat(session.stdout).toString('utf8'),
        stderr: Buffer.concat(session.stderr).toString('utf8'),
        timedOut: (payload.readUInt8(8) & EXIT_FLAG.TIMED_OUT) !== 0,
      })
    }
  }

  abort(): void {
    for (const session of this.#sessions.values()) session.settle(new VmmError('vmm_failed', 'the connection to the guest ended'))
  }

  /** What exceeds the limit is dropped, not refused: the command still ends with its own exit code. */
  #collect(session: Session, payload: Buffer): void {
    const bytes = payload.subarray(5)
    session.bytes += bytes.length
    if (session.bytes > OUTPUT_LIMIT_BYTES) return
    const target = payload.readUInt8(4) === STREAM.STDERR ? session.stderr : session.stdout
    target.push(Buffer.from(bytes))
  }
}
