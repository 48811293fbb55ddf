import { Inbox, Outbox } from './session-stream.ts'
import {
  Ended, FRAME, frame, inputFrame, offsetBytes, Opened, readFrame, readJson, readOffset, readOutput, SESSION_WINDOW, sizeBytes,
  type Bytes, type Size, type StreamName,
} from './session-wire.ts'

export interface SessionClientEvents {
  /** Call `done` when the bytes were shown or written: only then more may come. */
  onOutput(stream: StreamName, bytes: Uint8Array, done: () => void): void
  onEnded(ended: Ended): void
  /** Input may be written again. */
  onRoom?(): void
}

/** Acknowledging each message would cost as much as the messages. */
const ACK_EVERY = SESSION_WINDOW / 8
const INPUT_CHUNK = 32 << 10

/** The near end of a session: the same for the console, the command and tests. Connections come and go; it loses and repeats nothing. */
export class SessionClient {
  readonly #events: SessionClientEvents
  readonly #received = new Inbox()
  readonly #input = new Outbox()
  #send: ((message: Bytes) => void) | null = null
  #consumed = 0
  #acked = 0
  #inputEnd = false
  #ended = false

  constructor(events: SessionClientEvents) {
    this.#events = events
  }

  /** Where output goes on: for the address of the next connection. */
  get from(): number { return this.#received.received }
  get ended(): boolean { return this.#ended }
  /** Whether more input may be written now. */
  get hasRoom(): boolean { return this.#input.waiting < SESSION_WINDOW }

  connect(send: (message: Bytes) => void): void {
    this.#send = send
  }

  disconnect(): void {
    this.#send = null
  }

  receive(message: Uint8Array): void {
    const got = readFrame(message)
    if (!got) return
    if (got.type === FRAME.OUTPUT) this.#output(got.payload)
    else if (got.type === FRAME.INPUT_ACK) this.#taken(readOffset(got.payload))
    else if (got.type === FRAME.OPENED) this.#opened(readJson(Opened, got.payload)?.input ?? 0)
    else if (got.type === FRAME.ENDED) this.#over(readJson(Ended, got.payload) ?? { reason: 'lost', code: null })
  }

  write(bytes: Uint8Array): void {
    if (this.#inputEnd) return
    for (let at = 0; at < bytes.length; at += INPUT_CHUNK) this.#say(inputFrame(0, this.#input.push(bytes.slice(at, at + INPUT_CHUNK))))
  }

  endInput(): void {
    this.#inputEnd = true
    this.#say(frame(FRAME.INPUT_END, 0))
  }

  resize(size: Size): void {
    this.#say(frame(FRAME.RESIZE, 0, sizeBytes(size)))
  }

  hangUp(): void {
    this.#say(frame(FRAME.HANGUP, 0))
  }

  #say(message: Bytes): void {
    this.#send?.(message)
  }

  /** The portal says how much of what was written it has; the rest is written again. */
  #opened(input: number): void {
    for (const chunk of this.#input.from(input)) this.#say(inputFrame(0, chunk))
    if (this.#inputEnd) this.#say(frame(FRAME.INPUT_END, 0))
    this.#acknowledge()
  }

  #output(payload: Uint8Array): void {
    const chunk = readOutput(payload)
    const bytes = chunk && this.#received.take(chunk)
    if (!bytes || bytes.length === 0) return
    this.#events.onOutput(chunk.stream, bytes, () => {
      this.#consumed += bytes.length
      if (this.#consumed - this.#acked >= ACK_EVERY) this.#acknowledge()
    })
  }

  #acknowledge(): void {
    if (this.#consumed === 0) return
    this.#acked = this.#consumed
    this.#say(frame(FRAME.ACK, 0, offsetBytes(this.#consumed)))
  }

  #taken(offset: number | null): void {
    const had = this.hasRoom
    this.#input.ack(offset ?? 0)
    if (!had && this.hasRoom) this.#events.onRoom?.()
  }

  #over(ended: Ended): void {
    if (this.#ended) return
    this.#ended = true
    this.#events.onEnded(ended)
  }
}
