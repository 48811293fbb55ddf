/** How long VMs take from being started to running their process. */
import { binOf, SPAWN_BOUNDS_MS, spawnBins } from '../../server/contract/metrics.ts'
import type { Instance } from '../reconcile/instance.ts'

export interface Spawned { spawns: number[]; spawn_us: number }

export class Spawns {
  readonly #began = new Map<string, { startId: string; atMs: number }>()
  /** Since the agent's start. */
  readonly total: Spawned = { spawns: spawnBins(), spawn_us: 0 }

  /** Called whenever something about an instance changed. */
  changed({ id, record }: Pick<Instance, 'id' | 'record'>, nowMs: number): void {
    const { start, phase } = record
    const began = this.#began.get(id)
    if (start && phase === 'booting' && !start.started && began?.startId !== start.startId) this.#began.set(id, { startId: start.startId, atMs: nowMs })
    else if (began && start?.started && start.startId === began.startId) {
      this.#began.delete(id)
      const at = binOf(SPAWN_BOUNDS_MS, nowMs - began.atMs)
      this.total.spawns[at] = (this.total.spawns[at] ?? 0) + 1
      this.total.spawn_us += Math.round((nowMs - began.atMs) * 1_000)
    } else if (!start) this.#began.delete(id)
  }

  read(): Spawned {
    return { spawns: [...this.total.spawns], spawn_us: this.total.spawn_us }
  }
}
