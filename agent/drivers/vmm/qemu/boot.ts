/** One boot: from nothing to a guest whose init answers, within a deadline. */
import { readFile, writeFile } from 'node:fs/promises'
import { MEMORY_FLOOR_MIB, type GuestAssets } from '../../../guest/assets.ts'
import { VmmError, type VmHandlers, type VmSpec } from '../../vmm.ts'
import { identityOf, processName, readPid, vmFiles, writeAnchor, type Anchor } from './anchor.ts'
import type { Accelerator } from './arguments.ts'
import { encodeConfigDrive } from './config-drive.ts'
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

const SPAWN_DEADLINE_MS = 10_000

/** Rejects with `boot_timeout` when nothing answered (worth another try), else with what is known. */
export async function bootVm(context: BootContext, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<QemuVm> {
  const gate = new HandlerGate(handlers)
  const vm = await startQemu(context, spec, gate.handlers)
  try {
    await within(context.deadlineMs, [vm.channel.ready, vm.gone], 'boot_timeout', 'the guest did not answer in time')
    if (gate.exit) throw bootFailure(gate)
    vm.channel.go(secrets)
    await within(SPAWN_DEADLINE_MS, [vm.settled], 'boot_timeout', 'the guest did not start its process in time')
    gate.open()
    return vm
  } catch (error) {
    if (gate.exit === null) await vm.kill()
    throw error
  }
}

async function startQemu(context: BootContext, spec: VmSpec, handlers: VmHandlers): Promise<QemuVm> {
  const files = vmFiles(context.folder)
  const anchor: Anchor = { id: spec.id, startId: spec.startId, memoryMib: spec.memoryMib, process: null }
  const early: QmpEvent[] = []
  const sink = { onEvent: (event: QmpEvent): void => void early.push(event) }
  try {
    await writeAnchor(context.folder, anchor)
    await writeFile(files.config, encodeConfigDrive(spec), { mode: 0o600 })
  } catch (error) {
    throw launchError(String(error))
  }
  const qmp = await launchQemu({
    ...context, ...spec,
    runFolder: files.run,
    name: processName(spec.id, spec.startId),
    kernelArguments: (await readFile(context.assets.kernelArguments, 'utf8')).trim(),
    disks: { root: spec.rootfs, scratch: spec.scratch, config: files.config },
    onEvent: (event) => sink.onEvent(event),
  })
  const process = await readPid(context.folder, anchor)
  if (process === null) {
    qmp.close()
    throw new VmmError('vmm_failed', 'QEMU ended during start')
  }
  await writeAnchor(context.folder, { ...anchor, process })
  const vm = new QemuVm(identityOf(anchor, process), files.run, qmp, handlers)
  sink.onEvent = (event) => vm.onQmpEvent(event)
  for (const event of early) vm.onQmpEvent(event)
  return vm
}

/** Holds events back until the boot has succeeded: a failed try is told by the rejection, not by `onExit`. */
class HandlerGate {
  exit: Parameters<VmHandlers['onExit']>[0] | null = null
  readonly handlers: VmHandlers
  #held: (() => void)[] | null = []

  constructor(target: VmHandlers) {
    const pass = (call: () => void): void => void (this.#held ? this.#held.push(call) : call())
    this.handlers = {
      onStarted: () => pass(() => target.onStarted()),
      onLog: (lines) => pass(() => target.onLog(lines)),
      onExit: (exit) => {
        this.exit = exit
        pass(() => target.onExit(exit))
      },
    }
  }

  open(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const call of held) call()
  }
}

function bootFailure({ exit }: HandlerGate): VmmError {
  if (exit?.kind === 'vmm' && exit.reason === 'guest_panic') return new VmmError('guest_panic', exit.detail)
  return new VmmError('vmm_failed', exit?.kind === 'vmm' ? exit.detail : 'the guest powered off while booting')
}

async function within(ms: number, work: Promise<unknown>[], code: 'boot_timeout', message: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new VmmError(code, message)), ms)
  })
  try {
    await Promise.race([...work, late])
  } finally {
    clearTimeout(timer)
  }
}

export function checkMemory(memoryMib: number): void {
  if (memoryMib < MEMORY_FLOOR_MIB) {
    throw new VmmError('memory_too_small', `a VM needs at least ${MEMORY_FLOOR_MIB} MiB of memory, not ${memoryMib}`)
  }
}

