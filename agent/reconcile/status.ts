/** What the portal is told about an object. */
import type { ObjectStatus } from '../../server/contract/node-api/v1.ts'
import { ageMs, type Clock } from '../runtime/clock.ts'
import type { Instance } from './instance.ts'
import type { StartRecord } from './model.ts'

export function vmStatus(instance: Instance, clock: Clock): ObjectStatus {
  const { record, desire } = instance
  const { start } = record
  const running = start?.started && !start.ended ? ageMs(clock, start.started) : null
  return {
    kind: 'vm',
    id: instance.id,
    // While an older generation still runs or stops, it is the one reported.
    generation: start && start.generation > 0 ? start.generation : (desire?.generation ?? 0),
    phase: record.phase,
    code: record.code,
    reason: record.reason,
    health: record.phase === 'running' ? (record.health ?? 'starting') : record.phase === 'sleeping' ? 'ok' : null,
    restarts: record.restarts,
    vm_start_id: start?.startId ?? null,
    image_digest: start?.image?.digest ?? null,
    since_ms: ageMs(clock, record.phaseSince),
    running_ms: running,
    ...sleptOf(start, clock),
  }
}

function sleptOf(start: StartRecord | null, clock: Clock): { slept_ms?: number } {
  const now = start?.asleep ? ageMs(clock, start.asleep.since) : 0
  const before = start?.sleptMs ?? 0
  return before + now > 0 ? { slept_ms: before + now } : {}
}

export const absentStatus = (kind: ObjectStatus['kind'], id: string, generation: number): ObjectStatus => ({
  kind, id, generation, phase: 'absent', code: null, reason: null, health: null, restarts: 0, vm_start_id: null, image_digest: null,
  since_ms: 0, running_ms: null,
})
