/** Commands and sessions of the double's guest: frames in, a fake machine's answers out. */
import type { GuestSession, Vm } from '../../drivers/vmm.ts'
import { EXIT_FLAG, MSG, STREAM, u32 } from '../../guest/protocol.ts'

interface Waiting { argv: string[]; timeoutMs: number; input: Buffer[] }

const STREAMS = { stdout: STREAM.STDOUT, stderr: STREAM.STDERR }
const split = (bytes: Buffer): string[] => bytes.toString('utf8').split('\0').slice(0, -1)

export class GuestCommands {
  readonly #send: (type: number, payload: Buffer) => void
  readonly #execs = new Map<number, Waiting>()
  readonly #sessions = new Map<number, GuestSession>()

  constructor(send: (type: number, payload: Buffer) => void) {
    this.#send = send
  }

  receive(vm: Vm, type: number, payload: Buffer): void {
    const id = payload.readUInt32LE(0)
    const session = this.#sessions.get(id)
    if (type === MSG.EXEC) this.#execs.set(id, { argv: split(payload.subarray(8)), timeoutMs: payload.readUInt32LE(4), input: [] })
    else if (type === MSG.SESSION_OPEN) this.#open(vm, id, payload)
    else if (type === MSG.EXEC_STDIN) this.#input(vm, id, payload.subarray(4))
    else if (type === MSG.SESSION_CREDIT) session?.credit(payload.readUInt32LE(4))
    else if (type === MSG.SESSION_RESIZE) session?.resize(payload.readUInt16LE(4), payload.readUInt16LE(6))
    else if (type === MSG.SESSION_HANGUP) session?.hangUp()
  }

  #input(vm: Vm, id: number, bytes: Buffer): void {
    const session = this.#sessions.get(id)
    const exec = this.#execs.get(id)
    if (session) return bytes.length > 0 ? session.write(Buffer.from(bytes)) : session.endInput()
    if (exec && bytes.length > 0) exec.input.push(Buffer.from(bytes))
    else if (exec) void this.#run(vm, id, exec)
  }

  async #run(vm: Vm, id: number, { argv, timeoutMs, input }: Waiting): Promise<void> {
    this.#execs.delete(id)
    const { exitCode, stdout, stderr, timedOut } = await vm.exec(argv, { timeoutMs, stdin: Buffer.concat(input).toString() })
    this.#out(id, 'stdout', Buffer.from(stdout))
    this.#out(id, 'stderr', Buffer.from(stderr))
    this.#ended(id, exitCode, timedOut ? EXIT_FLAG.TIMED_OUT : 0)
  }

  #open(vm: Vm, id: number, payload: Buffer): void {
    const [flags, columns, rows] = [payload.readUInt8(4), payload.readUInt16LE(5), payload.readUInt16LE(7)]
    const [credit, timeoutMs, count] = [payload.readUInt32LE(9), payload.readUInt32LE(13), payload.readUInt16LE(17)]
    const texts = split(payload.subarray(19))
    const env = Object.fromEntries(texts.slice(0, count).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
    const request = { argv: texts.slice(count), env, terminal: flags & 1 ? { columns, rows } : null, timeoutMs: timeoutMs || null, credit }
    this.#sessions.set(id, vm.session(request, {
      onOutput: (stream, bytes) => this.#out(id, stream, bytes),
      onTaken: (bytes) => this.#send(MSG.SESSION_TAKEN, Buffer.concat([u32(id), u32(bytes)])),
      onEnd: (end) => {
        this.#sessions.delete(id)
        if (end.kind !== 'lost') this.#ended(id, end.code, end.kind === 'never_ran' ? EXIT_FLAG.NEVER_RAN : end.timedOut ? EXIT_FLAG.TIMED_OUT : 0)
      },
    }))
  }

  #out(id: number, stream: 'stdout' | 'stderr', bytes: Buffer): void {
    if (bytes.length > 0) this.#send(MSG.EXEC_OUT, Buffer.concat([u32(id), Buffer.from([STREAMS[stream]]), bytes]))
  }

  #ended(id: number, code: number, flags: number): void {
    const end = Buffer.alloc(5)
    end.writeInt32LE(code, 0)
    end.writeUInt8(flags, 4)
    this.#send(MSG.EXEC_EXIT, Buffer.concat([u32(id), end]))
  }
}
