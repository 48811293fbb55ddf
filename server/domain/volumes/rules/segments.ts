/** What is billed of a volume: its size while it exists, and what its snapshots store. */
export type StorageMeter = 'volume_gib_seconds' | 'snapshot_gib_seconds'
export interface StorageNow {
  /** The node has made it, and it is not deleted. */
  exists: boolean
  sizeMib: number
  appId: string
  snapshotBytes: bigint
}
export interface OpenSegment { id: string; meter: StorageMeter; appId: string; sizeMib: number; startedAt: Date }
export interface SegmentChange { close: string[]; open: { meter: StorageMeter; appId: string; sizeMib: number }[] }

/** 4 MiB is a 256th of a GiB, which decimal fractions of seconds divide exactly. */
const STEP_MIB = 4
const MIB = 1_048_576n

export const storedMib = (bytes: bigint): number => Math.ceil(Number((bytes + MIB - 1n) / MIB) / STEP_MIB) * STEP_MIB

/** An amount that changed ends one stretch and begins another; nothing stored is no stretch at all. */
export const planSegments = (now: StorageNow, open: readonly OpenSegment[]): SegmentChange => {
  const wanted = ([
    { meter: 'volume_gib_seconds', appId: now.appId, sizeMib: now.exists ? now.sizeMib : 0 },
    { meter: 'snapshot_gib_seconds', appId: now.appId, sizeMib: now.exists ? storedMib(now.snapshotBytes) : 0 },
  ] as const).filter((w) => w.sizeMib > 0)
  const same = (a: { meter: string; appId: string; sizeMib: number }, b: { meter: string; appId: string; sizeMib: number }): boolean =>
    a.meter === b.meter && a.appId === b.appId && a.sizeMib === b.sizeMib
  return {
    close: open.filter((o) => !wanted.some((w) => same(o, w))).map((o) => o.id),
    open: wanted.filter((w) => !open.some((o) => same(o, w))),
  }
}
