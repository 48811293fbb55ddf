/** What the portal is told about a volume. */
import type { ObjectStatus } from '../../server/contract/node-api/v1.ts'
import { absentStatus } from '../reconcile/status.ts'
import type { VolumeDesire } from '../state/desired-table.ts'
import type { VolumeHold } from './failure.ts'
import type { ObservedVolume, VolumeRecord } from './model.ts'
import { planVolume } from './plan.ts'

export function volumeStatus(record: VolumeRecord, desire: VolumeDesire, seen: ObservedVolume | null, hold: VolumeHold | null, fences = false): ObjectStatus {
  const base = absentStatus('volume', record.id, desire.generation)
  if (!seen) return { ...base, phase: 'pending' }
  if (desire.desired === 'absent' && !seen.exists && seen.snapshots.length === 0) return base
  const { steps, waitsFor } = planVolume(desire, seen)
  const fault = hold && steps.length > 0 ? hold : null
  const phase = fault ? (fault.untilMs === null ? 'failed' : 'backoff') : steps.length > 0 ? 'preparing' : 'running'
  return {
    ...base, phase,
    code: fault?.code ?? (waitsFor === null ? null : 'volume_in_use'),
    reason: fault?.reason ?? (waitsFor === null ? null : 'It waits until the instance that uses the volume has stopped.'),
    ...(seen.exists ? { volume: { ...detailOf(record, seen), ...(fences ? { observed_fence: record.fence } : {}) } } : {}),
  }
}

const detailOf = (record: VolumeRecord, seen: ObservedVolume): NonNullable<ObjectStatus['volume']> => ({
  size_mib: seen.sizeMib, used_mib: seen.usedMib, used_by: seen.usedBy, restored: record.restored,
  snapshots: seen.snapshots.map(({ id, sizeMib, addedBytes, checksum, takenAtMs }) => ({
    id, size_mib: sizeMib, added_bytes: addedBytes, checksum, age_ms: Math.max(0, Math.round(Date.now() - takenAtMs)),
  })),
})
