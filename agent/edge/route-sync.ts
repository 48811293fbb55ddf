/** Brings the edge to what the routes need: changes gathered for a moment, faults tried again, a fault never spreads. */
import type { EdgeHosts, RouteDriver, ServedNames } from '../drivers/route.ts'
import { sleep } from '../runtime/backoff.ts'
import { errorText, type Logger } from '../runtime/log.ts'

const GATHER_MS = 300
const CHECK_MS = 2_000

export class RouteSync {
  readonly #driver: RouteDriver | null
  readonly #hosts: () => EdgeHosts
  readonly #served: () => ServedNames
  readonly #log: Logger
  readonly #onFault: () => void
  readonly #stop = new AbortController()
  #wake: (() => void) | null = null
  #fault: string | null = null
  #due: NodeJS.Immediate | null = null
  #started = false

  constructor(driver: RouteDriver | null, wishes: { hosts: () => EdgeHosts; served: () => ServedNames }, log: Logger, onFault: () => void) {
    this.#driver = driver
    this.#hosts = wishes.hosts
    this.#served = wishes.served
    this.#log = log
    this.#onFault = onFault
  }

  start(): void {
    this.#started = true
    if (this.#driver) void this.#run(this.#driver)
  }

  /** Other routes are wanted. */
  changed(): void {
    this.moved()
    this.#wake?.()
  }

  /** Other instances serve: told at once, all of one turn together. Before the start every app would seem to have none. */
  moved(): void {
    if (!this.#started || !this.#driver) return
    this.#due ??= setImmediate(() => {
      this.#due = null
      this.#point()
    })
  }

  /** Why the edge does not serve; null while it does. */
  fault(): string | null {
    return this.#fault
  }

  stop(): void {
    this.#stop.abort()
    if (this.#due) clearImmediate(this.#due)
    this.#started = false
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
    const unkept = this.#point()
    try {
      await driver.apply(this.#hosts())
      this.#fault = unkept
    } catch (error) {
      this.#fault = `The edge does not take its configuration: ${errorText(error)}`.slice(0, 500)
    }
    if (this.#stop.signal.aborted || this.#news(driver) === before) return
    if (this.#fault) this.#log.error('the edge is down', { reason: this.#fault })
    else this.#log.info('the edge serves', { reloads: driver.reloads() })
    this.#onFault()
  }

  /** Tried again with the next look; what the edge finds until then is what it found before. */
  #point(): string | null {
    try {
      this.#driver?.point(this.#served())
      return null
    } catch (error) {
      return `Who serves what cannot be written down for the edge: ${errorText(error)}`.slice(0, 500)
    }
  }

  #news(driver: RouteDriver): string {
    return JSON.stringify([this.#fault, [...driver.refused()]])
  }
}
