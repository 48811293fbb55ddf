/** The acts behind the plan's steps. Each one first looks whether its effect is already there, so it may run any number of times. */
import { randomUUID } from 'node:crypto'
import type { GuestProcess, VmSpec } from '../drivers/vmm.ts'
import { sleep } from '../runtime/backoff.ts'
import type { StepCall } from './context.ts'
import { recordEnd, vmHandlers, watchStarted } from './events.ts'
import { StartError } from './failure.ts'
import { fallAsleep, wakeWith } from './sleep.ts'
import { networkRequest, setPhase } from './instance.ts'
import type { CreateStep, SpecWithoutSecrets, StartRecord, Step } from './model.ts'

export const STEPS: Record<Step, (call: StepCall) => Promise<void>> = {
  anchor, image, disk, network, vmm, sleep: fallAsleep, wake, stop, release, discard, forget: async () => {},
}

const uidOf = (call: StepCall): number | null => (call.context.uidBase === null ? null : call.context.uidBase + call.instance.record.slot)

function starting(call: StepCall): { start: StartRecord; spec: SpecWithoutSecrets } {
  const { start } = call.instance.record
  const spec = call.instance.desire?.spec
  if (!start || !spec) throw new StartError('vmm_failed', 'The instance was withdrawn while it started.', true)
  return { start, spec }
}

function finish(start: StartRecord, step: CreateStep): void {
  if (!start.done.includes(step)) start.done.push(step)
}

/** The identity of this start is on disk before anything exists on the host, so every leftover can be traced. */
async function anchor(call: StepCall): Promise<void> {
  const { instance, context } = call
  const generation = instance.desire?.generation ?? 0
  const { record } = instance
  if (record.hold && record.hold.generation !== generation) Object.assign(record, { attempts: 0, restarts: 0, exitsMs: [] })
  record.hold = null
  instance.stopping = false
  instance.sleep = null
  record.start = {
    startId: `start_${randomUUID().replaceAll('-', '')}`, generation, done: ['anchor'],
    stopTimeoutS: instance.desire?.spec?.stop.timeout_s ?? 10, image: null, network: null, identity: null, started: null, ended: null,
  }
  setPhase(instance, context.clock, 'pending')
}

async function image(call: StepCall): Promise<void> {
  const { context, instance } = call
  const { start, spec } = starting(call)
  if ((await context.disks.freeMib()) < context.diskFloorMib) {
    throw new StartError('no_space', 'The node has too little free disk space for a new start. The start is tried again when space is free.', true)
  }
  setPhase(instance, context.clock, 'pulling')
  context.changed(instance.id)
  const local = await context.images.ensure(spec.image, { signal: call.signal, maxBytes: context.maxImageBytes })
  start.image = { digest: local.digest, rootfs: local.rootfs, config: local.config }
  processOf(start, spec)
  finish(start, 'image')
  setPhase(instance, context.clock, 'preparing')
}

async function disk(call: StepCall): Promise<void> {
  const { context, instance } = call
  const { start, spec } = starting(call)
  const digest = start.image?.digest ?? ''
  const { record } = instance
  // Files written over one image make no sense over another.
  if (record.disk && (record.disk.digest !== digest || record.disk.sizeMib !== spec.disk_mib)) await context.disks.remove(instance.id)
  await context.disks.ensure(instance.id, spec.disk_mib, uidOf(call))
  record.disk = { digest, sizeMib: spec.disk_mib }
  start.volumes = await context.volumes.claim(instance.id, spec.volumes, call.signal)
  finish(start, 'disk')
}

async function network(call: StepCall): Promise<void> {
  const { start, spec } = starting(call)
  start.network = await call.context.network.attach(networkRequest(call.instance.record, spec, call.context.uidBase))
  finish(start, 'network')
}

