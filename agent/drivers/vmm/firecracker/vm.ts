/** A running Firecracker microVM, whether this agent started it or found it. */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  VmmError, type ExecResult, type GuestSession, type SessionEvents, type SessionRequest, type Suspended, type Vm, type VmExit, type VmHandlers,
  type VmIdentity, type VmStats,
} from '../../vmm.ts'
import { whyKilled } from '../control-group.ts'
import { GuestChannel } from '../guest/channel.ts'
import { exitFromConsole } from '../guest/console.ts'
import { cpuMicroseconds, isAlive, killNow } from '../process.ts'
import type { FirecrackerApi } from './api.ts'
import type { VmCgroup } from './cgroup.ts'
import { copyDisk, growDisk } from './disks.ts'
import { JAIL } from './machine.ts'
import { identityOf, type VmRecord } from './record.ts'
import { connectGuest } from './vsock.ts'

/** Beyond the grace: the guest needs this long to report, get its logs acknowledged and reset. */
const POWER_OFF_MS = 6000
/** For a VMM that was asked to end. */
const TERM_MS = 2000
/** The kernel tells when the group empties; this is for the case that it does not. */
const LOOK_EVERY_MS = 500
const CONSOLE_READ_BYTES = 65_536

export interface RunningParts { record: VmRecord; root: string; api: FirecrackerApi; cgroup: VmCgroup }

export class FirecrackerVm implements Vm {
  readonly identity: VmIdentity
  readonly gone: Promise<void>
  readonly settled: Promise<void>
  readonly channel: GuestChannel
  readonly parts: RunningParts
  readonly #handlers: VmHandlers
  #exit: VmExit | null = null
  #killed = false
  #detached = false
  #lastMemoryMib = 0
  #resolveSettled: () => void = () => {}

  constructor(parts: RunningParts, process: Omit<VmIdentity, 'id' | 'startId'>, handlers: VmHandlers) {
    this.parts = parts
    this.identity = identityOf(parts.record, process)
    this.#handlers = handlers
    this.settled = new Promise((resolve) => { this.#resolveSettled = resolve })
    this.channel = new GuestChannel(() => connectGuest(parts.root), {
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

  ackLogs(seq: number): void {
    this.channel.ackLogs(seq)
  }

  resendLogs(): boolean {
    return this.channel.resendLogs()
  }

  async stats(): Promise<VmStats> {
    const [guest, disks] = await Promise.all([this.channel.stats(), diskCounters(this.identity.pid)])
    if (guest) this.#lastMemoryMib = Math.round((guest.memoryTotalKib - guest.memoryAvailableKib) / 1024)
    const cpuUs = this.parts.cgroup.cpuMicroseconds() ?? cpuMicroseconds(this.identity.pid)
    return { cpuUs, memoryUsedMib: this.#lastMemoryMib, ...disks }
  }

  exec(argv: string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult> {
    return this.channel.exec(argv, options)
  }

  session(request: SessionRequest, events: SessionEvents): GuestSession {
    return this.channel.session(request, events)
  }

  copyVolume(volumeId: string, target: string): Promise<void> {
    return copyDisk(this.parts.api, this.parts.record, volumeId, target)
  }

  async growVolume(volumeId: string): Promise<void> {
    await growDisk(this.parts.api, this.parts.record, volumeId)
    this.channel.growVolumes()
  }

  openSessions(): number {
    return this.channel.openSessions()
  }

  /** What Firecracker writes is not encrypted, and memory holds secrets: until it is, such a VM stays awake. */
  suspend(): Promise<Suspended> {
    return Promise.reject(new VmmError('vmm_failed', 'VMs of Firecracker do not sleep yet.'))
  }

  /** The guest's init, else its keyboard, else the VMM itself, else the kernel. */
  async stop(graceMs: number): Promise<void> {
    if (!this.channel.requestStop(graceMs)) {
      await this.parts.api.call({ method: 'PUT', path: '/actions', body: { action_type: 'SendCtrlAltDel' } }).catch(() => {})
    }
    if (await this.#goneWithin(graceMs + POWER_OFF_MS)) return
    this.#killed = true
    if (isAlive(this.identity)) process.kill(this.identity.pid, 'SIGTERM')
    if (!(await this.#goneWithin(TERM_MS))) await this.kill()
  }

  async kill(): Promise<void> {
    this.#killed = true
    if (isAlive(this.identity) && !this.parts.cgroup.kill()) killNow(this.identity)
    await this.gone
  }

  detach(): void {
    this.#detached = true
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
    while (!this.#detached && isAlive(this.identity)) await this.#change()
    if (this.#detached) return
    this.channel.close()
    this.parts.api.close()
    this.#exit ??= await this.#lastWords()
    this.#resolveSettled()
    this.#handlers.onExit(this.#exit)
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
    const told = this.#killed ? null : exitFromConsole(await readEnd(join(this.parts.root, JAIL.console)))
    return told ?? { kind: 'vmm', reason: 'killed', detail: whyKilled(this.#killed, this.parts.cgroup.oomKills()) }
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
