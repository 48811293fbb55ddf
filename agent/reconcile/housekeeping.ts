/** Watches free space, and deletes images nobody uses: above a budget at leisure, all of them when space runs short. */
import type { DiskDriver } from '../drivers/disk.ts'
import type { ImageDriver } from '../drivers/image.ts'
import { errorText, type Logger } from '../runtime/log.ts'

export interface HousekeepingDeps {
  disks: DiskDriver
  images: ImageDriver
  floorMib: number
  keepImageBytes: number
  inUse: () => Set<string>
  /** What can be done without goes first. */
  onShort: () => Promise<void>
  log: Logger
}

const INTERVAL_MS = 10_000
const COLLECT_MS = 600_000

export class Housekeeping {
  readonly #deps: HousekeepingDeps
  #free = 0
  #timer: NodeJS.Timeout | null = null
  #lastCollectMs = performance.now()
  #collecting = false

  constructor(deps: HousekeepingDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    await this.#round()
    this.#timer = setInterval(() => void this.#round(), INTERVAL_MS)
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
  }

  freeMib(): number {
    return this.#free
  }

  pressure(): string | null {
    if (this.#free >= this.#deps.floorMib) return null
    return `Only ${this.#free} MiB of disk are free; new instances start again above ${this.#deps.floorMib} MiB.`
  }

  async #round(): Promise<void> {
    const { disks, log } = this.#deps
    try {
      this.#free = await disks.freeMib()
      const short = this.pressure() !== null
      if (short) await this.#deps.onShort()
      if (!this.#collecting && (short || performance.now() - this.#lastCollectMs > COLLECT_MS)) await this.#collect(short)
    } catch (error) {
      log.warn('housekeeping failed', { error: errorText(error) })
    }
  }

  async #collect(short: boolean): Promise<void> {
    const { images, inUse, keepImageBytes, log } = this.#deps
    this.#collecting = true
    this.#lastCollectMs = performance.now()
    try {
      const deleted = await images.collect(inUse(), short ? 0 : keepImageBytes)
      if (deleted.length > 0) log.info('unused images deleted', { images: deleted.length, short_of_space: short })
    } finally {
      this.#collecting = false
    }
  }
}
