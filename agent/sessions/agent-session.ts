/** One command or terminal on this node: what its guest says waits here until the portal has it. */
import { Inbox, Outbox } from '../../server/contract/session-stream.ts'
import {
  FRAME, frame, json, offsetBytes, outputFrame, readInput, readOffset, readSize, SESSION_WINDOW,
  type Bytes, type Ended, type EndReason, type Frame, type OpenRequest, type StreamName,
} from '../../server/contract/session-wire.ts'
import { SESSION_INPUT_BYTES, type GuestSession, type SessionEnd, type Vm } from '../drivers/vmm.ts'

const NOT_FOUND = 127

export class AgentSession {
  readonly channel: number
  readonly #send: (message: Bytes) => void
  readonly #request: OpenRequest
  readonly #outbox = new Outbox()
  readonly #inbox = new Inbox()
  #guest: GuestSession | null = null
  #taken = 0
  #inputEnded = false
  #ended: Ended | null = null
  /** Until it is known which of several commands runs, what is typed waits. */
  #held: Buffer[] | null = []

  constructor(channel: number, request: OpenRequest, send: (message: Bytes) => void) {
    this.channel = channel
    this.#request = request
    this.#send = send
  }

  get input(): number { return this.#inbox.received }

  start(vm: Vm | null): void {
    if (this.#ended) return
    if (vm) this.#try(vm, 0)
    else this.#end('instance_stopped', null)
  }

  receive({ type, payload }: Frame): void {
    if (type === FRAME.INPUT) this.#input(payload)
    else if (type === FRAME.INPUT_END) this.#inputEnd()
    else if (type === FRAME.ACK) this.#ack(readOffset(payload))
    else if (type === FRAME.SYNC) this.#sync(readOffset(payload))
    else if (type === FRAME.RESIZE) this.#resize(payload)
  }

  /** Nobody wants it any more. */
  hangUp(): void {
    if (!this.#ended) this.#guest?.hangUp()
    this.#ended ??= { reason: 'closed', code: null }
  }

  #try(vm: Vm, attempt: number): void {
    const { commands, env, terminal, timeout_ms: timeoutMs } = this.#request
    const last = attempt >= commands.length - 1
    const refusal = terminal !== null && !last ? 'stderr' : null
    this.#guest = vm.session({ argv: commands[attempt] ?? [], env, terminal, timeoutMs, credit: SESSION_WINDOW - this.#outbox.waiting }, {
      onOutput: (stream, bytes) => {
        // A terminal says everything on stdout: the rest is why this command could not run, and the next one is tried.
        if (stream === refusal) return
        this.#release()
        this.#output(stream, bytes)
      },
      onTaken: (bytes) => this.#confirm(bytes),
      onEnd: (end) => {
        if (end.kind === 'never_ran' && !last && !this.#ended) this.#try(vm, attempt + 1)
        else this.#over(end)
      },
    })
    if (!last) return
    this.#release()
    // It may have ended while the instance was still being woken.
    if (this.#inputEnded) this.#guest.endInput()
  }

  #release(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const bytes of held) this.#guest?.write(bytes)
  }

  #output(stream: StreamName, bytes: Buffer): void {
    if (!this.#ended) this.#send(outputFrame(this.channel, this.#outbox.push(bytes, stream)))
  }

  #confirm(bytes: number): void {
    this.#taken += bytes
    this.#send(frame(FRAME.INPUT_ACK, this.channel, offsetBytes(this.#taken)))
  }

  #input(payload: Uint8Array): void {
    const chunk = readInput(payload)
    const bytes = chunk && this.#inbox.take(chunk)
    if (!bytes || this.#ended) return
    if (this.#inbox.received - this.#taken > SESSION_INPUT_BYTES) return this.hangUp()
    if (this.#held) this.#held.push(Buffer.from(bytes))
    else this.#guest?.write(Buffer.from(bytes))
  }

  #inputEnd(): void {
    if (this.#inputEnded || this.#ended) return
    this.#inputEnded = true
    this.#guest?.endInput()
  }

  #ack(offset: number | null): void {
    const gone = offset === null ? 0 : this.#outbox.ack(offset)
    if (gone > 0 && !this.#ended) this.#guest?.credit(gone)
  }

  /** The line was broken: what the portal does not have is said again. */
  #sync(offset: number | null): void {
    if (offset === null) return
    for (const chunk of this.#outbox.from(offset)) this.#send(outputFrame(this.channel, chunk))
    this.#send(frame(FRAME.INPUT_ACK, this.channel, offsetBytes(this.#taken)))
    if (this.#ended) this.#sayEnded(this.#ended)
  }

  #resize(payload: Uint8Array): void {
    const size = readSize(payload)
    if (size && !this.#ended) this.#guest?.resize(size.columns, size.rows)
  }

  #over(end: SessionEnd): void {
    if (end.kind === 'lost') this.#end(end.why === 'vm_stopped' ? 'instance_stopped' : end.why, null)
    else if (end.kind === 'never_ran') this.#end(this.#neverRan(end.code), end.code)
    else this.#end(end.timedOut ? 'timed_out' : 'exited', end.code)
  }

  /** The guest says "too many" the way a shell says "cannot run". */
  #neverRan(code: number): EndReason {
    if (code === NOT_FOUND) return 'not_found'
    const said = this.#outbox.from(0).map(({ bytes }) => Buffer.from(bytes).toString()).join('')
    return said.startsWith('too many commands') ? 'too_many' : said.startsWith('the process is not running') ? 'instance_stopped' : 'not_executable'
  }

  #end(reason: EndReason, code: number | null): void {
    if (this.#ended) return
    this.#ended = { reason, code }
    this.#sayEnded(this.#ended)
  }

  #sayEnded(ended: Ended): void {
    this.#send(frame(FRAME.ENDED, this.channel, json(ended)))
  }
}
