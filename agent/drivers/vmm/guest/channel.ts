/** The connection to the guest's init, over whatever bytes reach it: greets, reconnects, removes duplicates, carries commands. */
import { randomBytes, randomInt } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { encodeFrame, FrameReader, MSG, STATE, strings, u32, u64, type Frame } from '../../../guest/protocol.ts'
import { VmmError, type ExecResult, type GuestSession, type LogLine, type SessionEvents, type SessionRequest, type VmExit } from '../../vmm.ts'
import { ExecSessions } from './exec-sessions.ts'
import { decodeExit, decodeGap, decodeLogs, decodeStats, type GuestStats } from './guest-messages.ts'
import { GuestSessions } from './guest-sessions.ts'

export interface ChannelEvents {
  onStarted: () => void
  onLog: (lines: LogLine[]) => void
  onExit: (exit: VmExit) => void
}

const HELLO_EVERY_MS = 200
const RECONNECT_MS = 100
const TIME_EVERY_MS = 30_000
const REPLY_TIMEOUT_MS = 2000
const FLUSH_TIMEOUT_MS = 20_000
const RANDOM_BYTES = 32
/** Below the guest's frame limit, above the largest single string Linux accepts in an environment. */
const SECRETS_CHUNK_BYTES = 140_000

export class GuestChannel {
  /** Settles with the guest's state at the first answer; never rejects. */
  readonly ready: Promise<number>
  readonly #connect: () => Promise<Socket>
  readonly #events: ChannelEvents
  readonly #execs = new ExecSessions((type, payload) => this.#send(type, payload))
  readonly #sessions = new GuestSessions((type, payload) => this.#send(type, payload))
  readonly #flushes = new Map<number, () => void>()
  readonly #stats = new Map<number, (stats: GuestStats | null) => void>()
  #resolveReady: (state: number) => void = () => {}
  #socket: Socket | null = null
  #greeted = false
  #closed = false
  #session = 0
  #lastSeq = 0
  #ackedSeq = 0
  #started = false

  constructor(connect: () => Promise<Socket>, events: ChannelEvents) {
    this.#connect = connect
    this.#events = events
    this.ready = new Promise((resolve) => { this.#resolveReady = resolve })
    void this.#stayConnected()
  }

  close(): void {
    this.#closed = true
    this.#socket?.destroy()
  }

  /** Delivers the secrets and lets the guest spawn its process; harmless when it already has. */
  go(secrets: Record<string, string>): void {
    let chunk: string[] = []
    let bytes = 0
    const flush = (): void => {
      if (chunk.length > 0) this.#send(MSG.SECRETS, strings(chunk))
      chunk = []
      bytes = 0
    }
    for (const [name, value] of Object.entries(secrets)) {
      const assignment = `${name}=${value}`
      const length = Buffer.byteLength(assignment) + 1
      if (bytes + length > SECRETS_CHUNK_BYTES) flush()
      chunk.push(assignment)
      bytes += length
    }
    flush()
    this.#send(MSG.GO)
  }

  ackLogs(seq: number): void {
    if (seq <= this.#ackedSeq) return
    this.#ackedSeq = seq
    this.#send(MSG.LOG_ACK, u64(seq))
  }

  /** A new greeting brings them; it ends commands and terminals too, so not while there are any. */
  resendLogs(): boolean {
    if (this.openSessions() > 0) return false
    this.#lastSeq = this.#ackedSeq
    this.#socket?.destroy()
    return true
  }

  /** The guest looks at its volumes anew. */
  growVolumes(): void {
    this.#send(MSG.GROW)
  }

  /** False when no guest listens. */
  requestStop(graceMs: number): boolean {
    return this.#send(MSG.STOP, u32(graceMs))
  }

  exec(argv: readonly string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult> {
    if (!this.#greeted) return Promise.reject(new VmmError('vmm_failed', 'the guest does not answer'))
    return this.#execs.run(argv, options)
  }

  session(request: SessionRequest, events: SessionEvents): GuestSession {
    return this.#sessions.open(request, events)
  }

  openSessions(): number {
    return this.#execs.size + this.#sessions.size
  }

  /** Resolves when the guest has written everything to its disks. */
  flushDisks(): Promise<void> {
    const id = randomInt(2 ** 32 - 1)
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        this.#flushes.delete(id)
        reject(new VmmError('vmm_failed', 'the guest does not say that its disks are written'))
      }
      const timer = setTimeout(fail, FLUSH_TIMEOUT_MS)
      this.#flushes.set(id, () => {
        clearTimeout(timer)
        this.#flushes.delete(id)
        resolve()
      })
      if (!this.#send(MSG.FLUSH, u32(id))) {
        clearTimeout(timer)
        fail()
      }
    })
  }

