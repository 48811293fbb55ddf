/** What a failed step of a volume means, and when it is tried again. */
import type { StatusCode } from '../../server/contract/node-api/v1.ts'
import { BucketError } from '../drivers/bucket.ts'
import { VolumeError } from '../drivers/volume.ts'
import { VmmError } from '../drivers/vmm.ts'
import { StartError } from '../reconcile/failure.ts'
import { doublingMs } from '../runtime/backoff.ts'

export interface VolumeHold {
  code: StatusCode
  reason: string
  attempts: number
  /** Monotonic; null lasts until something else is wished. */
  untilMs: number | null
}

/** Only another wish can mend these. */
const FINAL: ReadonlySet<StatusCode> = new Set<StatusCode>(['below_used', 'snapshot_damaged', 'backup_damaged'])

export function volumeHold(error: unknown, attempts: number, nowMs: number): VolumeHold {
  const known = error instanceof VolumeError || error instanceof BucketError || error instanceof StartError || error instanceof VmmError
  const code: StatusCode = known ? error.code : 'volume_failed'
  const reason = `${known ? '' : 'The volume could not be changed: '}${error instanceof Error ? error.message : String(error)}`.slice(0, 1900)
  const delay = code === 'volume_in_use' ? 500 : doublingMs(attempts, { baseMs: 1_000, maxMs: 60_000 })
  return { code, reason, attempts: attempts + 1, untilMs: FINAL.has(code) ? null : nowMs + delay }
}
