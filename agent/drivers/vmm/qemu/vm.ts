/** A running QEMU microVM, whether this agent started it or found it. */
import { VmmError, type SnapshotKey, type Suspended, type Vm, type VmHandlers, type VmIdentity, type VmStats } from '../../vmm.ts'
import { whyKilled, type ControlGroup } from '../control-group.ts'
import { exitFromConsole } from '../guest/console.ts'
import { GuestVm } from '../guest/guest-vm.ts'
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

export class QemuVm extends GuestVm implements Vm {
  readonly gone: Promise<void>
  readonly #qmp: Qmp
  readonly #volumes: VolumeDisks
  readonly #run: RunningVm
  #finishing = false
  #disks: DiskCounters = { diskReadBytes: 0, diskWriteBytes: 0 }

  constructor(identity: VmIdentity, run: RunningVm, qmp: Qmp, handlers: VmHandlers) {
    super(identity, () => connectSocket(run.folder, 'guest.sock'), handlers)
    this.#qmp = qmp
    this.#run = run
    this.#volumes = new VolumeDisks(qmp, run)
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

  async stats(): Promise<VmStats> {
    const [memoryUsedMib, disks] = await Promise.all([this.memoryUsedMib(), this.#diskCounters()])
    return { cpuUs: cpuMicroseconds(this.identity.pid), memoryUsedMib, ...disks }
  }

  copyVolume(volumeId: string, target: string): Promise<void> {
    return this.#volumes.copy(volumeId, target)
  }

  async growVolume(volumeId: string, sizeMib: number): Promise<void> {
    await this.#volumes.grow(volumeId, sizeMib)
    this.channel.growVolumes()
  }

  async suspend(key: SnapshotKey): Promise<Suspended> {
    const { folder: runFolder, snapshot: path, machine } = this.#run
    if (machine === null) throw new VmmError('vmm_failed', 'the VM was started by an earlier version and cannot sleep')
    return this.fallAsleep({
      save: () => save(this.#qmp, { path, runFolder }, { startId: this.identity.startId, machine }, key), undo: () => undoSuspend(this.#qmp, path),
    })
  }

  async stop(graceMs: number): Promise<void> {
    if (!this.channel.requestStop(graceMs)) return this.kill()
    const timer = setTimeout(() => void this.kill(), graceMs + POWER_OFF_MS)
    await this.gone
    clearTimeout(timer)
  }

  async kill(): Promise<void> {
    this.killed = true
    killNow(this.identity)
    await this.gone
  }

  detach(): void {
    this.detached = true
    this.channel.close()
    this.#qmp.close()
  }

  async #watch(): Promise<void> {
    await this.#qmp.closed
    if (this.detached) return
    // The control socket closes only with its process; one that lingers anyway is no use to anybody.
    if (!(await waitGone(this.identity, GONE_TIMEOUT_MS))) {
      killNow(this.identity)
      await waitGone(this.identity, GONE_TIMEOUT_MS)
    }
    await this.ended(() => ({ kind: 'vmm', reason: 'killed', detail: whyKilled(this.killed, this.#run.group.memoryKills()) }))
  }

  /** The guest has powered off and QEMU waits, paused: read its last words, then let it end. */
  async #finish(): Promise<void> {
    if (this.#finishing) return
    this.#finishing = true
    try {
      const text = await this.#qmp.execute('ringbuf-read', { device: 'console', size: CONSOLE_READ_BYTES })
      this.exit ??= exitFromConsole(String(text)) ?? { kind: 'vmm', reason: 'unknown', detail: 'the guest powered off' }
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
