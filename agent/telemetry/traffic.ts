/** Adds requests up per app and minute: counts and buckets, no list of requests anywhere. */
import { addBins, binOf, emptyBins, LATENCY_BOUNDS_MS, latencyBins, STATUS_CLASSES } from '../../server/contract/metrics.ts'
import type { TrafficRecord } from '../../server/contract/node-api/measures.ts'
import type { EdgeRequest } from '../drivers/route.ts'

export type AppTraffic = Omit<TrafficRecord, 'seq' | 'ago_ms'>
const MINUTE_MS = 60_000
/** Of instances that are compared with each other, for whoever waits for the comparison. */
const CLOSE_MS = 5_000

export class Traffic {
  readonly #open = new Map<string, { midMs: number; sum: AppTraffic }>()
  /** Of all apps since the start, for whoever watches the node. */
  readonly total: AppTraffic = none('', null)

  /** `instanceId` where instances are told apart. */
  add(appId: string, { endedMs, status, latencyUs, bytesOut }: EdgeRequest, instanceId: string | null = null): void {
    const span = instanceId === null ? MINUTE_MS : CLOSE_MS
    const midMs = Math.floor(endedMs / span) * span + span / 2
    const key = keyOf(midMs, appId, instanceId ?? undefined)
    const there = this.#open.get(key) ?? { midMs, sum: none(appId, instanceId) }
    this.#open.set(key, there)
    const statusAt = Math.min(STATUS_CLASSES, Math.max(1, Math.floor(status / 100))) - 1
    const latencyAt = binOf(LATENCY_BOUNDS_MS, latencyUs / 1_000)
    for (const sum of [there.sum, this.total]) {
      sum.status[statusAt] = (sum.status[statusAt] ?? 0) + 1
      sum.latency[latencyAt] = (sum.latency[latencyAt] ?? 0) + 1
      sum.latency_us += latencyUs
      sum.bytes_out += bytesOut
    }
  }

  /** What came in since the last call, by the middle of its minute. */
  take(): { midMs: number; sum: AppTraffic }[] {
    const all = [...this.#open.values()]
    this.#open.clear()
    return all
  }

  /** What could not be kept is counted later. */
  putBack(taken: readonly { midMs: number; sum: AppTraffic }[]): void {
    for (const { midMs, sum } of taken) {
      const key = keyOf(midMs, sum.app_id, sum.instance_id)
      const there = this.#open.get(key)?.sum
      this.#open.set(key, { midMs, sum: there ? plus(there, sum) : sum })
    }
  }
}

const keyOf = (midMs: number, appId: string, instanceId = ''): string => `${midMs} ${appId} ${instanceId}`

const none = (appId: string, instanceId: string | null): AppTraffic => ({
  app_id: appId, ...(instanceId === null ? {} : { instance_id: instanceId }),
  status: emptyBins(STATUS_CLASSES), latency: latencyBins(), latency_us: 0, bytes_out: 0,
})

const plus = (a: AppTraffic, b: AppTraffic): AppTraffic => ({
  ...a, status: addBins(a.status, b.status), latency: addBins(a.latency, b.latency), latency_us: a.latency_us + b.latency_us,
  bytes_out: a.bytes_out + b.bytes_out,
})
