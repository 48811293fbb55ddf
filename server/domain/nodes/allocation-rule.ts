import type { ObjectStatus } from '../../contract/node-api/v1.ts'

export interface Segment { startId: string; startedAt: Date; endedAt: Date | null }
export type AllocationChange =
  | { type: 'open'; startId: string; at: Date }
  | { type: 'close'; startId: string; at: Date }
  | { type: 'reopen'; startId: string }

/** In these its CPU and memory are its own; what a sleeping one is paid less is told apart in sleep-rule.ts. */
const ALLOTTED: readonly string[] = ['running', 'sleeping', 'stopping']

const clamp = (ms: number, from: number, to: number): Date => new Date(Math.max(from, Math.min(ms, to)))

/**
 * What one status says about the time an instance had its CPU and memory. Agents tell durations; `now` is business time. A start is one
 * continuous run of a VM: seen again after it was taken for ended, it had never stopped. Segments of an instance never overlap.
 */
export const planAllocation = (
  status: Pick<ObjectStatus, 'phase' | 'vm_start_id' | 'since_ms' | 'running_ms'>, known: readonly Segment[], now: Date,
): AllocationChange[] => {
  const nowMs = now.getTime()
  const startId = ALLOTTED.includes(status.phase) ? status.vm_start_id : null
  const own = known.find((s) => s.startId === startId)
  const others = known.filter((s) => s !== own)
  const begin = own ? own.startedAt.getTime() : nowMs - (status.running_ms ?? 0)
  const endMs = startId ? begin : nowMs - status.since_ms
  const closes = others.filter((s) => !s.endedAt).map((s): AllocationChange & { at: Date } =>
    ({ type: 'close', startId: s.startId, at: clamp(endMs, s.startedAt.getTime(), nowMs) }))
  if (!startId) return closes
  if (own) return own.endedAt ? [...closes, { type: 'reopen', startId }] : closes
  if (status.running_ms === null) return closes
  const lastEnd = Math.max(0, ...others.map((s) => s.endedAt?.getTime() ?? 0), ...closes.map((c) => c.at.getTime()))
  return [...closes, { type: 'open', startId, at: clamp(begin, lastEnd, nowMs) }]
}
