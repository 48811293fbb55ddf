/** One boot: from nothing to a guest whose init answers, within a deadline. */
import { readFile, writeFile } from 'node:fs/promises'
import type { GuestAssets } from '../../../guest/assets.ts'
import { SnapshotError, VmmError, type SnapshotKey, type VmHandlers, type VmSpec } from '../../vmm.ts'
import { answers, carryThrough, checkSecrets, HandlerGate } from '../boot-watch.ts'
import { identityOf, liveProcess, processName, vmFiles, writeAnchor, type Anchor } from './anchor.ts'
import type { ControlGroup } from '../control-group.ts'
import { grantOf } from '../limits.ts'
import type { Accelerator } from './arguments.ts'
import { encodeConfigDrive } from '../guest/config-drive.ts'
import { launchError, launchQemu } from './launch.ts'
import { killNow } from '../process.ts'
import type { Qmp, QmpEvent } from './qmp.ts'
import { dropSnapshot } from '../snapshot-header.ts'
import { goOn, load, markOf } from './snapshot.ts'
import { QemuVm } from './vm.ts'

export interface BootContext {
  qemu: string
  folder: string
  accelerator: Accelerator
  group: ControlGroup
  assets: GuestAssets
  deadlineMs: number
}

/** Rejects with `boot_timeout` when nothing answered (worth another try), else with what is known. */
export async function bootVm(context: BootContext, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<QemuVm> {
  checkSecrets(secrets)
  const gate = new HandlerGate(handlers)
  // From here on the disks change: no snapshot fits them any more.
  await dropSnapshot(vmFiles(context.folder).snapshot)
  const { vm } = await startQemu(context, spec, gate.handlers, false)
  await carryThrough(vm, gate, secrets, context.deadlineMs)
  return vm
}

/** From its snapshot to a guest that answers. Until its processors run the snapshot stays good, and is gone before they do. */
export async function resumeVm(context: BootContext, spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<QemuVm> {
  const gate = new HandlerGate(handlers)
  const { snapshot, run } = vmFiles(context.folder)
  const { vm, qmp, machine } = await startQemu(context, spec, gate.handlers, true)
  try {
    await Promise.race([load(qmp, { path: snapshot, runFolder: run }, { startId: spec.startId, machine }, key), vm.gone])
    if (gate.exit) throw new SnapshotError('QEMU ended over the snapshot')
    await goOn(qmp, snapshot)
    await answers(vm, vm.channel.ready, context.deadlineMs, 'the guest did not wake')
    if (gate.exit) throw new SnapshotError('the guest ended as it woke')
    gate.open()
    return vm
  } catch (error) {
    if (gate.exit === null) await vm.kill()
    throw error instanceof SnapshotError ? error : new SnapshotError(String(error))
  }
}

interface Launched { vm: QemuVm; qmp: Qmp; machine: string }

async function startQemu(context: BootContext, spec: VmSpec, handlers: VmHandlers, incoming: boolean): Promise<Launched> {
  return launchVm(context, spec, handlers, incoming).catch((error: unknown) => {
    throw error instanceof VmmError ? error : launchError(String(error))
  })
}

async function launchVm(context: BootContext, spec: VmSpec, handlers: VmHandlers, incoming: boolean): Promise<Launched> {
  const files = vmFiles(context.folder)
  const anchor: Anchor = {
    id: spec.id, startId: spec.startId, memoryMib: spec.memoryMib, machine: null, process: null,
    volumes: spec.volumes.map(({ id }) => id), encrypted: spec.volumes.filter((volume) => volume.encrypted).map(({ id }) => id),
  }
  const early: QmpEvent[] = []
  const sink = { onEvent: (event: QmpEvent): void => void early.push(event) }
  const config = encodeConfigDrive(spec)
  await writeAnchor(context.folder, anchor)
  await writeFile(files.config, config, { mode: 0o600 })
  const qmp = await launchQemu({
    ...context, ...spec, incoming,
    runFolder: files.run,
    name: processName(spec.id, spec.startId),
    kernelArguments: (await readFile(context.assets.kernelArguments, 'utf8')).trim(),
    disks: {
      root: spec.rootfs, scratch: spec.scratch, config: files.config,
      volumes: spec.volumes.map(({ id, path }) => ({ path, key: spec.volumeKeys[id] ?? null })),
    },
    onEvent: (event) => sink.onEvent(event),
  })
  const process = await liveProcess(anchor)
  if (process === null) {
    qmp.close()
    throw new VmmError('vmm_failed', 'QEMU ended during start')
  }
  try {
    context.group.hold(process.pid, grantOf(spec, context.accelerator))
  } catch (error) {
    qmp.close()
    killNow(process)
    throw error
  }
  const machine = await markOf(qmp, spec, context.accelerator)
  await writeAnchor(context.folder, { ...anchor, machine, process })
  const vm = new QemuVm(identityOf(anchor, process), { folder: files.run, snapshot: files.snapshot, group: context.group, ...anchor, machine }, qmp, handlers)
  sink.onEvent = (event) => vm.onQmpEvent(event)
  for (const event of early) vm.onQmpEvent(event)
  return { vm, qmp, machine }
}
