/** Brings the edge to what the routes need: changes gathered for a moment, faults tried again, a fault never spreads. */
import type { EdgeHosts, RouteDriver } from '../drivers/route.ts'
import { sleep } from '../runtime/backoff.ts'
import { errorText, type Logger } from '../runtime/log.ts'

const GATHER_MS = 300
const CHECK_MS = 2_000

export class RouteSync {
  readonly #driver: RouteDriver | null
  readonly #hosts: () => EdgeHosts
  readonly #log: Logger
  readonly #onFault: () => void
  readonly #stop = new AbortController()
  #wake: (() => void) | null = null
  #fault: string | null = null

  constructor(driver: RouteDriver | null, hosts: () => EdgeHosts, log: Logger, onFault: () => void) {
    this.#driver = driver
    this.#hosts = hosts
    this.#log = log
    this.#onFault = onFault
  }

  start(): void {
    if (this.#driver) void this.#run(this.#driver)
  }

  changed(): void {
    this.#wake?.()
  }

  /** Why the edge does not serve; null while it does. */
  fault(): string | null {
    return this.#fault
  }

  stop(): void {
    this.#stop.abort()
    this.#wake?.()
    this.#driver?.close()
  }

  async #run(driver: RouteDriver): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#apply(driver)
      const change = new AbortController()
      this.#wake = () => change.abort()
      await sleep(CHECK_MS, change.signal)
      this.#wake = null
      if (change.signal.aborted) await sleep(GATHER_MS, this.#stop.signal)
    }
  }

  async #apply(driver: RouteDriver): Promise<void> {
    const before = this.#news(driver)
    try {
      await driver.apply(this.#hosts())
      this.#fault = null
    } catch (error) {
      this.#fault = `The edge does not take its configuration: ${errorText(error)}`.slice(0, 500)
    }
    if (this.#stop.signal.aborted || this.#news(driver) === before) return
    if (this.#fault) this.#log.error('the edge is down', { reason: this.#fault })
    else this.#log.info('the edge serves', { reloads: driver.reloads() })
    this.#onFault()
  }

  #news(driver: RouteDriver): string {
    return JSON.stringify([this.#fault, [...driver.refused()]])
  }
}
