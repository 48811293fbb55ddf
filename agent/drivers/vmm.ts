/** Port: starts, re-attaches and stops microVMs. One contract suite runs against every implementation and the fake. */

export type NetworkAttachment =
  | { kind: 'tap'; ifname: string; mac: string; address: string; gateway: string; dns: string }
  | { kind: 'user'; mac: string; forward: { listenAddress: string; listenPort: number; guestPort: number } }

/** What the guest's PID 1 runs, taken from the image's OCI config and the app's overrides. */
export interface GuestProcess {
  argv: string[]
  env: Record<string, string>
  workdir: string
  /** OCI `User`: name, uid, name:group or uid:gid; resolved inside the guest. Empty means root. */
  user: string
  stopSignal: string
}

export interface VmVolume { id: string; path: string; mountPath: string; readOnly: boolean; encrypted: boolean }

export interface VmSpec {
  id: string
  /** New for every start; counters and logs belong to it. */
  startId: string
  hostname: string
  vcpu: number
  memoryMib: number
  /** Read-only ext4 image shared by every instance of a digest. */
  rootfs: string
  /** Writable ext4 image of this instance, created by the caller, mounted as overlay upper layer. */
  scratch: string
  /** Disks that outlive the instance, mounted before its process starts. */
  volumes: readonly VmVolume[]
  /** By volume; of the encrypted ones. Kept nowhere. */
  volumeKeys: Readonly<Record<string, string>>
  /** Null: none at all. */
  network: NetworkAttachment | null
  process: GuestProcess
  /** Host uid the VMM runs under; null when the agent itself is unprivileged. */
  uid: number | null
}

/** Stronger than a pid: survives agent restarts and pid reuse. */
export interface VmIdentity {
  id: string
  startId: string
  pid: number
  /** Field 22 of /proc/pid/stat. */
  pidStart: string
  bootId: string
}

export interface LogLine {
  /**
   * Rises by one per line within a start; resent lines keep their number. Where the guest's ring overflowed, one `system` line
   * carries the number of the last dropped line and says how many are missing.
   */
  seq: number
  stream: 'stdout' | 'stderr' | 'system'
  line: string
  /** Guest wall clock in milliseconds. */
  atMs: number
}

export type VmExit =
  | { kind: 'process'; code: number | null; signal: number | null; oom: boolean }
  | { kind: 'vmm'; reason: 'guest_panic' | 'killed' | 'boot_timeout' | 'unknown'; detail: string }

export interface VmStats {
  cpuUs: number
  memoryUsedMib: number
  diskReadBytes: number
  diskWriteBytes: number
}

export interface ExecResult { exitCode: number; stdout: string; stderr: string; timedOut: boolean }

/** A command or terminal beside the process, with its environment and as its user. */
export interface SessionRequest {
  argv: string[]
  /** Beside the process's own environment. */
  env: Record<string, string>
  /** Null gives it pipes: stdin ends when told, and stderr comes apart. */
  terminal: { columns: number; rows: number } | null
  /** Killed after this; null = never. */
  timeoutMs: number | null
  /** Bytes of output that may be under way before {@link GuestSession.credit} allows more. */
  credit: number
}

export type SessionEnd =
  | { kind: 'exited'; code: number; timedOut: boolean }
  /** There is no such program, or it may not be run: `code` is 126 or 127, as a shell would say. */
  | { kind: 'never_ran'; code: number }
  /** The VM or the connection to its guest ended, or the guest did not keep to the rules. */
  | { kind: 'lost'; why: 'vm_stopped' | 'guest_misbehaved' }

export interface SessionEvents {
  onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void
  /** So many more bytes of input reached the process. */
  onTaken: (bytes: number) => void
  /** Called once, last. */
  onEnd: (end: SessionEnd) => void
}

