/** Ships stored lines in batches; a line leaves the store only when the portal has acknowledged it. */
import { LogsReply, NODE_API_LIMITS } from '../../server/contract/node-api/v1.ts'
import { fullJitterMs, sleep } from '../runtime/backoff.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { LogStore } from '../state/log-store.ts'
import { PortalError, type PortalClient } from './client.ts'
import type { PortalSession } from './session.ts'

export interface LogShipperDeps { client: PortalClient; session: PortalSession; store: LogStore; log: Logger; batchMs: number }

const BATCH_BYTES = NODE_API_LIMITS.logBatchBytes - (64 << 10)

export class LogShipper {
  readonly #deps: LogShipperDeps
  readonly #stop = new AbortController()
  #wake: (() => void) | null = null

  constructor(deps: LogShipperDeps) {
    this.#deps = deps
    deps.store.onAppend(() => this.#wake?.())
  }

  stop(): void {
    this.#stop.abort()
    this.#wake?.()
  }

  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stop.signal.aborted) {
      await this.#deps.session.ready()
      if (this.#stop.signal.aborted) return
      try {
        const sent = await this.#send()
        attempt = 0
        if (sent === 0) await this.#untilAppend()
        await sleep(this.#deps.batchMs, this.#stop.signal)
      } catch (error) {
        if (this.#stop.signal.aborted) return
        const floor = error instanceof PortalError ? this.#deps.session.refused(error) : 0
        this.#deps.log.warn('log lines could not be sent', { error: errorText(error) })
        await sleep(Math.max(floor, fullJitterMs(attempt, { baseMs: 1_000, maxMs: 30_000 })), this.#stop.signal)
        attempt += 1
      }
    }
  }

  async #untilAppend(): Promise<void> {
    const change = new AbortController()
    this.#wake = () => change.abort()
    await sleep(5_000, change.signal)
    this.#wake = null
  }

  async #send(): Promise<number> {
    const { client, store } = this.#deps
    const batch = store.batch(BATCH_BYTES)
    if (batch.length === 0) return 0
    const reply = await client.postNdjson('/node/v1/logs', `${batch.map((line) => line.record).join('\n')}\n`, LogsReply)
    const done = batch.filter((line) => line.seq <= (reply.acked[line.start] ?? -1))
    store.acked(done.map((line) => line.id))
    if (done.length === 0) throw new PortalError(null, 'The portal acknowledged none of the lines.')
    return done.length
  }
}
