/** Putting an instance to sleep and waking it. Whatever fails or dies in between leaves one VM, or one that boots cold. */
import { randomBytes } from 'node:crypto'
import type { VmSpec } from '../drivers/vmm.ts'
import { sleep } from '../runtime/backoff.ts'
import { ageMs, type Clock } from '../runtime/clock.ts'
import { errorText } from '../runtime/log.ts'
import type { ReconcileContext, StepCall } from './context.ts'
import { vmHandlers, watchStarted } from './events.ts'
import { instant, setPhase, type Instance } from './instance.ts'
import type { StartRecord } from './model.ts'

/** A request that saw it in the routes has dialled by then. */
const SETTLE_MS = 300

export async function fallAsleep({ context, instance, signal }: StepCall): Promise<void> {
  const { start } = instance.record
  const { vm } = instance
  if (!start || !vm) return
  // Out of the routes first, here and for other nodes: who comes from now on waits, and wakes it.
  instance.dozing = true
  context.changed(instance.id)
  const wanted = (): boolean => instance.sleep !== 'due' || signal.aborted
  if (!(await leave(context, instance, true))) return stayAwake({ context, instance })
  await sleep(SETTLE_MS, signal)
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

/** Or be there again. */
async function leave(context: ReconcileContext, instance: Instance, shut: boolean): Promise<boolean> {
  try {
    await context.network.shut(instance.id, shut)
    return true
  } catch (error) {
    context.log.warn('other nodes cannot be told whether the instance sleeps', { vm: instance.id, error: errorText(error) })
    return false
  }
}

async function stayAwake({ context, instance }: Pick<StepCall, 'context' | 'instance'>): Promise<void> {
  await leave(context, instance, false)
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
    await leave(context, instance, false)
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
