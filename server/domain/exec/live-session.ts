import { randomInt } from 'node:crypto'
import { Inbox, Outbox } from '../../contract/session-stream.ts'
import {
  Ended, FRAME, frame, inputFrame, json, offsetBytes, outputFrame, readInput, readJson, readOffset, readOutput, readSize, SESSION_WINDOW, sizeBytes,
  type Bytes, type EndReason, type Frame, type OpenRequest, type Size,
} from '../../contract/session-wire.ts'
import { lineOf } from './lines.ts'
import { SESSION_LIMITS, sessionTimers } from './session-timers.ts'

/** Whoever reads and writes a session at the moment: a browser, the command, or a call that waits for the answer. */
export interface Viewer {
  send(message: Bytes): void
  /** The session is over, or somebody else took it; nothing comes after. */
  leave(ended: Ended | null): void
}

export interface SessionFacts {
  id: string
  orgId: string
  appId: string
  instanceId: string
  nodeId: string
  kind: 'command' | 'terminal'
  /** Person or machine, with its token: nobody else gets a ticket. */
  principal: string
}
export interface Traffic { bytesIn: number; bytesOut: number }

const channels = new Set<number>()
const claimChannel = (): number => {
  const channel = randomInt(1, 2 ** 32 - 1)
  if (channels.has(channel)) return claimChannel()
  channels.add(channel)
  return channel
}

/** A session as the portal knows it: between the line to the agent and whoever looks, and for a while without either. */
export class LiveSession {
  readonly facts: SessionFacts
  readonly channel = claimChannel()
  readonly request: OpenRequest
  readonly #onEnd: (session: LiveSession, ended: Ended) => void
  readonly #output = new Outbox()
  readonly #received = new Inbox()
  readonly #input = new Outbox()
  readonly #typed = new Inbox()
  readonly #timers = sessionTimers((reason) => this.end(reason))
  #inputEnd: number | null = null
  #viewer: Viewer | null = null
  #opened = false
  #ended: Ended | null = null

  constructor(facts: SessionFacts, request: OpenRequest, onEnd: (session: LiveSession, ended: Ended) => void) {
    this.facts = facts
    this.request = request
    this.#onEnd = onEnd
    this.#timers.viewerGone()
  }

