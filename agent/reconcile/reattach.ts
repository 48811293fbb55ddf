/** Brings ledger and host together after the agent was away: VMs live on, lost ones are noted, strangers are found. */
import type { VmIdentity } from '../drivers/vmm.ts'
import type { ReconcileContext } from './context.ts'
import { recordEnd, vmHandlers, watchStarted } from './events.ts'
import { createInstance, instant, networkRequest, setPhase, type Instance } from './instance.ts'
import { noteAwake } from './sleep.ts'
import { CREATE_STEPS, emptyRecord, type StartRecord } from './model.ts'

const BOOT_ID = 'boot_id'

/** Monotonic instants of an earlier boot mean nothing now; quarantine starts anew rather than end early. */
export function forgetOldBoot(context: ReconcileContext): void {
  const { ledger, clock } = context
  const bootId = clock.bootId()
  if (ledger.getMeta(BOOT_ID) !== bootId) {
    ledger.resetMonotonic(clock.monotonicMs())
    for (const record of ledger.vmRecords()) {
      record.exitsMs = []
      if (record.hold?.untilMs != null) record.hold = null
      if (record.start?.done.includes('vmm') && !record.start.ended) record.start.ended = { kind: 'stopped' }
      ledger.saveVm(record)
    }
    const guard = ledger.guard()
    if (guard.candidate) ledger.saveGuard({ ...guard, candidate: null })
  }
  ledger.setMeta(BOOT_ID, bootId)
}

export async function reattach(context: ReconcileContext, instances: Map<string, Instance>, kick: (id: string) => void): Promise<void> {
  const alive = new Map((await context.vmm.list()).map((identity) => [identity.id, identity]))
  for (const instance of instances.values()) {
    const { start } = instance.record
    const found = alive.get(instance.id)
    alive.delete(instance.id)
    if (found && (!start || found.startId !== start.startId)) await adopt(context, instance, found, kick)
    else if (start && !start.ended) await resume(context, instance, start, found ?? null, kick)
  }
  for (const stranger of alive.values()) {
    context.log.warn('found a virtual machine that the ledger does not know', { vm: stranger.id })
    const slot = freeSlot(instances)
    const instance = createInstance(emptyRecord(stranger.id, slot, instant(context.clock)), null)
    instances.set(stranger.id, instance)
    await adopt(context, instance, stranger, kick)
  }
}

async function resume(
  context: ReconcileContext, instance: Instance, start: StartRecord, found: VmIdentity | null, kick: (id: string) => void,
): Promise<void> {
  const handlers = vmHandlers(context, instance, start.startId, () => kick(instance.id))
  const vm = found ? await context.vmm.attach(found, handlers, context.ledger.secretsOf(instance.id)) : null
  if (vm) {
    start.identity = vm.identity
    // Found alive it is awake, whatever was begun with it.
    if (start.asleep) {
      noteAwake(start, context.clock)
      setPhase(instance, context.clock, 'running')
    }
    if (!start.done.includes('vmm')) start.done = [...CREATE_STEPS]
    if (!start.ended) instance.vm = vm
    context.ledger.saveVm(instance.record)
    watchStarted(context, instance)
  } else if (start.asleep) {
    setPhase(instance, context.clock, 'sleeping')
    context.ledger.saveVm(instance.record)
  } else if (start.done.includes('vmm')) {
    recordEnd(context, instance, { kind: 'vmm', reason: 'killed' }, 'It ended while the agent was not running.')
  }
}

/** A VM of an unknown start belongs to no generation, so the plan will stop it; nothing else of it is believed. */
async function adopt(context: ReconcileContext, instance: Instance, identity: VmIdentity, kick: (id: string) => void): Promise<void> {
  instance.record.start = {
    startId: identity.startId, generation: 0, done: [...CREATE_STEPS], stopTimeoutS: 10, image: null, network: null,
    identity, started: instant(context.clock), ended: null,
  }
  instance.vm = await context.vmm.attach(identity, vmHandlers(context, instance, identity.startId, () => kick(instance.id)))
  if (!instance.vm) instance.record.start.ended = { kind: 'stopped' }
  setPhase(instance, context.clock, 'running')
  context.ledger.saveVm(instance.record)
}

export function freeSlot(instances: ReadonlyMap<string, Instance>): number {
  const taken = new Set([...instances.values()].map((instance) => instance.record.slot))
  let slot = 1
  while (taken.has(slot)) slot += 1
  return slot
}

/** Everything the network driver should find on the host. */
export const networkRequests = (context: ReconcileContext, instances: Iterable<Instance>) =>
  [...instances].flatMap((instance) =>
    instance.record.start?.network && instance.desire?.spec ? [networkRequest(instance.record, instance.desire.spec, context.uidBase)] : [])
