/** At most `max` entries, none older than `ttlMs`; the oldest goes first. */
export class ExpiringMap<V> {
  readonly #entries = new Map<string, { value: V; until: number }>()
  readonly #ttlMs: number
  readonly #max: number
  constructor(ttlMs: number, max: number) {
    this.#ttlMs = ttlMs
    this.#max = max
  }

  get(key: string, nowMs = Date.now()): V | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.until > nowMs) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  set(key: string, value: V, nowMs = Date.now()): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: nowMs + this.#ttlMs })
    for (const [oldest, { until }] of this.#entries) {
      if (this.#entries.size <= this.#max && until > nowMs) break
      this.#entries.delete(oldest)
    }
  }

  /** Only while it is still this one. */
  drop(key: string, value: V): void {
    if (this.#entries.get(key)?.value === value) this.#entries.delete(key)
  }

  delete(key: string): void { this.#entries.delete(key) }
  clear(): void { this.#entries.clear() }
}
