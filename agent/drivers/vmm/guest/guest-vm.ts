/** What VMs of every VMM have in common: a guest that is spoken to, and an end that is told once. */
import type { Socket } from 'node:net'
import type {
  ExecResult, GuestSession, SessionEvents, SessionRequest, Suspended, VmExit, VmHandlers, VmIdentity,
} from '../../vmm.ts'
import { GuestChannel } from './channel.ts'

/** How one VMM puts memory away; what was begun can be undone as long as the VM was not killed. */
interface Bedtime { save: () => Promise<number>; undo: () => Promise<void> }

export abstract class GuestVm {
  readonly identity: VmIdentity
  abstract readonly gone: Promise<void>
  /** Settles when the guest says that its process was spawned, or how it ended. */
  readonly settled: Promise<void>
  readonly channel: GuestChannel
  protected exit: VmExit | null = null
  protected killed = false
  protected detached = false
  readonly #handlers: VmHandlers
  #suspended = false
  #resolveSettled: () => void = () => {}
  #lastMemoryMib = 0

  constructor(identity: VmIdentity, connect: () => Promise<Socket>, handlers: VmHandlers) {
    this.identity = identity
    this.#handlers = handlers
    this.settled = new Promise((resolve) => { this.#resolveSettled = resolve })
    this.channel = new GuestChannel(connect, {
      onStarted: () => {
        handlers.onStarted()
        this.#resolveSettled()
      },
      onLog: (lines) => handlers.onLog(lines),
      onExit: (exit) => {
        this.exit = exit
        this.#resolveSettled()
      },
    })
  }

  abstract kill(): Promise<void>

  ackLogs(seq: number): void {
    this.channel.ackLogs(seq)
  }

  resendLogs(): boolean {
    return this.channel.resendLogs()
  }

  exec(argv: string[], options: { timeoutMs: number; stdin?: string }): Promise<ExecResult> {
    return this.channel.exec(argv, options)
  }

  session(request: SessionRequest, events: SessionEvents): GuestSession {
    return this.channel.session(request, events)
  }

  openSessions(): number {
    return this.channel.openSessions()
  }

  /** What was known last stands where the guest does not answer. */
  protected async memoryUsedMib(): Promise<number> {
    const guest = await this.channel.stats()
    if (guest) this.#lastMemoryMib = Math.round((guest.memoryTotalKib - guest.memoryAvailableKib) / 1024)
    return this.#lastMemoryMib
  }

  /** The guest's disks first, then its memory, then its end, of which nobody is told. */
  protected async fallAsleep({ save, undo }: Bedtime): Promise<Suspended> {
    await this.channel.flushDisks()
    const from = performance.now()
    try {
      const bytes = await save()
      this.#suspended = true
      await this.kill()
      return { bytes, tookMs: performance.now() - from }
    } catch (error) {
      this.#suspended = false
      await undo()
      throw error
    }
  }

  /** Its process is gone. What the guest said of its end counts before what the host saw. */
  protected async ended(seen: () => VmExit | Promise<VmExit>): Promise<void> {
    this.channel.close()
    if (!this.#suspended) this.exit ??= await seen()
    this.#resolveSettled()
    if (this.exit && !this.#suspended) this.#handlers.onExit(this.exit)
  }
}
