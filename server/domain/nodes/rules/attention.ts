/** The two clocks drift apart by less than this between two looks. */
const JUMP_MS = 2_000

/**
 * Says nothing of silence it may have caused itself: stopped, without its database, or just started, nobody could report to it. Nor of one
 * that is only in the time of day: reports carry that, so once it was set, each counts from the next one on.
 */
export class Attention {
  readonly #maxGapMs: number
  #since: number | null = null
  #last = { monotonicMs: 0, wallMs: 0 }

  /** `maxGapMs`: two looks further apart than this were not one watch. */
  constructor(maxGapMs: number) {
    this.#maxGapMs = maxGapMs
  }

  /** One look that reached the database. Returns for how long, in ms, nobody's report can have been missed. */
  looked(monotonicMs: number, wallMs: number): number {
    const passedMs = monotonicMs - this.#last.monotonicMs
    const wasSet = Math.abs(wallMs - this.#last.wallMs - passedMs) > JUMP_MS
    if (this.#since === null || passedMs > this.#maxGapMs || wasSet) this.#since = monotonicMs
    this.#last = { monotonicMs, wallMs }
    return monotonicMs - this.#since
  }
}
