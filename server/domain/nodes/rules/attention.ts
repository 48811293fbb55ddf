/** Says nothing of silence it may have caused itself: stopped, without its database, or just started, nobody could report to it. */
export class Attention {
  readonly #maxGapMs: number
  #since: number | null = null
  #last = 0

  /** `maxGapMs`: two looks further apart than this were not one watch. */
  constructor(maxGapMs: number) {
    this.#maxGapMs = maxGapMs
  }

  /** One look that reached the database, at a monotonic time. Returns for how long, in ms, nobody's report can have been missed. */
  looked(nowMs: number): number {
    if (this.#since === null || nowMs - this.#last > this.#maxGapMs) this.#since = nowMs
    this.#last = nowMs
    return nowMs - this.#since
  }
}
