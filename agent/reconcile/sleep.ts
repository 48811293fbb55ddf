/** Putting an instance to sleep and waking it. Whatever fails or dies in between leaves one VM, or one that boots cold. */
import { randomBytes } from 'node:crypto'
import type { VmSpec } from '../drivers/vmm.ts'
import { sleep } from '../runtime/backoff.ts'
import { ageMs, type Clock } from '../runtime/clock.ts'
import { errorText } from '../runtime/log.ts'
import type { StepCall } from './context.ts'
import { vmHandlers, watchStarted } from './events.ts'
import { instant, setPhase } from './instance.ts'
import type { StartRecord } from './model.ts'

/** A request that saw it in the routes has dialled by then. */
const SETTLE_MS = 300

export async function fallAsleep({ context, instance, signal }: StepCall): Promise<void> {
  const { start } = instance.record
  const { vm } = instance
  if (!start || !vm) return
  // Out of the routes first: who comes from now on waits, and wakes it.
  instance.dozing = true
  context.changed(instance.id)
  await sleep(SETTLE_MS, signal)
  const wanted = (): boolean => instance.sleep !== 'due' || signal.aborted
  if (wanted() || !(await context.sleep.quiet(instance)) || wanted()) return stayAwake({ context, instance })
  await context.usage.sample(instance)
  instance.stopHealth?.()
  instance.stopHealth = null
  const salt = randomBytes(16).toString('hex')
  start.asleep = { salt, since: instant(context.clock) }
  context.ledger.saveVm(instance.record)
  try {
    const { bytes, tookMs } = await vm.suspend(context.sleep.keyOf(salt))
    context.log.info('instance sleeps', { vm: instance.id, bytes, took_ms: Math.round(tookMs) })
  } catch (error) {
    context.log.warn('the instance could not be put to sleep', { vm: instance.id, error: errorText(error) })
    start.asleep = null
    return stayAwake({ context, instance })
  }
  start.asleep.since = instant(context.clock)
  instance.vm = null
  instance.dozing = false
  if (instance.sleep === 'due') instance.sleep = null
  setPhase(instance, context.clock, 'sleeping')
}

function stayAwake({ context, instance }: Pick<StepCall, 'context' | 'instance'>): void {
  instance.dozing = false
  instance.sleep = null
  context.sleep.awake(instance)
  if (instance.vm) watchStarted(context, instance)
}

/** A snapshot that does not fit costs a cold boot, never the instance. */
export async function wakeWith({ context, instance, kick }: StepCall, start: StartRecord, spec: VmSpec): Promise<void> {
  const { asleep } = start
  if (!asleep) return
  const handlers = vmHandlers(context, instance, start.startId, kick)
  try {
    const vm = await context.sleep.wakeSlots.run(() => context.vmm.resume(spec, context.sleep.keyOf(asleep.salt), handlers))
    start.identity = vm.identity
    noteAwake(start, context.clock)
    instance.sleep = null
    if (start.ended) return
    instance.vm = vm
    setPhase(instance, context.clock, 'running')
    context.sleep.awake(instance)
    watchStarted(context, instance)
  } catch (error) {
    context.log.warn('the instance could not be woken and boots anew', { vm: instance.id, error: errorText(error) })
    noteAwake(start, context.clock)
    start.ended = { kind: 'stopped' }
  }
}

export function noteAwake(start: StartRecord, clock: Clock): void {
  if (start.asleep) start.sleptMs = (start.sleptMs ?? 0) + ageMs(clock, start.asleep.since)
  start.asleep = null
}
