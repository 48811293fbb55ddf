/** What the agent knows of one VM; everything here is plain data that survives the agent. */
import type { StatusCode, VmObjectSpec, VmPhase } from '../../server/contract/node-api/v1.ts'
import type { ImageConfig } from '../drivers/image.ts'
import type { NetworkAttachment, VmIdentity, VmVolume } from '../drivers/vmm.ts'

export type SpecWithoutSecrets = Omit<VmObjectSpec, 'secrets'>

/** `unlisted`: the portal no longer names it, but sent no tombstone either. */
export interface VmDesire {
  id: string
  generation: number
  desired: 'running' | 'stopped' | 'absent' | 'unlisted'
  spec: SpecWithoutSecrets | null
  /** Monotonic instant since which the object is unlisted. */
  unlistedSinceMs: number | null
}

export interface Instant { bootId: string; monotonicMs: number; wallMs: number }

export const CREATE_STEPS = ['anchor', 'image', 'disk', 'network', 'vmm'] as const
export type CreateStep = (typeof CREATE_STEPS)[number]
/** `sleep` and `wake` leave a start as it is; `stop` and `release` undo it; `discard` deletes the disk; `forget` the record. */
export type Step = CreateStep | 'sleep' | 'wake' | 'stop' | 'release' | 'discard' | 'forget'

export type VmEnd =
  | { kind: 'process'; code: number | null; signal: number | null; oom: boolean }
  | { kind: 'vmm'; reason: string }
  | { kind: 'failed_start' }
  /** Stopped by us (desire, shutdown) or lost with the host; never counts as a crash. */
  | { kind: 'stopped' }

export interface StartRecord {
  startId: string
  generation: number
  done: CreateStep[]
  stopTimeoutS: number
  image: { digest: string; rootfs: string; config: ImageConfig } | null
  network: NetworkAttachment | null
  /** Volumes it was lent; absent in starts of an earlier version. */
  volumes?: readonly VmVolume[]
  identity: VmIdentity | null
  started: Instant | null
  /** Its memory lies in a file, or is on its way there. The salt makes the file's key out of the node's. */
  asleep?: { salt: string; since: Instant } | null
  /** Of the sleeps before the present one. */
  sleptMs?: number
  ended: VmEnd | null
}

/** Why nothing is started now. `untilMs` is monotonic; null lasts until the generation changes. */
export interface Hold {
  generation: number
  untilMs: number | null
  phase: 'backoff' | 'failed' | 'stopped'
}

export interface VmRecord {
  id: string
  /** Position in the node's ranges of uids and loopback addresses. */
  slot: number
  start: StartRecord | null
  /** The writable disk outlives a start: a restarted database finds its files. */
  disk: { digest: string; sizeMib: number } | null
  hold: Hold | null
  /** Failed attempts to start in a row. */
  attempts: number
  restarts: number
  /** Monotonic instants of unwanted exits, newest last. */
  exitsMs: number[]
  health: 'starting' | 'ok' | 'bad' | null
  phase: VmPhase
  phaseSince: Instant
  code: StatusCode | null
  reason: string | null
}

export function emptyRecord(id: string, slot: number, now: Instant): VmRecord {
  return {
    id, slot, start: null, disk: null, hold: null, attempts: 0, restarts: 0, exitsMs: [], health: null,
    phase: 'pending', phaseSince: now, code: null, reason: null,
  }
}