  stats(): Promise<GuestStats | null> {
    const id = randomInt(2 ** 32 - 1)
    return new Promise((resolve) => {
      const settle = (stats: GuestStats | null): void => {
        clearTimeout(timer)
        this.#stats.delete(id)
        resolve(stats)
      }
      const timer = setTimeout(() => settle(null), REPLY_TIMEOUT_MS)
      this.#stats.set(id, settle)
      if (!this.#send(MSG.STATS, u32(id))) settle(null)
    })
  }

  async #stayConnected(): Promise<void> {
    while (!this.#closed) {
      const socket = await this.#connect().catch(() => null)
      if (socket) await this.#serve(socket)
      if (!this.#closed) await sleep(RECONNECT_MS)
    }
  }

  #serve(socket: Socket): Promise<void> {
    if (this.#closed) {
      socket.destroy()
      return Promise.resolve()
    }
    const reader = new FrameReader()
    this.#socket = socket
    this.#greeted = false
    this.#session = randomInt(1, 2 ** 32 - 1)
    this.#hello(socket)
    const hello = setInterval(() => {
      if (this.#greeted) clearInterval(hello)
      else this.#hello(socket)
    }, HELLO_EVERY_MS)
    const time = setInterval(() => this.#send(MSG.TIME, u64(Date.now())), TIME_EVERY_MS)
    socket.on('data', (bytes) => { for (const frame of reader.push(bytes)) this.#receive(frame) })
    socket.on('error', () => socket.destroy())
    return new Promise((resolve) => {
      socket.once('close', () => {
        clearInterval(hello)
        clearInterval(time)
        this.#greeted = false
        this.#execs.abort()
        this.#sessions.abort()
        resolve()
      })
    })
  }

  /** The leading zero ends whatever a former host left half sent. */
  #hello(socket: Socket): void {
    const payload = Buffer.concat([u32(this.#session), u64(Date.now()), u64(this.#ackedSeq), randomBytes(RANDOM_BYTES)])
    socket.write(Buffer.concat([Buffer.alloc(1), encodeFrame(MSG.HELLO, payload)]))
  }

  #send(type: number, payload?: Buffer): boolean {
    if (!this.#greeted || this.#socket === null) return false
    this.#socket.write(encodeFrame(type, payload))
    return true
  }

  #receive({ type, payload }: Frame): void {
    if (type === MSG.HELLO_ACK) return this.#welcome(payload)
    if (!this.#greeted) return
    if (type === MSG.LOGS) this.#deliver(decodeLogs(payload))
    else if (type === MSG.GAP) this.#deliverGap(payload)
    else if (type === MSG.STARTED) this.#markStarted()
    else if (type === MSG.EXIT) this.#markExit(payload)
    else if (type === MSG.STATS_REPLY && payload.length >= 4) this.#stats.get(payload.readUInt32LE(0))?.(decodeStats(payload))
    else if (type === MSG.FLUSHED && payload.length >= 4) this.#flushes.get(payload.readUInt32LE(0))?.()
    else if (!this.#sessions.receive(type, payload)) this.#execs.receive(type, payload)
  }

  #welcome(payload: Buffer): void {
    if (payload.length < 5 || payload.readUInt32LE(0) !== this.#session) return
    const state = payload.readUInt8(4)
    this.#greeted = true
    if (state === STATE.RUNNING) this.#markStarted()
    this.#resolveReady(state)
  }

  #markStarted(): void {
    if (this.#started) return
    this.#started = true
    this.#events.onStarted()
  }

  #markExit(payload: Buffer): void {
    const exit = decodeExit(payload)
    if (exit === null) return
    this.#events.onExit(exit)
    this.#send(MSG.EXIT_ACK)
  }

  #deliver(lines: LogLine[]): void {
    const fresh = lines.filter(({ seq }) => seq > this.#lastSeq)
    const last = fresh.at(-1)
    if (last === undefined) return
    this.#lastSeq = last.seq
    this.#events.onLog(fresh)
  }

  #deliverGap(payload: Buffer): void {
    const gap = decodeGap(payload)
    if (gap === null || gap.last <= this.#lastSeq) return
    const count = gap.last - Math.max(gap.first - 1, this.#lastSeq)
    this.#deliver([{ seq: gap.last, stream: 'system', line: `${count} log lines were dropped`, atMs: Date.now() }])
  }
}
