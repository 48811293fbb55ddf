/** Knows the free space without asking the disk at each question. */
import type { DiskDriver } from '../drivers/disk.ts'

const INTERVAL_MS = 10_000

export class DiskPressure {
  readonly #disks: DiskDriver
  readonly #floorMib: number
  #free = 0
  #timer: NodeJS.Timeout | null = null

  constructor(disks: DiskDriver, floorMib: number) {
    this.#disks = disks
    this.#floorMib = floorMib
  }

  async start(): Promise<void> {
    await this.#measure()
    this.#timer = setInterval(() => void this.#measure(), INTERVAL_MS)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
  }

  freeMib(): number {
    return this.#free
  }

  message(): string | null {
    if (this.#free >= this.#floorMib) return null
    return `Only ${this.#free} MiB of disk are free; new instances start again above ${this.#floorMib} MiB.`
  }

  async #measure(): Promise<void> {
    this.#free = await this.#disks.freeMib().catch(() => 0)
  }
}
