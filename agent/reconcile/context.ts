/** What the reconciler's parts share: the drivers, and where news goes. */
import type { DiskDriver } from '../drivers/disk.ts'
import type { ImageDriver } from '../drivers/image.ts'
import type { NetworkDriver } from '../drivers/network.ts'
import type { LogLine, SnapshotKey, VmmDriver, VmVolume } from '../drivers/vmm.ts'
import type { VolumeMount } from '../../server/contract/node-api/volume.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/log.ts'
import type { Semaphore } from '../runtime/semaphore.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Instance } from './instance.ts'
import type { Probe } from './probe.ts'

export interface LogSink {
  /** Stores lines durably; returns the highest number now safe, or null when nothing could be stored. */
  append(vmId: string, startId: string, lines: readonly LogLine[]): number | null
}

export interface ReconcileContext {
  ledger: Ledger
  vmm: VmmDriver
  images: ImageDriver
  network: NetworkDriver
  disks: DiskDriver
  volumes: {
    claim(vmId: string, mounts: readonly VolumeMount[], signal: AbortSignal): Promise<VmVolume[]>
    release(vmId: string): void
    keysOf(volumes: readonly VmVolume[]): Record<string, string>
  }
  clock: Clock
  log: Logger
  logs: LogSink
  probe: Probe
  bootSlots: Semaphore
  uidBase: number | null
  diskFloorMib: number
  maxImageBytes: number
  /** Time between leaving the routes and the stop signal. */
  drainMs: number
  usage: {
    /** Last chance to read counters before a VM goes. */
    sample(instance: Instance): Promise<void>
    ended(startId: string): void
  }
  sleep: {
    /** Nobody is in the middle of anything with it. */
    quiet(instance: Instance): Promise<boolean>
    /** Of the file its memory sleeps in. */
    keyOf(salt: string): SnapshotKey
    /** It is awake, or could not be put to sleep. */
    awake(instance: Instance): void
    wakeSlots: Semaphore
  }
  /** The object's status, or what the edge may serve, is different now. */
  changed(vmId: string): void
}

export interface StepCall {
  context: ReconcileContext
  instance: Instance
  signal: AbortSignal
  kick: () => void
}
