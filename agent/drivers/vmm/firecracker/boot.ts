/** The two ways to a VM whose guest answers: from its kernel, and from where it fell asleep. */
import { readFile, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { guestAssets } from '../../../guest/assets.ts'
import { SnapshotError, VmmError, type SnapshotKey, type VmHandlers, type VmSpec } from '../../vmm.ts'
import { answers, carryThrough, checkSecrets, HandlerGate } from '../boot-watch.ts'
import { encodeConfigDrive } from '../guest/config-drive.ts'
import { dropSnapshot, withSnapshot } from '../snapshot-header.ts'
import type { ApiCall } from './api-types.ts'
import { load } from './asleep.ts'
import { closeVolumes } from './encrypted.ts'
import { removeJail } from './jail.ts'
import { jailIdOf } from './jailer.ts'
import { launch, launchError, type BootContext, type Launch } from './launch.ts'
import { bootCalls, tapOf } from './machine.ts'
import { folderMib } from './memory-folder.ts'
import { promisedMib, snapshotPath, type VmRecord } from './record.ts'
import type { FirecrackerVm } from './vm.ts'

export async function bootVm(context: BootContext, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<FirecrackerVm> {
  checkSecrets(secrets)
  const { plan, record } = await planOf(context, spec, false)
  const gate = new HandlerGate(handlers)
  try {
    const calls = await callsOf(context, spec)
    // From here on the disks change: no snapshot fits them any more.
    await dropSnapshot(snapshotPath(context.jails, spec.id))
    const vm = await launch(context, { ...plan, begin: async ({ api }) => { for (const call of calls) await api.call(call) } }, gate.handlers)
    await carryThrough(vm, gate, secrets, context.deadlineMs)
    return vm
  } catch (error) {
    await closeVolumes(record)
    throw error instanceof VmmError ? error : launchError(error instanceof Error ? error.message : String(error))
  }
}

/** Whatever fails before its snapshot is gone leaves that as good as it was. */
export async function resumeVm(context: BootContext, spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<FirecrackerVm> {
  const { jails, hostMemory } = context
  const { plan, record, uid } = await planOf(context, spec, true)
  const gate = new HandlerGate(handlers)
  const snapshot = snapshotPath(jails, spec.id)
  const wake = async (): Promise<FirecrackerVm> => {
    const vm = await launch(context, { ...plan, begin: async ({ api, view, machine }) => {
      await withSnapshot(snapshot, { startId: spec.startId, machine: machine ?? '' }, (file) => load({ api, view, machine: spec, uid, snapshot }, file, key))
    } }, gate.handlers)
    return afterWaking(vm, gate, context.deadlineMs)
  }
  try {
    return await hostMemory.withRoom(spec.memoryMib, await promisedMib(jails), wake)
  } catch (error) {
    await closeVolumes(record)
    // What of it lay there in clear goes with the jail.
    await removeJail(jails, record).catch(() => {})
    throw error instanceof SnapshotError ? error : new SnapshotError(String(error))
  }
}

async function afterWaking(vm: FirecrackerVm, gate: HandlerGate, deadlineMs: number): Promise<FirecrackerVm> {
  try {
    await answers(vm, vm.channel.ready, deadlineMs, 'the guest did not wake')
    if (gate.exit) throw new SnapshotError('the guest ended as it woke')
    gate.open()
    return vm
  } catch (error) {
    if (gate.exit === null) await vm.kill()
    throw error
  }
}

async function planOf(context: BootContext, spec: VmSpec, woken: boolean): Promise<{ plan: Omit<Launch, 'begin'>; record: VmRecord; uid: number }> {
  const { uid } = spec
  if (uid === null) throw new VmmError('vmm_failed', 'Firecracker runs as a user of its own: the agent must be root')
  if (spec.network) tapOf(spec.network)
  const record = await newRecord(context, spec, woken)
  const content = {
    uid, assets: guestAssets(context.guestDir), memory: { mib: folderMib(spec.memoryMib, woken), pinned: await context.hostMemory.pins() },
    disks: { root: spec.rootfs, scratch: spec.scratch, config: encodeConfigDrive(spec), keys: spec.volumeKeys },
  }
  return { plan: { record, content, vcpu: spec.vcpu, marked: spec }, record, uid }
}

async function newRecord(context: BootContext, { id, startId, volumes, memoryMib }: VmSpec, woken: boolean): Promise<VmRecord> {
  return {
    id, startId, memoryMib, woken, jailId: jailIdOf(id), execName: basename(await realpath(context.firecracker)), machine: null, process: null,
    volumes: volumes.map(({ id: volume, path, readOnly, encrypted }) => ({ id: volume, path, readOnly, encrypted })),
  }
}

async function callsOf(context: BootContext, spec: VmSpec): Promise<ApiCall[]> {
  return bootCalls({ ...spec, limits: context.limits, kernelArguments: await readFile(guestAssets(context.guestDir).kernelArguments, 'utf8') })
}