export interface GuestSession {
  /** At most {@link SESSION_INPUT_BYTES} may wait to be taken. */
  write(bytes: Buffer): void
  endInput(): void
  credit(bytes: number): void
  resize(columns: number, rows: number): void
  /** SIGHUP to all of its processes, SIGKILL to those that stay. */
  hangUp(): void
}

export const SESSION_INPUT_BYTES = 1 << 20

export interface VmHandlers {
  /** The guest init is up and the process was spawned. */
  onStarted: () => void
  onLog: (lines: LogLine[]) => void
  /** Called once; the VM is gone or its main process ended and the guest powered off. */
  onExit: (exit: VmExit) => void
}

export interface Vm {
  readonly identity: VmIdentity
  /** Tells the guest that lines up to `seq` are safely stored and may leave its ring. */
  ackLogs(seq: number): void
  /** The guest shall send again what was not acknowledged. False when it cannot now: commands in it would end. */
  resendLogs(): boolean
  stats(): Promise<VmStats>
  exec(argv: string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult>
  session(request: SessionRequest, events: SessionEvents): GuestSession
  /** Writes the volume as it is at one instant to a new file, while the guest goes on. */
  copyVolume(volumeId: string, target: string): Promise<void>
  /** Makes the disk of the volume larger; the guest's file system follows. */
  growVolume(volumeId: string, sizeMib: number): Promise<void>
  /** Commands and terminals that have not ended. */
  openSessions(): number
  /**
   * Writes memory and devices, encrypted under the key, beside the VM's other files, and ends its process; the disks hold what the guest
   * wrote. Nobody is told of an exit. Rejects when that failed: then the VM runs on.
   */
  suspend(key: SnapshotKey): Promise<Suspended>
  /** Stop signal, then SIGKILL of the process after `graceMs`, then power off. Resolves when the VM is gone. */
  stop(graceMs: number): Promise<void>
  kill(): Promise<void>
  /** Leaves the VM running and forgets it (agent restart). */
  detach(): void
}

/** 32 bytes, new for each snapshot: whoever forgets it has erased the snapshot. */
export type SnapshotKey = Buffer
/** What is in the file, and how long the guest stood still for it. */
export interface Suspended { bytes: number; tookMs: number }

export interface VmmCapabilities {
  driver: string
  accelerator: 'kvm' | 'tcg'
  isolation: 'hardware' | 'emulated'
  /** Why this accelerator was chosen, for people. */
  reason: string
  /** Why no VM can be put to sleep here, for people; null: they can. */
  noSleep: string | null
}

export interface VmmDriver {
  probe(): Promise<VmmCapabilities>
  /** Boots the VM; secrets go over the guest channel only and never touch a disk. Rejects with {@link VmmError}. */
  start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm>
  /**
   * Null when that VM no longer exists. One found half asleep is woken, one found half awake ended: its snapshot is still good. Lines that
   * were not acknowledged come again. `secrets` serve a VM whose start was cut off before they were delivered; without them such a VM is
   * killed and null returned.
   */
  attach(identity: VmIdentity, handlers: VmHandlers, secrets?: Record<string, string>): Promise<Vm | null>
  /**
   * Brings back the same start of a VM: its memory goes on, its clock is right and its random numbers are new when this returns. A snapshot
   * serves once. Rejects with {@link SnapshotError} where there is none that fits; then only {@link start} helps, which also removes it.
   */
  resume(spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<Vm>
  /** Every VM of this driver alive on the host, found by its own anchors, whoever started it. */
  list(): Promise<VmIdentity[]>
  /** Removes sockets, config drives and directories of an instance that no longer runs; rejects while it does. */
  cleanup(id: string): Promise<void>
}

/** The snapshot is missing, damaged, or of another machine or version. */
export class SnapshotError extends Error {}

export type VmmErrorCode = 'boot_timeout' | 'guest_panic' | 'memory_too_small' | 'no_space' | 'vmm_failed'

export class VmmError extends Error {
  readonly code: VmmErrorCode
  constructor(code: VmmErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
