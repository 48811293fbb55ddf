/** A running Firecracker microVM, whether this agent started it or found it. */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VmmError, type SnapshotKey, type Suspended, type Vm, type VmExit, type VmHandlers, type VmIdentity, type VmStats } from '../../vmm.ts'
import { whyKilled } from '../control-group.ts'
import { exitFromConsole } from '../guest/console.ts'
import { GuestVm } from '../guest/guest-vm.ts'
import { cpuMicroseconds, isAlive, killNow } from '../process.ts'
import type { FirecrackerApi } from './api.ts'
import { save, undoSave } from './asleep.ts'
import type { VmCgroup } from './cgroup.ts'
import { copyDisk, growDisk } from './disks.ts'
import { closeVolumes } from './encrypted.ts'
import type { HostMemory } from './host-memory.ts'
import { removeJail } from './jail.ts'
import { JAIL } from './machine.ts'
import { identityOf, promisedMib, writeRecord, type Jails, type VmRecord } from './record.ts'
import { connectGuest } from './vsock.ts'

/** Beyond the grace: the guest needs this long to report, get its logs acknowledged and reset. */
const POWER_OFF_MS = 6000
/** For a VMM that was asked to end. */
const TERM_MS = 2000
/** The kernel tells when the group empties; this is for the case that it does not. */
const LOOK_EVERY_MS = 500
const CONSOLE_READ_BYTES = 65_536

export interface RunningParts { record: VmRecord; jails: Jails; root: string; api: FirecrackerApi; cgroup: VmCgroup; hostMemory: HostMemory }

export class FirecrackerVm extends GuestVm implements Vm {
  readonly gone: Promise<void>
  readonly parts: RunningParts

  constructor(parts: RunningParts, process: Omit<VmIdentity, 'id' | 'startId'>, handlers: VmHandlers) {
    super(identityOf(parts.record, process), () => connectGuest(parts.root), handlers)
    this.parts = parts
    this.gone = this.#watch()
  }

  async stats(): Promise<VmStats> {
    const [memoryUsedMib, disks] = await Promise.all([this.memoryUsedMib(), diskCounters(this.identity.pid)])
    const cpuUs = this.parts.cgroup.cpuMicroseconds() ?? cpuMicroseconds(this.identity.pid)
    return { cpuUs, memoryUsedMib, ...disks }
  }

  copyVolume(volumeId: string, target: string): Promise<void> {
    return copyDisk(this.parts.api, this.parts.record, volumeId, target)
  }

  async growVolume(volumeId: string): Promise<void> {
    await growDisk(this.parts.api, this.parts.record, volumeId)
    this.channel.growVolumes()
  }

  async suspend(key: SnapshotKey): Promise<Suspended> {
    const { parts, identity } = this
    const { jails, record, hostMemory } = parts
    if (record.machine === null) throw new VmmError('vmm_failed', 'the VM was started by an earlier version and cannot sleep')
    return hostMemory.withRoom(record.memoryMib, await promisedMib(jails), async () => {
      const slept = await this.fallAsleep({
        save: () => save(parts, identity.pid, key),
        // One that cannot go on is of no use standing still: its end is told, and it starts anew.
        undo: () => undoSave(parts, identity.pid).catch(() => this.kill()),
      })
      // Only its record and its snapshot stay; whatever cannot go now goes when it wakes or is cleaned up.
      await this.#leaveJail().catch(() => {})
      return slept
    })
  }

  async #leaveJail(): Promise<void> {
    const { jails, record } = this.parts
    await closeVolumes(record)
    await removeJail(jails, record)
    await writeRecord(jails, { ...record, woken: false, process: null })
  }

  /** The guest's init, else its keyboard, else the VMM itself, else the kernel. */
  async stop(graceMs: number): Promise<void> {
    if (!this.channel.requestStop(graceMs)) {
      await this.parts.api.call({ method: 'PUT', path: '/actions', body: { action_type: 'SendCtrlAltDel' } }).catch(() => {})
    }
    if (await this.#goneWithin(graceMs + POWER_OFF_MS)) return
    this.killed = true
    if (isAlive(this.identity)) process.kill(this.identity.pid, 'SIGTERM')
    if (!(await this.#goneWithin(TERM_MS))) await this.kill()
  }

  async kill(): Promise<void> {
    this.killed = true
    if (isAlive(this.identity) && !this.parts.cgroup.kill()) killNow(this.identity)
    await this.gone
  }

  detach(): void {
    this.detached = true
    this.channel.close()
    this.parts.api.close()
  }

  async #goneWithin(limitMs: number): Promise<boolean> {
    const patience = new AbortController()
    const late = sleep(limitMs, false, { signal: patience.signal }).catch(() => false)
    const gone = await Promise.race([this.gone.then(() => true), late])
    patience.abort()
    return gone
  }

  async #watch(): Promise<void> {
    while (!this.detached && isAlive(this.identity)) await this.#change()
    if (this.detached) return
    this.parts.api.close()
    await this.ended(() => this.#lastWords())
  }

  /** Until the kernel speaks, or it is time to look. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(settle, LOOK_EVERY_MS)
      const stop = this.parts.cgroup.onChange(settle)
    })
  }

  async #lastWords(): Promise<VmExit> {
    const told = this.killed ? null : exitFromConsole(await readEnd(join(this.parts.root, JAIL.console)))
    return told ?? { kind: 'vmm', reason: 'killed', detail: whyKilled(this.killed, this.parts.cgroup.oomKills()) }
  }
}

async function readEnd(path: string): Promise<string> {
  const file = await open(path).catch(() => null)
  if (file === null) return ''
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - CONSOLE_READ_BYTES)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CONSOLE_READ_BYTES), 0, CONSOLE_READ_BYTES, start)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The kernel's own count, which goes on while no agent is there; Firecracker's metrics would begin anew with each. */
async function diskCounters(pid: number): Promise<Pick<VmStats, 'diskReadBytes' | 'diskWriteBytes'>> {
  const text = await readFile(`/proc/${pid}/io`, 'utf8').catch(() => '')
  const count = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  return { diskReadBytes: count('read_bytes'), diskWriteBytes: count('write_bytes') }
}
