/** What the agent knows of one volume. */
import type { SnapshotFacts } from '../drivers/volume.ts'

/** Kept in the ledger: what no look at the disk could tell. */
export interface VolumeRecord {
  id: string
  orgId: string
  /** Token of the last restore that was carried out. */
  restored: string | null
  /** The highest fence that was heard of: an instance came with it, or the portal named it. */
  fence: number
}

/** What there is, found by looking. */
export interface ObservedVolume {
  exists: boolean
  sizeMib: number
  usedMib: number
  snapshots: readonly SnapshotFacts[]
  restored: string | null
  /** The instance that has it open. */
  usedBy: string | null
}

export type VolumeStep =
  | { kind: 'create' }
  | { kind: 'snapshot'; id: string }
  | { kind: 'restore' }
  | { kind: 'resize'; sizeMib: number }
  | { kind: 'drop'; id: string }
  | { kind: 'remove' }
