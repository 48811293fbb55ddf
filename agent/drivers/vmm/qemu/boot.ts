/** One boot: from nothing to a guest whose init answers, within a deadline. */
import { readFile, writeFile } from 'node:fs/promises'
import type { GuestAssets } from '../../../guest/assets.ts'
import { VmmError, type VmHandlers, type VmSpec } from '../../vmm.ts'
import { carryThrough, checkSecrets, HandlerGate } from '../boot-watch.ts'
import { identityOf, liveProcess, processName, vmFiles, writeAnchor, type Anchor } from './anchor.ts'
import type { Accelerator } from './arguments.ts'
import { encodeConfigDrive } from '../guest/config-drive.ts'
import { launchError, launchQemu } from './launch.ts'
import type { QmpEvent } from './qmp.ts'
import { QemuVm } from './vm.ts'

export interface BootContext {
  qemu: string
  folder: string
  accelerator: Accelerator
  assets: GuestAssets
  deadlineMs: number
}

/** Rejects with `boot_timeout` when nothing answered (worth another try), else with what is known. */
export async function bootVm(context: BootContext, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<QemuVm> {
  checkSecrets(secrets)
  const gate = new HandlerGate(handlers)
  const vm = await startQemu(context, spec, gate.handlers).catch((error: unknown) => {
    throw error instanceof VmmError ? error : launchError(String(error))
  })
  await carryThrough(vm, gate, secrets, context.deadlineMs)
  return vm
}

async function startQemu(context: BootContext, spec: VmSpec, handlers: VmHandlers): Promise<QemuVm> {
  const files = vmFiles(context.folder)
  const anchor: Anchor = {
    id: spec.id, startId: spec.startId, memoryMib: spec.memoryMib, process: null,
    volumes: spec.volumes.map(({ id }) => id), encrypted: spec.volumes.filter((volume) => volume.encrypted).map(({ id }) => id),
  }
  const early: QmpEvent[] = []
  const sink = { onEvent: (event: QmpEvent): void => void early.push(event) }
  const config = encodeConfigDrive(spec)
  await writeAnchor(context.folder, anchor)
  await writeFile(files.config, config, { mode: 0o600 })
  const qmp = await launchQemu({
    ...context, ...spec,
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
  await writeAnchor(context.folder, { ...anchor, process })
  const vm = new QemuVm(identityOf(anchor, process), { folder: files.run, ...anchor }, qmp, handlers)
  sink.onEvent = (event) => vm.onQmpEvent(event)
  for (const event of early) vm.onQmpEvent(event)
  return vm
}
