/** Sends usage until the portal has it. Numbers and cumulative counters make a lost reply, a resend and a crash harmless. */
import { NODE_API_LIMITS, UsageReply, type UsageRequest } from '../../server/contract/node-api/v1.ts'
import { fullJitterMs, sleep } from '../runtime/backoff.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { UsageWal } from '../state/usage-wal.ts'
import { PortalError, type PortalClient } from './client.ts'
import type { PortalSession } from './session.ts'

export interface UsageStreamDeps { client: PortalClient; session: PortalSession; wal: UsageWal; log: Logger; intervalMs: () => number }

export class UsageStream {
  readonly #deps: UsageStreamDeps
  readonly #stop = new AbortController()

  constructor(deps: UsageStreamDeps) {
    this.#deps = deps
  }

  stop(): void {
    this.#stop.abort()
  }

  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stop.signal.aborted) {
      await this.#deps.session.ready()
      if (this.#stop.signal.aborted) return
      try {
        const more = await this.#send()
        attempt = 0
        if (!more) await sleep(this.#deps.intervalMs(), this.#stop.signal)
      } catch (error) {
        if (this.#stop.signal.aborted) return
        const floor = error instanceof PortalError ? this.#resolve(error) : 0
        this.#deps.log.warn('usage could not be sent', { error: errorText(error) })
        await sleep(Math.max(floor, fullJitterMs(attempt, { baseMs: 1_000, maxMs: 30_000 })), this.#stop.signal)
        attempt += 1
      }
    }
  }

  async #send(): Promise<boolean> {
    const { wal, client } = this.#deps
    const records = wal.pending(NODE_API_LIMITS.usageBatch)
    if (records.length === 0) return false
    const body: UsageRequest = { stream_id: wal.streamId(), records }
    const reply = await client.post('/node/v1/usage', body, UsageReply, { signal: this.#stop.signal })
    wal.acked(reply.acked_seq)
    return records.length === NODE_API_LIMITS.usageBatch
  }

  /** A gap: drop what the portal already has; when it wants what we no longer hold, begin a new stream. One record never holds up the rest. */
  #resolve(error: PortalError): number {
    const { wal, session, log } = this.#deps
    if (error.code === 'seq_gap' && error.expected !== null) {
      const first = wal.pending(1)[0]
      if (first && error.expected > first.seq) wal.acked(error.expected - 1)
      else if (first && error.expected < first.seq) wal.newStream()
      return 0
    }
    if (error.code === 'counter_decreased' && error.expected !== null) {
      log.error('the portal has counted more than a record says; the record is left out', { seq: error.expected })
      wal.discard(error.expected)
      return 0
    }
    return session.refused(error)
  }
}
