/**
 * Reads the counters of every live VM at an interval, and once more before it stops. `net_tx` and `net_rx` are bytes as the instance sees
 * them on its TAP, traffic to neighbours in its network included; user networking counts nothing.
 */
import type { NetworkDriver } from '../drivers/network.ts'
import { instant, type Instance } from '../reconcile/instance.ts'
import type { Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { UsageWal } from '../state/usage-wal.ts'

export interface UsageMeterDeps { wal: UsageWal; network: NetworkDriver; clock: Clock; log: Logger }

const STATS_LIMIT_MS = 3_000

export class UsageMeter {
  readonly #deps: UsageMeterDeps
  readonly #underWay = new Map<string, Promise<void>>()
  #timer: NodeJS.Timeout | null = null

  constructor(deps: UsageMeterDeps) {
    this.#deps = deps
  }

  start(intervalMs: number, instances: () => Iterable<Instance>): void {
    const round = async (): Promise<void> => {
      for (const instance of instances()) await this.sample(instance)
      if (this.#timer) this.#timer = setTimeout(() => void round(), intervalMs)
    }
    this.#timer = setTimeout(() => void round(), intervalMs)
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** One at a time per instance: counters written in another order than they were read would be taken for a new count from zero. */
  sample(instance: Instance): Promise<void> {
    const next = (this.#underWay.get(instance.id) ?? Promise.resolve()).then(() => this.#read(instance))
    this.#underWay.set(instance.id, next)
    return next.finally(() => {
      if (this.#underWay.get(instance.id) === next) this.#underWay.delete(instance.id)
    })
  }

  async #read(instance: Instance): Promise<void> {
    const { vm, record } = instance
    const start = record.start
    if (!vm || !start?.started || start.generation === 0) return
    try {
      const [stats, net] = await Promise.all([within(vm.stats(), STATS_LIMIT_MS), this.#deps.network.counters(instance.id)])
      this.#deps.wal.append({
        vmStartId: start.startId,
        workloadId: instance.id,
        at: instant(this.#deps.clock),
        memoryUsedMib: Math.max(0, stats.memoryUsedMib),
        raw: {
          cpu_us: Math.round(stats.cpuUs), disk_rd: Math.round(stats.diskReadBytes), disk_wr: Math.round(stats.diskWriteBytes),
          net_rx: net?.rxBytes ?? 0, net_tx: net?.txBytes ?? 0,
        },
      })
    } catch (error) {
      this.#deps.log.warn('the counters could not be read', { vm: instance.id, error: errorText(error) })
    }
  }
}

function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs)
  })
  return Promise.race([work, limit]).finally(() => clearTimeout(timer))
}
