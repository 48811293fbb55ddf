/** Runs the plans: one worker per VM at most, one step at a time, each recorded before the next is chosen. */
import { isDeepStrictEqual } from 'node:util'
import type { ObjectStatus } from '../../server/contract/node-api/v1.ts'
import { OPEN_POLICY } from '../drivers/network.ts'
import { errorText } from '../runtime/log.ts'
import type { ReconcileContext } from './context.ts'
import { failureOf } from './failure.ts'
import { createInstance, instant, observe, setPhase, type Instance } from './instance.ts'
import { emptyRecord, type Step, type VmDesire } from './model.ts'
import { plan } from './plan.ts'
import { forgetOldBoot, freeSlot, networkRequests, reattach } from './reattach.ts'
import { afterFailedStart } from './restart.ts'
import { vmStatus } from './status.ts'
import { STEPS } from './steps.ts'

const RETRY_AFTER_FAULT_MS = 2_000
const LONGEST_TIMER_MS = 3_600_000
const UP_STEPS: readonly Step[] = ['anchor', 'image', 'disk', 'network', 'vmm']

interface Worker { abort: AbortController; again: boolean; done: Promise<void> }

export class Reconciler {
  readonly #context: ReconcileContext
  readonly #instances = new Map<string, Instance>()
  readonly #workers = new Map<string, Worker>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #frozen = false
  /** Strangers are judged only by a list received in this run. */
  #listSeen = false

  constructor(context: ReconcileContext) {
    this.#context = context
  }

