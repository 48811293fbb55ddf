/** One record of the machine per minute: what grew since the one before. */
import type { HostRecord } from '../../server/contract/node-api/measures.ts'
import type { HostCounters, PoolUse } from './host-counters.ts'
import type { Spawned } from './spawns.ts'

export interface HostReading { atMs: number; counters: HostCounters; pools: PoolUse[]; spawned: Spawned }
type HostMeasure = HostRecord['host']

/** A counter that fell began again at zero. */
const grown = (before: number, after: number): number => Math.max(0, Math.round(after >= before ? after - before : after))

/** Null while there is nothing to compare with. */
export function hostMeasure(before: HostReading | null, after: HostReading): HostMeasure | null {
  if (!before || after.atMs <= before.atMs) return null
  const [a, b] = [before.counters, after.counters]
  // Pools often share one disk: the fullest one speaks.
  const fullest = after.pools.toSorted((x, y) => y.usedMib / Math.max(1, y.totalMib) - x.usedMib / Math.max(1, x.totalMib))[0]
  return {
    span_ms: Math.round(after.atMs - before.atMs), cpu_us: grown(a.cpuUs, b.cpuUs), capacity_us: grown(a.capacityUs, b.capacityUs),
    memory_used_mib: b.memoryUsedMib, memory_total_mib: b.memoryTotalMib, disk_used_mib: fullest?.usedMib ?? 0, disk_total_mib: fullest?.totalMib ?? 0,
    disk_read: grown(a.diskRead, b.diskRead), disk_write: grown(a.diskWrite, b.diskWrite), net_rx: grown(a.netRx, b.netRx), net_tx: grown(a.netTx, b.netTx),
    dropped: grown(a.dropped, b.dropped),
    spawns: after.spawned.spawns.map((count, at) => grown(before.spawned.spawns[at] ?? 0, count)),
    spawn_us: grown(before.spawned.spawn_us, after.spawned.spawn_us),
  }
}
