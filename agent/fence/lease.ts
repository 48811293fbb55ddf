/** The agent's side of the lease: counted from the sending of each report that was answered, left in a file for the fence process. */
import { mkdirSync } from 'node:fs'
import type { Logger } from '../runtime/log.ts'
import { errorText } from '../runtime/log.ts'
import { bootMs, currentBootId, fenceFiles, readWhole, writeWhole, type Beat, type FencedVm, type LeaseFile } from './lease-file.ts'

export interface LeaseOptions { folder: string; log: Logger; now?: () => number }

/** A start that could not be under way before the end is not begun. */
const MARGIN_MS = 2_000
const BEAT_OLD_MS = 5_000
/** Reports may come many a second. */
const WRITE_EVERY_MS = 1_000

export class Lease {
  readonly #files: ReturnType<typeof fenceFiles>
  readonly #log: Logger
  readonly #now: () => number
  readonly #bootId = currentBootId()
  #deadlineMs: number
  #writtenMs: number
  #vms: readonly FencedVm[]

  constructor({ folder, log, now = bootMs }: LeaseOptions) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#files = fenceFiles(folder)
    this.#log = log
    this.#now = now
    const left = readWhole<LeaseFile>(this.#files.lease)
    const mine = left?.bootId === this.#bootId ? left : null
    this.#deadlineMs = this.#writtenMs = mine?.deadlineMs ?? 0
    this.#vms = mine?.vms ?? []
  }

  now(): number {
    return this.#now()
  }

  /** The report sent at that time was taken. A shorter lease counts too: the portal goes by the last one it told. */
  renewed(sentAtMs: number, ttlS: number): void {
    this.#deadlineMs = sentAtMs + ttlS * 1000
    const due = this.#deadlineMs < this.#writtenMs || this.#deadlineMs - this.#writtenMs >= WRITE_EVERY_MS
    if (this.#vms.length > 0 && due) this.#write()
  }

  /** Exactly these end with the lease. On the disk when this returns; throws when it could not be written. */
  protect(vms: readonly FencedVm[]): void {
    const same = vms.length === this.#vms.length && vms.every(({ argument }) => this.#vms.some((other) => other.argument === argument))
    if (same) return
    this.#vms = vms
    writeWhole(this.#files.lease, this.#content())
    this.#writtenMs = this.#deadlineMs
  }

  /** Why nothing strict may start now; null when it may. */
  fault(): string | null {
    const beat = readWhole<Beat>(this.#files.beat)
    if (beat?.bootId !== this.#bootId || this.#now() - beat.atMs > BEAT_OLD_MS) return 'The fence process of the node does not run; without it nothing strict is started.'
    return null
  }

  /** Why nothing strict may start now, though the fence process runs. */
  lapsed(): string | null {
    return this.#now() < this.#deadlineMs - MARGIN_MS ? null : 'The node has no lease: the console has not answered it for too long.'
  }

  #content(): LeaseFile {
    return { bootId: this.#bootId, deadlineMs: this.#deadlineMs, vms: this.#vms }
  }

  #write(): void {
    try {
      writeWhole(this.#files.lease, this.#content())
      this.#writtenMs = this.#deadlineMs
    } catch (error) {
      // Strict instances end at the deadline on file, which is the safe side.
      this.#log.error('the lease could not be written', { error: errorText(error) })
    }
  }
}