  /** Loads the ledger, adopts what runs, and goes on where the last agent stopped. */
  async start(): Promise<void> {
    forgetOldBoot(this.#context)
    const desires = this.#desires()
    for (const record of this.#context.ledger.vmRecords()) {
      this.#instances.set(record.id, createInstance(record, desires.get(record.id) ?? null))
    }
    await this.#context.network.restore(networkRequests(this.#context, this.#instances.values()), this.#context.ledger.networkDesire() ?? OPEN_POLICY)
    await reattach(this.#context, this.#instances, (id) => this.kick(id))
    this.refresh()
  }

  instances(): ReadonlyMap<string, Instance> {
    return this.#instances
  }

  statuses(): ObjectStatus[] {
    return [...this.#instances.values()].map((instance) => vmStatus(instance, this.#context.clock))
  }

  /** Superseded or revoked: what runs goes on, nothing is started or stopped any more. */
  freeze(frozen: boolean): void {
    this.#frozen = frozen
    if (!frozen) this.refresh()
  }

  listApplied(): void {
    this.#listSeen = true
    this.refresh()
  }

  /** Reads the desires anew and wakes every VM whose desire moved. */
  refresh(): void {
    const desires = this.#desires()
    for (const desire of desires.values()) {
      if (!this.#instances.has(desire.id) && desire.desired === 'absent') continue
      let instance = this.#instances.get(desire.id)
      if (!instance) {
        instance = createInstance(emptyRecord(desire.id, freeSlot(this.#instances), instant(this.#context.clock)), desire)
        this.#instances.set(desire.id, instance)
      }
      const before = instance.desire
      instance.desire = desire
      if (before && before.generation > desire.generation) this.#relabel(instance, before, desire)
      if (before && (before.generation !== desire.generation || before.desired !== desire.desired)) this.#workers.get(desire.id)?.abort.abort()
      this.kick(desire.id)
    }
    for (const instance of this.#instances.values()) {
      if (desires.has(instance.id)) continue
      instance.desire = null
      this.kick(instance.id)
    }
  }

  kick(id: string): void {
    const instance = this.#instances.get(id)
    if (!instance || this.#frozen || (!instance.desire && !this.#listSeen)) return
    const worker = this.#workers.get(id)
    if (worker) {
      worker.again = true
      return
    }
    const fresh: Worker = { abort: new AbortController(), again: false, done: Promise.resolve() }
    this.#workers.set(id, fresh)
    fresh.done = this.#work(instance, fresh)
  }

  /** Resolves when no VM has anything left to do (timers aside). */
  async idle(): Promise<void> {
    while (this.#workers.size > 0) await Promise.all([...this.#workers.values()].map((worker) => worker.done))
  }

  /** Leaves the VMs running and lets the process end. */
  detach(): void {
    this.#frozen = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    for (const worker of this.#workers.values()) worker.abort.abort()
    for (const instance of this.#instances.values()) {
      instance.detached = true
      instance.stopHealth?.()
      instance.vm?.detach()
    }
  }

  /** For a planned end of the whole node: every VM is stopped in order, and comes back at the next start. */
  async stopAll(): Promise<void> {
    this.#frozen = true
    for (const worker of this.#workers.values()) worker.abort.abort()
    await this.idle()
    await Promise.all([...this.#instances.values()].map(async (instance) => {
      for (const step of ['stop', 'release'] as const) {
        if (!instance.record.start || (step === 'stop' && !instance.vm)) continue
        await this.#run(instance, step, new AbortController())
      }
      setPhase(instance, this.#context.clock, 'stopped')
      this.#context.ledger.saveVm(instance.record)
    }))
  }

  #desires(): Map<string, VmDesire> {
    return new Map(this.#context.ledger.vmDesires().map((desire) => [desire.id, desire]))
  }

  /** A restored database counts from an older number: what it wants unchanged must not restart for that. */
  #relabel(instance: Instance, before: VmDesire, desire: VmDesire): void {
    const { start, hold } = instance.record
    if (before.desired !== desire.desired || !isDeepStrictEqual(before.spec, desire.spec)) return
    if (start?.generation === before.generation) start.generation = desire.generation
    if (hold?.generation === before.generation) hold.generation = desire.generation
    this.#context.ledger.saveVm(instance.record)
    this.#context.changed(instance.id)
  }

  async #work(instance: Instance, worker: Worker): Promise<void> {
    try {
      for (;;) {
        worker.again = false
        const now = this.#context.clock.monotonicMs()
        const next = plan(instance.desire, observe(instance), now)
        const step = this.#frozen ? undefined : next.steps[0]
        if (!step) {
          this.#settle(instance, next.wakeAtMs)
          if (!worker.again || this.#frozen) return
          continue
        }
        if (worker.abort.signal.aborted) worker.abort = new AbortController()
        if (!(await this.#run(instance, step, worker.abort))) return this.#retryLater(instance.id)
        if (step === 'forget') return
      }
    } catch (error) {
      this.#context.log.error('the instance could not be reconciled', { vm: instance.id, error: errorText(error) })
      this.#retryLater(instance.id)
    } finally {
      this.#workers.delete(instance.id)
      if (worker.again) this.kick(instance.id)
    }
  }

  /** False when an act that undoes something failed: it is tried again later, and never skipped. */
  async #run(instance: Instance, step: Step, abort: AbortController): Promise<boolean> {
    const { ledger, clock, log } = this.#context
    try {
      await STEPS[step]({ context: this.#context, instance, signal: abort.signal, kick: () => this.kick(instance.id) })
    } catch (error) {
      if (abort.signal.aborted) return true
      if (!UP_STEPS.includes(step)) {
        log.error('a clean-up step failed', { vm: instance.id, step, error: errorText(error) })
        return false
      }
      this.#failedStart(instance, step, error)
      return true
    }
    log.debug('step done', { vm: instance.id, step })
    if (step === 'forget') this.#forget(instance)
    else ledger.finishStep(step, instance.record, 'done', clock.wallMs())
    this.#context.changed(instance.id)
    return true
  }

  #failedStart(instance: Instance, step: Step, error: unknown): void {
    const { ledger, clock, log } = this.#context
    const failure = failureOf(error)
    const { record } = instance
    const generation = record.start?.generation ?? instance.desire?.generation ?? 0
    record.hold = afterFailedStart(failure.code, failure.retryable, generation, record.attempts, clock.monotonicMs())
    record.attempts += 1
    // A VMM that failed to start leaves pieces: undo them. Earlier steps are simply gone on with.
    if (record.start && (step === 'vmm' || !failure.retryable)) record.start.ended = { kind: 'failed_start' }
    setPhase(instance, clock, record.hold.phase, failure.code, failure.reason)
    log.warn('a start failed', { vm: instance.id, step, code: failure.code, reason: failure.reason })
    ledger.finishStep(step, record, failure.code, clock.wallMs())
    this.#context.changed(instance.id)
  }

  #forget(instance: Instance): void {
    this.#context.ledger.removeVm(instance.id, this.#context.clock.wallMs())
    this.#instances.delete(instance.id)
    clearTimeout(this.#timers.get(instance.id))
    this.#timers.delete(instance.id)
  }

  #settle(instance: Instance, wakeAtMs: number | null): void {
    const idleDown = !instance.record.start && instance.desire && instance.desire.desired !== 'running'
    if (idleDown && instance.record.phase !== 'stopped') {
      setPhase(instance, this.#context.clock, 'stopped')
      Object.assign(instance.record, { hold: null, attempts: 0, exitsMs: [], health: null })
      this.#context.ledger.saveVm(instance.record)
      this.#context.changed(instance.id)
    }
    if (wakeAtMs !== null) this.#wakeIn(instance.id, wakeAtMs - this.#context.clock.monotonicMs())
  }

  #retryLater(id: string): void {
    this.#wakeIn(id, RETRY_AFTER_FAULT_MS)
  }

  #wakeIn(id: string, delayMs: number): void {
    clearTimeout(this.#timers.get(id))
    if (this.#frozen) return
    const timer = setTimeout(() => this.kick(id), Math.min(LONGEST_TIMER_MS, Math.max(10, delayMs)))
    this.#timers.set(id, timer)
  }
}