  get ended(): Ended | null { return this.#ended }
  get opened(): boolean { return this.#opened }
  get traffic(): Traffic { return { bytesIn: this.#input.end, bytesOut: this.#output.end } }

  /** Returns where the viewer stands: output goes on at `output`, and `input` bytes of what it typed are here. */
  attach(viewer: Viewer, size: Size | null, from = 0): { output: number; input: number } {
    this.#viewer?.leave(null)
    this.#viewer = viewer
    this.#timers.viewerHere()
    if (size && this.request.terminal) Object.assign(this.request.terminal, size)
    if (!this.#opened && !this.#ended) this.open()
    else if (size && this.request.terminal) this.#toAgent(frame(FRAME.RESIZE, this.channel, sizeBytes(size)))
    return { output: Math.min(Math.max(from, this.#output.start), this.#output.end), input: this.#typed.received }
  }

  /** What the viewer does not have yet; after {@link attach}. */
  resend(from: number): void {
    for (const chunk of this.#output.from(from)) this.#viewer?.send(outputFrame(0, chunk))
    this.#viewer?.send(frame(FRAME.INPUT_ACK, 0, offsetBytes(this.#input.start)))
    if (this.#ended) this.#tellEnded(this.#ended)
  }

  detach(viewer: Viewer): void {
    if (this.#viewer !== viewer) return
    this.#viewer = null
    if (!this.#ended) this.#timers.viewerGone()
  }

  fromViewer({ type, payload }: Frame): void {
    if (this.#ended && type !== FRAME.ACK) return
    if (type === FRAME.INPUT) this.#type(payload)
    else if (type === FRAME.INPUT_END) this.#endInput()
    else if (type === FRAME.ACK) this.#acknowledge(readOffset(payload))
    else if (type === FRAME.RESIZE) this.#resize(payload)
    else if (type === FRAME.HANGUP) this.end('closed')
  }

  fromAgent({ type, payload }: Frame): void {
    if (type === FRAME.OUTPUT) this.#print(payload)
    else if (type === FRAME.INPUT_ACK) this.#taken(readOffset(payload))
    else if (type === FRAME.ENDED) this.#finish(readJson(Ended, payload) ?? { reason: 'guest_misbehaved', code: null })
  }

  /** Without a line it begins as soon as there is one; it waits a moment for that. */
  open(): void {
    const line = lineOf(this.facts.nodeId)
    if (!line) return this.#timers.lineGone(SESSION_LIMITS.firstLineMs)
    this.#opened = true
    this.#timers.lineHere()
    line.send(frame(FRAME.OPEN, this.channel, json(this.request)))
    for (const chunk of this.#input.from(0)) line.send(inputFrame(this.channel, chunk))
    if (this.#inputEnd !== null) line.send(frame(FRAME.INPUT_END, this.channel, offsetBytes(this.#inputEnd)))
  }

  lineGone(): void {
    if (!this.#ended) this.#timers.lineGone(SESSION_LIMITS.lineMs)
  }

  /** The agent dialled again and still has it; `input` bytes have arrived there. */
  lineBack(input: number): void {
    this.#timers.lineHere()
    this.#toAgent(frame(FRAME.SYNC, this.channel, offsetBytes(this.#received.received)))
    this.#toAgent(frame(FRAME.ACK, this.channel, offsetBytes(this.#output.start)))
    for (const chunk of this.#input.from(input)) this.#toAgent(inputFrame(this.channel, chunk))
    if (this.#inputEnd !== null) this.#toAgent(frame(FRAME.INPUT_END, this.channel, offsetBytes(this.#inputEnd)))
  }

  end(reason: EndReason): void {
    this.#finish({ reason, code: null })
  }

  #type(payload: Uint8Array): void {
    const chunk = readInput(payload)
    const bytes = chunk && this.#typed.take(chunk)
    if (!bytes || bytes.length === 0 || this.#inputEnd !== null) return
    // Whoever does not wait for the acknowledgement loses the session, not our memory.
    if (this.#input.waiting + bytes.length > 2 * SESSION_WINDOW) return this.end('closed')
    this.#timers.active()
    this.#toAgent(inputFrame(this.channel, this.#input.push(Buffer.from(bytes))))
  }

  #endInput(): void {
    if (this.#inputEnd !== null) return
    this.#inputEnd = this.#input.end
    this.#toAgent(frame(FRAME.INPUT_END, this.channel, offsetBytes(this.#inputEnd)))
  }

  #acknowledge(offset: number | null): void {
    if (offset === null || this.#output.ack(offset) === 0 || this.#ended) return
    this.#toAgent(frame(FRAME.ACK, this.channel, offsetBytes(this.#output.start)))
  }

  #resize(payload: Uint8Array): void {
    const size = readSize(payload)
    if (!size || !this.request.terminal) return
    Object.assign(this.request.terminal, size)
    this.#toAgent(frame(FRAME.RESIZE, this.channel, sizeBytes(size)))
  }

  #print(payload: Uint8Array): void {
    const chunk = readOutput(payload)
    const bytes = chunk && this.#received.take(chunk)
    if (!bytes || bytes.length === 0 || this.#ended) return
    if (this.#output.waiting + bytes.length > 2 * SESSION_WINDOW) return this.end('guest_misbehaved')
    this.#timers.active()
    this.#viewer?.send(outputFrame(0, this.#output.push(Buffer.from(bytes), chunk.stream)))
  }

  #taken(offset: number | null): void {
    if (offset === null) return
    this.#input.ack(offset)
    this.#viewer?.send(frame(FRAME.INPUT_ACK, 0, offsetBytes(this.#input.start)))
  }

  #finish(ended: Ended): void {
    if (this.#ended) return
    this.#ended = ended
    this.#timers.stop()
    if (this.#opened) this.#toAgent(frame(FRAME.HANGUP, this.channel))
    channels.delete(this.channel)
    this.#tellEnded(ended)
    this.#onEnd(this, ended)
  }

  #tellEnded(ended: Ended): void {
    this.#viewer?.send(frame(FRAME.ENDED, 0, json(ended)))
    this.#viewer?.leave(ended)
  }

  #toAgent(message: Bytes): void {
    if (this.#opened) lineOf(this.facts.nodeId)?.send(message)
  }
}
