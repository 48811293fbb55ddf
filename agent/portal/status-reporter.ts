/** Tells the portal how things are: a change at once, those within a blink of it together, the newest per object kept until acknowledged, and a heartbeat. */
import { StatusReply, type ObjectStatus, type StatusRequest } from '../../server/contract/node-api/v1.ts'
import { fullJitterMs, sleep } from '../runtime/backoff.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { PortalError, type PortalClient } from './client.ts'
import type { PortalSession } from './session.ts'
import type { StrayTeller } from './stray-teller.ts'

const BATCH_MS = 20
const BATCH_OBJECTS = 2_000

export interface StatusSource {
  /** Everything this node holds. */
  all(): ObjectStatus[]
  /** The object's status now; null when it is not known any more. */
  one(key: string): ObjectStatus | null
  observed(): { epoch: string; index: number }
  node(): StatusRequest['node']
}

/** A report counts for the lease from when it was sent. */
export interface LeaseClock { now(): number; answered(sentAtMs: number, reply: StatusReply): void }

export interface StatusReporterDeps {
  client: PortalClient; session: PortalSession; source: StatusSource; bootId: string; log: Logger; strays: StrayTeller; lease: LeaseClock
}

export class StatusReporter {
  readonly #deps: StatusReporterDeps
  readonly #stop = new AbortController()
  readonly #dirty = new Set<string>()
  #wake: (() => void) | null = null
  #session = ''
  #seq = 0
  #heartbeatMs = 10_000

  constructor(deps: StatusReporterDeps) {
    this.#deps = deps
  }

  changed(key: string): void {
    this.#dirty.add(key)
    this.#wake?.()
  }

  stop(): void {
    this.#stop.abort()
    this.#wake?.()
  }

  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stop.signal.aborted) {
      const session = await this.#deps.session.ready()
      if (this.#stop.signal.aborted) return
      if (session.sessionId !== this.#session) this.#begin(session.sessionId, session.heartbeatS)
      try {
        await this.#report(session.sessionId)
        attempt = 0
      } catch (error) {
        if (this.#stop.signal.aborted) return
        const floor = error instanceof PortalError ? this.#deps.session.refused(error, session.sessionId) : 0
        this.#deps.log.warn('the status could not be reported', { error: errorText(error) })
        await sleep(Math.max(floor, fullJitterMs(attempt, { baseMs: 500, maxMs: 10_000 })), this.#stop.signal)
        attempt += 1
        continue
      }
      await sleep(BATCH_MS, this.#stop.signal)
      if (this.#dirty.size === 0) await this.#untilChange()
    }
  }

  #begin(sessionId: string, heartbeatS: number): void {
    this.#session = sessionId
    this.#seq = 0
    this.#heartbeatMs = heartbeatS * 1000
    for (const status of this.#deps.source.all()) this.#dirty.add(`${status.kind}:${status.id}`)
  }

  async #untilChange(): Promise<void> {
    const change = new AbortController()
    this.#wake = () => change.abort()
    await sleep(this.#heartbeatMs, change.signal)
    this.#wake = null
  }

  async #report(sessionId: string): Promise<void> {
    const { client, source, bootId, lease } = this.#deps
    const keys = [...this.#dirty].slice(0, BATCH_OBJECTS)
    const observed = source.observed()
    this.#seq += 1
    for (const key of keys) this.#dirty.delete(key)
    const body: StatusRequest = {
      session_id: sessionId, seq: this.#seq, observed_epoch: observed.epoch, observed_index: observed.index, boot_id: bootId, heartbeat: true,
      objects: keys.flatMap((key) => source.one(key) ?? []), node: source.node(),
    }
    try {
      const sentAtMs = lease.now()
      const reply = await client.post('/node/v1/status', body, StatusReply, { signal: this.#stop.signal })
      lease.answered(sentAtMs, reply)
      if (reply.strays) await this.#deps.strays.tell(sessionId, reply.strays)
      this.#heartbeatMs = Math.min(300_000, Math.max(1_000, reply.next_heartbeat_s * 1000))
    } catch (error) {
      for (const key of keys) this.#dirty.add(key)
      throw error
    }
  }
}
