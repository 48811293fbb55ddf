/** Part of the node API: what a node counts beside its VMs. Each record holds what is new since the one before, never a total. */
import { z } from 'zod'
import { LATENCY_BOUNDS_MS, SPAWN_BOUNDS_MS, STATUS_CLASSES } from '../metrics.ts'

const count = z.number().int().nonnegative()
/** `ago_ms`: how long ago the middle of the minute was in which all this happened. */
const head = { seq: z.number().int().positive(), ago_ms: count }

/** Requests of one app at this node's edge that ended in one minute; while instances are compared, of one of them in some seconds. */
export const TrafficRecord = z.strictObject({
  ...head, app_id: z.string(), instance_id: z.string().optional(),
  /** 1xx, 2xx, 3xx, 4xx, 5xx. */
  status: z.array(count).length(STATUS_CLASSES),
  /** By {@link LATENCY_BOUNDS_MS}: until an instance began to answer, so that long streams do not count as slow. */
  latency: z.array(count).length(LATENCY_BOUNDS_MS.length + 1),
  latency_us: count, bytes_out: count,
})
export type TrafficRecord = z.infer<typeof TrafficRecord>

/** The machine itself. */
export const HostRecord = z.strictObject({
  ...head,
  host: z.strictObject({
    span_ms: count, cpu_us: count, capacity_us: count, memory_used_mib: count, memory_total_mib: count, disk_used_mib: count, disk_total_mib: count,
    disk_read: count, disk_write: count, net_rx: count, net_tx: count, dropped: count,
    /** Starts of VMs by {@link SPAWN_BOUNDS_MS}. */
    spawns: z.array(count).length(SPAWN_BOUNDS_MS.length + 1), spawn_us: count,
  }),
})
export type HostRecord = z.infer<typeof HostRecord>
