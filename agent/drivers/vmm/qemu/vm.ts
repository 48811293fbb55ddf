/** A running QEMU microVM, whether this agent started it or found it. */
import {
  VmmError, type ExecResult, type GuestSession, type SessionEvents, type SessionRequest, type SnapshotKey, type Suspended, type Vm, type VmExit,
  type VmHandlers, type VmIdentity, type VmStats,
} from '../../vmm.ts'
import { whyKilled, type ControlGroup } from '../control-group.ts'
import { GuestChannel } from '../guest/channel.ts'
import { exitFromConsole } from '../guest/console.ts'
import { connectSocket } from '../guest/socket.ts'
import { cpuMicroseconds, killNow, waitGone } from '../process.ts'
import type { Qmp, QmpEvent } from './qmp.ts'
import { save, undoSuspend } from './snapshot.ts'
import { VolumeDisks, type RunningDisks } from './volume-disks.ts'

const GONE_TIMEOUT_MS = 10_000
/** Beyond the grace: the guest needs this long to report, get its logs acknowledged and power off. */
const POWER_OFF_MS = 6000
const SPACE_RETRY_MS = 5000
const CONSOLE_READ_BYTES = 65_536

/** Where a VM's parts lie, and what a snapshot of it would fit. */
interface RunningVm extends RunningDisks { snapshot: string; machine: string | null; group: ControlGroup }

type DiskCounters = Pick<VmStats, 'diskReadBytes' | 'diskWriteBytes'>

export class QemuVm implements Vm {
  readonly identity: VmIdentity
  readonly gone: Promise<void>
  /** Settles when the guest says that its process was spawned, or how it ended. */
  readonly settled: Promise<void>
  readonly channel: GuestChannel
  readonly #handlers: VmHandlers
  readonly #qmp: Qmp
  readonly #volumes: VolumeDisks
  readonly #run: RunningVm
  #exit: VmExit | null = null
  #killed = false
  #suspended = false
  #detached = false
  #finishing = false
  #resolveSettled: () => void = () => {}
  #lastMemoryMib = 0
  #disks: DiskCounters = { diskReadBytes: 0, diskWriteBytes: 0 }

