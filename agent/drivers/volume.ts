/** Port: disks that outlive instances, with snapshots. One contract suite runs against every implementation and the fake. */

export interface VolumeRef { orgId: string; id: string }

export interface VolumeFacts {
  sizeMib: number
  /** What it occupies on the node. */
  usedMib: number
}

export interface SnapshotFacts {
  id: string
  volumeId: string
  sizeMib: number
  /** What it added to what is stored already. */
  addedBytes: number
  /** Over the content: equal contents have equal checksums. */
  checksum: string
  takenAtMs: number
}

/** What a disk holds, block by block, wherever it is kept. */
export interface DiskContent {
  sizeBytes: number
  /** Of those: the header of an encrypted volume. */
  headBytes: number
  checksum: string
  takenAtMs: number
  /** Hashes in order; null is a block of zeros. */
  blocks: readonly (string | null)[]
  /** Whoever uses it compares it with its hash. */
  read(index: number): Promise<Buffer>
}

/** How a running VM that has the volume open helps; without it the volume is at rest. */
export interface OpenVolume {
  /** Writes the disk as it is at one instant to a new file of the driver's, while the guest goes on. */
  copyTo(path: string): Promise<void>
  /** Lets the guest see the new size. */
  grow(sizeMib: number): Promise<void>
}

/** What was found in the files of a disk. */
export interface TrialFacts { files: number; bytes: number }

/** Uses a restored disk as an app would. Rejects with `backup_damaged` where that cannot be done. */
export type Trial = (disk: { path: string; key: string | null }) => Promise<TrialFacts>

export interface TrialRoom {
  use: Trial
  /** Ends what a trial left that was broken off. */
  clear(): Promise<void>
}

/** Every act may be repeated: it looks first whether its effect is there. Nothing half-made ever bears its final name. */
export interface VolumeDriver {
  readonly name: string
  /** An empty ext4 file system, encrypted under `key` if there is one; or what a snapshot of the same organization holds, as it is. */
  create(volume: VolumeRef, sizeMib: number, snapshotId: string | null, key?: string | null): Promise<void>
  inspect(volume: VolumeRef): Promise<VolumeFacts | null>
  /** The highest fence that was noted beside an existing volume; 0 where none was. */
  fence(volume: VolumeRef): Promise<number>
  /** On the disk when it resolves, and never lowered. */
  noteFence(volume: VolumeRef, fence: number): Promise<void>
  /** The file or device a VM opens. */
  path(volume: VolumeRef): string
  /** To shrink, the volume must be at rest; never below what its files need. */
  resize(volume: VolumeRef, sizeMib: number, open: OpenVolume | null): Promise<void>
  snapshot(volume: VolumeRef, snapshotId: string, open: OpenVolume | null): Promise<SnapshotFacts>
  snapshots(volume: VolumeRef): Promise<SnapshotFacts[]>
  /** Puts the content of a snapshot in the place of the volume's; at rest only. */
  restore(volume: VolumeRef, snapshotId: string): Promise<void>
  content(volume: VolumeRef, snapshotId: string): Promise<DiskContent>
  /** A volume out of what is kept elsewhere. */
  createFrom(volume: VolumeRef, sizeMib: number, content: DiskContent): Promise<void>
  /** Writes the content to a place of its own, compares it, checks its file system, has it tried and throws it away. */
  prove(volume: VolumeRef, content: DiskContent, use: { key: string | null; trial: Trial }): Promise<TrialFacts>
  dropSnapshot(volume: VolumeRef, snapshotId: string): Promise<void>
  /** With all its snapshots. */
  remove(volume: VolumeRef): Promise<void>
  freeMib(): Promise<number>
}

export type VolumeErrorCode = 'no_space' | 'volume_failed' | 'below_used' | 'snapshot_damaged' | 'volume_not_ready' | 'backup_damaged'

export class VolumeError extends Error {
  readonly code: VolumeErrorCode
  constructor(code: VolumeErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
