/** microVMs by QEMU. The driver keeps no state of its own: every VM is explained by its folder. */
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { guestAssets } from '../../../guest/assets.ts'
import { SnapshotError, VmmError, type SnapshotKey, type Vm, type VmHandlers, type VmIdentity, type VmmCapabilities, type VmmDriver, type VmSpec } from '../../vmm.ts'
import { chooseAccelerator, hostFacts, type AcceleratorChoice } from './accelerator.ts'
import { identityOf, listAnchors, liveProcess, readAnchor, removeFolder, vmFiles, vmFolder } from './anchor.ts'
import { bootsUnderKvm } from './accelerator-probe.ts'
import { checkMemory, resumeStart } from '../boot-watch.ts'
import { ControlGroup, hostTrees } from '../control-group.ts'
import { bootVm, resumeVm, type BootContext } from './boot.ts'
import type { Tree } from '../limits.ts'
import { jailIdOf } from '../firecracker/jailer.ts'
import { isAlive, killNow, waitGone, type ProcessRef } from '../process.ts'
import { Qmp, type QmpEvent } from './qmp.ts'
import { runState, undoSuspend } from './snapshot.ts'
import { QemuVm } from './vm.ts'

export interface QemuDriverOptions {
  vmsDir: string
  /** What `buildGuest` filled. */
  guestDir: string
  /** `SHELLWEGO_ACCEL`. */
  accel?: string | undefined
  qemu?: string
  bootDeadlineMs?: number
  bootRetries?: number
  /** Control groups to limit VMs by; those of the host, or none where it gives none. */
  trees?: readonly Tree[]
}

const ATTACH_ATTEMPTS = 4
const END_MS = 10_000
const ATTACH_PAUSE_MS = 100

export class QemuDriver implements VmmDriver {
  readonly #options: Required<Omit<QemuDriverOptions, 'accel'>> & Pick<QemuDriverOptions, 'accel'>
  #choice: Promise<AcceleratorChoice> | null = null

  constructor(options: QemuDriverOptions) {
    this.#options = { qemu: 'qemu-system-x86_64', bootDeadlineMs: 10_000, bootRetries: 2, trees: hostTrees().trees, ...options }
  }

  async probe(): Promise<VmmCapabilities> {
    const { accelerator, reason } = await this.#accelerator()
    return { driver: 'qemu', accelerator, isolation: accelerator === 'kvm' ? 'hardware' : 'emulated', reason, noSleep: null }
  }

  async start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
    checkMemory(spec.memoryMib)
    const context = await this.#bootContext(spec.id)
    await mkdir(this.#options.vmsDir, { recursive: true, mode: 0o711 })
    for (let retriesLeft = this.#options.bootRetries; ; retriesLeft -= 1) {
      try {
        return await bootVm(context, spec, secrets, handlers)
      } catch (error) {
        if (!(error instanceof VmmError) || error.code !== 'boot_timeout' || retriesLeft === 0) throw error
      }
    }
  }

  async resume(spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<Vm> {
    const context = await this.#bootContext(spec.id)
    const anchor = await readAnchor(context.folder)
    if (anchor?.startId !== spec.startId) throw new SnapshotError('there is no snapshot of this start')
    return resumeVm(context, spec, key, handlers)
  }

  async attach(identity: VmIdentity, handlers: VmHandlers, secrets?: Record<string, string>): Promise<Vm | null> {
    const folder = vmFolder(this.#options.vmsDir, identity.id)
    const anchor = await readAnchor(folder)
    const process = anchor?.startId === identity.startId ? await liveProcess(anchor) : null
    if (anchor === null || process === null || process.pid !== identity.pid || process.pidStart !== identity.pidStart) return null
    const early: QmpEvent[] = []
    const sink = { onEvent: (event: QmpEvent): void => void early.push(event) }
    const { run, snapshot } = vmFiles(folder)
    const qmp = await connectWhileAlive(run, process, (event) => sink.onEvent(event))
    if (qmp === null) return null
    if (!(await standsOnItsFeet(qmp, process, snapshot))) return null
    const group = this.#group(identity.id)
    const vm = new QemuVm(identityOf(anchor, process), { folder: run, snapshot, group, ...anchor }, qmp, handlers)
    sink.onEvent = (event) => vm.onQmpEvent(event)
    for (const event of early) vm.onQmpEvent(event)
    await vm.resync().catch(() => {})
    return (await resumeStart(vm, secrets)) ? vm : null
  }

  async list(): Promise<VmIdentity[]> {
    const anchors = await listAnchors(this.#options.vmsDir)
    const live = await Promise.all(anchors.map(async (anchor) => {
      const process = await liveProcess(anchor)
      return process && identityOf(anchor, process)
    }))
    return live.filter((identity) => identity !== null)
  }

  async cleanup(id: string): Promise<void> {
    const folder = vmFolder(this.#options.vmsDir, id)
    const anchor = await readAnchor(folder)
    if (anchor && (await liveProcess(anchor))) throw new VmmError('vmm_failed', `VM ${id} still runs`)
    await this.#group(id).remove()
    await removeFolder(folder)
  }

  #group(id: string): ControlGroup {
    return new ControlGroup(this.#options.trees, jailIdOf(id))
  }

  async #bootContext(id: string): Promise<BootContext> {
    const { vmsDir, guestDir, qemu, bootDeadlineMs } = this.#options
    const folder = vmFolder(vmsDir, id)
    const former = await readAnchor(folder)
    if (former && (await liveProcess(former))) throw new VmmError('vmm_failed', `VM ${id} already runs`)
    const { accelerator } = await this.#accelerator()
    return { qemu, folder, accelerator, group: this.#group(id), assets: guestAssets(guestDir), deadlineMs: bootDeadlineMs }
  }

  #accelerator(): Promise<AcceleratorChoice> {
    const { qemu, guestDir, accel } = this.#options
    this.#choice ??= chooseAccelerator(hostFacts(accel, () => bootsUnderKvm({ qemu, assets: guestAssets(guestDir) })))
    return this.#choice
  }
}

/**
 * The former agent may have died while it put the VM to sleep or woke it. All of its memory is there: it goes on, and the snapshot is gone
 * first. Only a part is there: it never ran, so the snapshot is whole and the process is not needed.
 */
async function standsOnItsFeet(qmp: Qmp, process: ProcessRef, snapshot: string): Promise<boolean> {
  const state = await runState(qmp)
  if (state === 'inmigrate') {
    qmp.close()
    killNow(process)
    await waitGone(process, END_MS)
    return false
  }
  if (['paused', 'finish-migrate', 'postmigrate'].includes(state)) await undoSuspend(qmp, snapshot)
  return true
}

/** Null only when the process is gone: a VM on a busy host must never be taken for dead. */
async function connectWhileAlive(run: string, process: ProcessRef, onEvent: (event: QmpEvent) => void): Promise<Qmp | null> {
  let last: unknown
  for (let attempt = 0; attempt < ATTACH_ATTEMPTS; attempt += 1) {
    try {
      return await Qmp.connect(run, onEvent)
    } catch (error) {
      last = error
    }
    if (!isAlive(process)) return null
    await sleep(ATTACH_PAUSE_MS)
  }
  throw new VmmError('vmm_failed', `process ${process.pid} lives, but its control socket does not answer: ${String(last)}`)
}

export const createQemuDriver = (options: QemuDriverOptions): VmmDriver => new QemuDriver(options)