async function vmm(call: StepCall): Promise<void> {
  const { context, instance } = call
  const { start, spec } = starting(call)
  const handlers = vmHandlers(context, instance, start.startId, call.kick)
  const alive = (await context.vmm.list()).find((identity) => identity.id === instance.id)
  const adopted = alive?.startId === start.startId ? await context.vmm.attach(alive, handlers, context.ledger.secretsOf(instance.id)) : null
  setPhase(instance, context.clock, 'booting')
  context.changed(instance.id)
  const vm = adopted ?? await context.bootSlots.run(async () => {
    call.signal.throwIfAborted()
    return context.vmm.start(await vmSpec(call, start, spec), context.ledger.secretsOf(instance.id), handlers)
  })
  start.identity = vm.identity
  finish(start, 'vmm')
  if (start.ended) return
  instance.vm = vm
  instance.sleep = null
  // The start may have been announced before the driver returned the VM.
  if (start.started) setPhase(instance, context.clock, 'running')
  watchStarted(context, instance)
}

async function wake(call: StepCall): Promise<void> {
  const { start, spec } = starting(call)
  await wakeWith(call, start, await vmSpec(call, start, spec))
}

async function vmSpec(call: StepCall, start: StartRecord, spec: SpecWithoutSecrets): Promise<VmSpec> {
  const { instance, context } = call
  if (!start.network || !start.image) throw new StartError('vmm_failed', 'The start record is incomplete.', true)
  return {
    id: instance.id,
    startId: start.startId,
    hostname: hostnameOf(spec.app_name, instance.id),
    vcpu: spec.vcpu,
    memoryMib: spec.memory_mib,
    rootfs: start.image.rootfs,
    scratch: await context.disks.ensure(instance.id, spec.disk_mib, uidOf(call)),
    volumes: start.volumes ?? [],
    volumeKeys: context.volumes.keysOf(start.volumes ?? []),
    network: start.network,
    process: processOf(start, spec),
    uid: uidOf(call),
  }
}

function processOf(start: StartRecord, spec: SpecWithoutSecrets): GuestProcess {
  const config = start.image?.config
  if (!config) throw new StartError('image_invalid', 'The image has no configuration.')
  const argv = spec.command ?? [...config.entrypoint, ...config.cmd]
  if (argv.length === 0) {
    throw new StartError('no_command', 'The image names no command to run. Set a command for the app, or add an ENTRYPOINT or CMD to the image.')
  }
  const port = spec.port === null ? {} : { PORT: String(spec.port) }
  return { argv, env: { ...port, ...config.env, ...spec.env }, workdir: config.workdir || '/', user: config.user, stopSignal: config.stopSignal || 'SIGTERM' }
}

export function hostnameOf(appName: string, vmId: string): string {
  const suffix = vmId.replace(/[^a-z0-9]/gi, '').slice(-6).toLowerCase()
  return `${appName.toLowerCase().replace(/[^a-z0-9-]/g, '-').slice(0, 50).replace(/^-+|-+$/g, '') || 'app'}-${suffix}`
}

/** Out of the routes first, then the stop signal, so that no request is lost. */
async function stop(call: StepCall): Promise<void> {
  const { context, instance } = call
  const mayHaveRequests = instance.vm !== null && instance.record.health === 'ok'
  instance.stopping = true
  instance.stopHealth?.()
  instance.stopHealth = null
  setPhase(instance, context.clock, 'stopping')
  context.changed(instance.id)
  if (mayHaveRequests) await sleep(context.drainMs, call.signal)
  await context.usage.sample(instance)
  await instance.vm?.stop((instance.record.start?.stopTimeoutS ?? 10) * 1000)
  if (!instance.record.start?.ended) recordEnd(context, instance, { kind: 'stopped' })
}

async function release(call: StepCall): Promise<void> {
  const { context, instance } = call
  await context.network.detach(instance.id)
  await context.vmm.cleanup(instance.id)
  context.volumes.release(instance.id)
  if (instance.record.start) context.usage.ended(instance.record.start.startId)
  instance.record.start = null
  instance.stopping = false
  instance.sleep = null
}

async function discard(call: StepCall): Promise<void> {
  await call.context.disks.remove(call.instance.id)
  call.instance.record.disk = null
}