  constructor(identity: VmIdentity, run: RunningVm, qmp: Qmp, handlers: VmHandlers) {
    this.identity = identity
    this.#handlers = handlers
    this.#qmp = qmp
    this.#run = run
    this.#volumes = new VolumeDisks(qmp, run)
    this.settled = new Promise((resolve) => { this.#resolveSettled = resolve })
    this.channel = new GuestChannel(() => connectSocket(run.folder, 'guest.sock'), {
      onStarted: () => {
        handlers.onStarted()
        this.#resolveSettled()
      },
      onLog: (lines) => handlers.onLog(lines),
      onExit: (exit) => {
        this.#exit = exit
        this.#resolveSettled()
      },
    })
    this.gone = this.#watch()
  }

  onQmpEvent(event: QmpEvent): void {
    if (event.name === 'SHUTDOWN') void this.#finish()
    if (event.name === 'BLOCK_IO_ERROR' && event.data['nospace'] === true) this.#resumeLater()
  }

  /** Catches up with events that happened while no agent was connected. */
  async resync(): Promise<void> {
    const status = (await this.#qmp.execute('query-status')) as { status?: string }
    if (status.status === 'shutdown' || status.status === 'guest-panicked') void this.#finish()
    if (status.status === 'io-error') this.#resumeLater()
  }

  ackLogs(seq: number): void {
    this.channel.ackLogs(seq)
  }

  resendLogs(): boolean {
    return this.channel.resendLogs()
  }

  async stats(): Promise<VmStats> {
    const [guest, disks] = await Promise.all([this.channel.stats(), this.#diskCounters()])
    if (guest) this.#lastMemoryMib = Math.round((guest.memoryTotalKib - guest.memoryAvailableKib) / 1024)
    return { cpuUs: cpuMicroseconds(this.identity.pid), memoryUsedMib: this.#lastMemoryMib, ...disks }
  }

  exec(argv: string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult> {
    return this.channel.exec(argv, options)
  }

  session(request: SessionRequest, events: SessionEvents): GuestSession {
    return this.channel.session(request, events)
  }

  copyVolume(volumeId: string, target: string): Promise<void> {
    return this.#volumes.copy(volumeId, target)
  }

  async growVolume(volumeId: string, sizeMib: number): Promise<void> {
    await this.#volumes.grow(volumeId, sizeMib)
    this.channel.growVolumes()
  }

  openSessions(): number {
    return this.channel.openSessions()
  }

  async suspend(key: SnapshotKey): Promise<Suspended> {
    const { folder: runFolder, snapshot: path, machine } = this.#run
    if (machine === null) throw new VmmError('vmm_failed', 'the VM was started by an earlier version and cannot sleep')
    await this.channel.flushDisks()
    const from = performance.now()
    try {
      const bytes = await save(this.#qmp, { path, runFolder }, { startId: this.identity.startId, machine }, key)
      this.#suspended = true
      await this.kill()
      return { bytes, tookMs: performance.now() - from }
    } catch (error) {
      this.#suspended = false
      await undoSuspend(this.#qmp, path)
      throw error
    }
  }

  async stop(graceMs: number): Promise<void> {
    if (!this.channel.requestStop(graceMs)) return this.kill()
    const timer = setTimeout(() => void this.kill(), graceMs + POWER_OFF_MS)
    await this.gone
    clearTimeout(timer)
  }

  async kill(): Promise<void> {
    this.#killed = true
    killNow(this.identity)
    await this.gone
  }

  detach(): void {
    this.#detached = true
    this.channel.close()
    this.#qmp.close()
  }

  async #watch(): Promise<void> {
    await this.#qmp.closed
    if (this.#detached) return
    // The control socket closes only with its process; one that lingers anyway is no use to anybody.
    if (!(await waitGone(this.identity, GONE_TIMEOUT_MS))) {
      killNow(this.identity)
      await waitGone(this.identity, GONE_TIMEOUT_MS)
    }
    this.channel.close()
    this.#resolveSettled()
    if (this.#suspended) return
    this.#handlers.onExit(this.#exit ?? { kind: 'vmm', reason: 'killed', detail: whyKilled(this.#killed, this.#run.group.memoryKills()) })
  }

  /** The guest has powered off and QEMU waits, paused: read its last words, then let it end. */
  async #finish(): Promise<void> {
    if (this.#finishing) return
    this.#finishing = true
    try {
      const text = await this.#qmp.execute('ringbuf-read', { device: 'console', size: CONSOLE_READ_BYTES })
      this.#exit ??= exitFromConsole(String(text)) ?? { kind: 'vmm', reason: 'unknown', detail: 'the guest powered off' }
      await this.#qmp.execute('quit')
    } catch {
      killNow(this.identity)
    }
  }

  /** The host's disk is full: QEMU has paused the guest at that write and repeats it when told to go on. */
  #resumeLater(): void {
    setTimeout(() => void this.#qmp.execute('cont').catch(() => {}), SPACE_RETRY_MS).unref()
  }

  /** Counters never fall: without an answer the last known ones stand. */
  async #diskCounters(): Promise<DiskCounters> {
    const answer = await this.#qmp.execute('query-blockstats').catch(() => null)
    if (!Array.isArray(answer)) return this.#disks
    const total = { diskReadBytes: 0, diskWriteBytes: 0 }
    for (const { stats } of answer as { stats?: { rd_bytes?: number; wr_bytes?: number } }[]) {
      total.diskReadBytes += stats?.rd_bytes ?? 0
      total.diskWriteBytes += stats?.wr_bytes ?? 0
    }
    this.#disks = total
    return total
  }
}
