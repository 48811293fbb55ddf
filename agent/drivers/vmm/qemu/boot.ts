/** One boot: from nothing to a guest whose init answers, within a deadline. */
import { readFile, writeFile } from 'node:fs/promises'
import { MEMORY_FLOOR_MIB, type GuestAssets } from '../../../guest/assets.ts'
import { SnapshotError, VmmError, type SnapshotKey, type VmHandlers, type VmSpec } from '../../vmm.ts'
import { identityOf, liveProcess, processName, vmFiles, writeAnchor, type Anchor } from './anchor.ts'
import type { Accelerator } from './arguments.ts'
import { encodeConfigDrive } from './config-drive.ts'
import { launchError, launchQemu } from './launch.ts'
import { cpuMicroseconds } from './process.ts'
import type { Qmp, QmpEvent } from './qmp.ts'
import { dropSnapshot, goOn, load, machineMark } from './snapshot.ts'
import { QemuVm } from './vm.ts'

export interface BootContext {
  qemu: string
  folder: string
  accelerator: Accelerator
  assets: GuestAssets
  deadlineMs: number
}

const DEADLINE_CHECK_MS = 100
const STARVED_FACTOR = 6

/** Rejects with `boot_timeout` when nothing answered (worth another try), else with what is known. */
export async function bootVm(context: BootContext, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<QemuVm> {
  checkSecrets(secrets)
  const gate = new HandlerGate(handlers)
  // From here on the disks change: no snapshot fits them any more.
  await dropSnapshot(vmFiles(context.folder).snapshot)
  const { vm } = await startQemu(context, spec, gate.handlers, false)
  try {
    await answers(vm, vm.channel.ready, context.deadlineMs, 'the guest did not answer in time')
    if (gate.exit) throw bootFailure(gate)
    vm.channel.go(secrets)
    await answers(vm, vm.settled, context.deadlineMs, 'the guest did not start its process in time')
    gate.open()
    return vm
  } catch (error) {
    if (gate.exit === null) await vm.kill()
    throw error
  }
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
  const machine = await machineMark(qmp, spec, context.accelerator)
  await writeAnchor(context.folder, { ...anchor, machine, process })
  const vm = new QemuVm(identityOf(anchor, process), { folder: files.run, snapshot: files.snapshot, ...anchor, machine }, qmp, handlers)
  sink.onEvent = (event) => vm.onQmpEvent(event)
  for (const event of early) vm.onQmpEvent(event)
  return { vm, qmp, machine }
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

/**
 * A guest that got no processor time is not hung, and starting it anew would only make a busy host busier: the deadline counts
 * once the VM has used half of it in processor time, or six times over.
 */
async function answers(vm: QemuVm, work: Promise<unknown>, deadlineMs: number, message: string): Promise<void> {
  const from = performance.now()
  const cpuFrom = cpuMicroseconds(vm.identity.pid)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const elapsed = performance.now() - from
      const usedMs = (cpuMicroseconds(vm.identity.pid) - cpuFrom) / 1000
      const overdue = elapsed >= deadlineMs && usedMs >= deadlineMs / 2
      if (overdue || elapsed >= deadlineMs * STARVED_FACTOR) reject(new VmmError('boot_timeout', message))
    }, DEADLINE_CHECK_MS)
  })
  try {
    await Promise.race([work, vm.gone, late])
  } finally {
    clearInterval(timer)
  }
}

/** Linux takes no single environment string above this; NUL would end it early. */
const ASSIGNMENT_MAX_BYTES = 131_071

function checkSecrets(secrets: Record<string, string>): void {
  for (const [name, value] of Object.entries(secrets)) {
    if (name.includes('\0') || value.includes('\0') || Buffer.byteLength(`${name}=${value}`) > ASSIGNMENT_MAX_BYTES) {
      throw new VmmError('vmm_failed', `secret ${JSON.stringify(name)} holds NUL or is larger than ${ASSIGNMENT_MAX_BYTES} bytes`)
    }
  }
}

export function checkMemory(memoryMib: number): void {
  if (memoryMib < MEMORY_FLOOR_MIB) {
    throw new VmmError('memory_too_small', `a VM needs at least ${MEMORY_FLOOR_MIB} MiB of memory, not ${memoryMib}`)
  }
}

