/** Whose request was it? The instance that answered says so; where none did, the host. */
import type { EdgeRequest } from '../drivers/route.ts'

/** A line may be read after its instance has gone. */
const KEEP_MS = 300_000

export class AppFinder {
  readonly #running: () => Iterable<readonly [address: string, appId: string]>
  readonly #appOfHost: (host: string) => string | null
  readonly #known = new Map<string, { appId: string; seenMs: number }>()

  constructor(running: () => Iterable<readonly [address: string, appId: string]>, appOfHost: (host: string) => string | null) {
    this.#running = running
    this.#appOfHost = appOfHost
  }

  refresh(nowMs: number): void {
    for (const [address, appId] of this.#running()) this.#known.set(address, { appId, seenMs: nowMs })
    for (const [address, { seenMs }] of this.#known) if (nowMs - seenMs > KEEP_MS) this.#known.delete(address)
  }

  appOf({ upstream, host }: Pick<EdgeRequest, 'upstream' | 'host'>): string | null {
    return (upstream === null ? null : this.#known.get(upstream)?.appId) ?? this.#appOfHost(host.replace(/:\d+$/, ''))
  }
}
