/** Whose request was it? The instance that answered says so; where none did, the host. */
import type { EdgeRequest } from '../drivers/route.ts'

/** A line may be read after its instance has gone. */
const KEEP_MS = 300_000

interface Answerer { appId: string; instanceId: string | null }

export class AppFinder {
  readonly #running: () => Iterable<readonly [address: string, appId: string, instanceId: string]>
  readonly #appOfHost: (host: string) => string | null
  readonly #known = new Map<string, { appId: string; instanceId: string; seenMs: number }>()

  constructor(running: () => Iterable<readonly [address: string, appId: string, instanceId: string]>, appOfHost: (host: string) => string | null) {
    this.#running = running
    this.#appOfHost = appOfHost
  }

  refresh(nowMs: number): void {
    for (const [address, appId, instanceId] of this.#running()) this.#known.set(address, { appId, instanceId, seenMs: nowMs })
    for (const [address, { seenMs }] of this.#known) if (nowMs - seenMs > KEEP_MS) this.#known.delete(address)
  }

  find({ upstream, host }: Pick<EdgeRequest, 'upstream' | 'host'>): Answerer | null {
    const known = upstream === null ? undefined : this.#known.get(upstream)
    if (known) return known
    const appId = this.#appOfHost(host.replace(/:\d+$/, ''))
    return appId === null ? null : { appId, instanceId: null }
  }
}
