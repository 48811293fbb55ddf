/** Remembers nonces for at least one window, in two generations of bounded size. The signed timestamp limits what must be remembered. */
export class NonceCache {
  readonly #windowMs: number
  readonly #limit: number
  #fresh = new Set<string>()
  #old = new Set<string>()
  #turnedAt: number

  constructor(windowMs: number, limit: number, nowMs = Date.now()) {
    this.#windowMs = windowMs
    this.#limit = limit
    this.#turnedAt = nowMs
  }

  /** False when this nonce was seen before. */
  take(nonce: string, nowMs = Date.now()): boolean {
    if (nowMs - this.#turnedAt >= this.#windowMs || this.#fresh.size >= this.#limit) {
      this.#old = this.#fresh
      this.#fresh = new Set()
      this.#turnedAt = nowMs
    }
    if (this.#fresh.has(nonce) || this.#old.has(nonce)) return false
    this.#fresh.add(nonce)
    return true
  }

  get size(): number {
    return this.#fresh.size + this.#old.size
  }
}
