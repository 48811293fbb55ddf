/** microVMs by Firecracker in jails. The driver keeps no state of its own: every VM is explained by its record, its jail and its control group. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tryCommand } from '../../command.ts'
import { SnapshotError, VmmError, type SnapshotKey, type Vm, type VmHandlers, type VmIdentity, type VmmCapabilities, type VmmDriver, type VmSpec } from '../../vmm.ts'
import { checkMemory, resumeStart } from '../boot-watch.ts'
import { isAlive, killNow, waitGone, type ProcessRef } from '../process.ts'
import { dropSnapshot } from '../snapshot-header.ts'
import { FirecrackerApi, type InstanceInfo } from './api.ts'
import { undoSave } from './asleep.ts'
import { bootVm, resumeVm } from './boot.ts'
import { closeVolumes } from './encrypted.ts'
import { HostMemory } from './host-memory.ts'
import { removeJail } from './jail.ts'
import type { BootContext } from './launch.ts'
import { DEFAULT_LIMITS, JAIL, type DeviceLimits } from './machine.ts'
import { mountPoints } from './memory-folder.ts'
import { cgroupOf, identityOf, jailRoot, jailsIn, listRecords, liveProcess, readRecord, removeRecord, snapshotPath, type VmRecord } from './record.ts'
import { FirecrackerVm, type RunningParts } from './vm.ts'

export interface FirecrackerDriverOptions {
  /** Jails and records lie below it; best on the file system of the disks. */
  folder: string
  /** What `buildGuest` filled. */
  guestDir: string
  firecracker: string
  jailer: string
  limits?: DeviceLimits
  hostMemory?: HostMemory
  bootDeadlineMs?: number
  bootRetries?: number
}

const END_MS = 10_000
const ATTACH_ATTEMPTS = 4
const ATTACH_PAUSE_MS = 100

export class FirecrackerDriver implements VmmDriver {
  readonly context: BootContext
  readonly #retries: number
  #swept: Promise<void> | null = null

  constructor({ folder, bootDeadlineMs = 10_000, bootRetries = 2, ...given }: FirecrackerDriverOptions) {
    this.context = { limits: DEFAULT_LIMITS, hostMemory: new HostMemory(), ...given, jails: jailsIn(folder), deadlineMs: bootDeadlineMs }
    this.#retries = bootRetries
  }

  /** Whether this may be said of a host is looked at before it is chosen. */
  async probe(): Promise<VmmCapabilities> {
    const noSleep = await this.context.hostMemory.whyNoSleep()
    const reason = 'each VM in a jail of its own, under KVM'
    return { driver: 'firecracker', accelerator: 'kvm', isolation: 'hardware', reason, noSleep }
  }

  async start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
    checkMemory(spec.memoryMib)
    await this.#endedBefore(spec.id)
    for (let retriesLeft = this.#retries; ; retriesLeft -= 1) {
      try {
        return await bootVm(this.context, spec, secrets, handlers)
      } catch (error) {
        if (!(error instanceof VmmError) || error.code !== 'boot_timeout' || retriesLeft === 0) throw error
      }
    }
  }

  async resume(spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<Vm> {
    const former = await this.#endedBefore(spec.id)
    if (former?.startId !== spec.startId) throw new SnapshotError('there is no snapshot of this start')
    return resumeVm(this.context, spec, key, handlers)
  }

  async attach(identity: VmIdentity, handlers: VmHandlers, secrets?: Record<string, string>): Promise<Vm | null> {
    const { jails } = this.context
    const record = await readRecord(jails, identity.id)
    const process = record?.startId === identity.startId ? await liveProcess(jails, record) : null
    if (record === null || process === null || process.pid !== identity.pid || process.pidStart !== identity.pidStart) return null
    const root = jailRoot(jails, record)
    const parts = { record, jails, root, api: new FirecrackerApi(root), cgroup: cgroupOf(jails, record), hostMemory: this.context.hostMemory }
    const info = await answersAs(parts.api, record, process)
    if (info === null || !(await standsOnItsFeet(parts, info, process))) return null
    const vm = new FirecrackerVm(parts, process, handlers)
    return (await resumeStart(vm, secrets)) ? vm : null
  }

  async list(): Promise<VmIdentity[]> {
    await (this.#swept ??= this.#sweep())
    const records = await listRecords(this.context.jails)
    const live = await Promise.all(records.map(async (record) => {
      const process = await liveProcess(this.context.jails, record)
      return process && identityOf(record, process)
    }))
    return live.filter((identity) => identity !== null)
  }

  async cleanup(id: string): Promise<void> {
    const { jails } = this.context
    const record = await readRecord(jails, id)
    if (record === null) return
    if (await liveProcess(jails, record)) throw new VmmError('vmm_failed', `VM ${id} still runs`)
    await closeVolumes(record)
    await removeJail(jails, record)
    await cgroupOf(jails, record).remove()
    await dropSnapshot(snapshotPath(jails, id))
    await removeRecord(jails, id)
  }

  async #endedBefore(id: string): Promise<VmRecord | null> {
    const former = await readRecord(this.context.jails, id)
    if (former && (await liveProcess(this.context.jails, former))) throw new VmmError('vmm_failed', `VM ${id} already runs`)
    return former
  }

  /** Once, before this driver starts anything: memory in clear that an agent left behind which died together with the VM. */
  async #sweep(): Promise<void> {
    const { jails } = this.context
    const mounts = await mountPoints()
    for (const record of await listRecords(jails)) {
      const path = join(jailRoot(jails, record), JAIL.memoryFolder)
      if (mounts.includes(path) && (await liveProcess(jails, record)) === null) await tryCommand(['umount', path])
    }
  }
}

/**
 * The former agent may have died while it put the VM to sleep or woke it. One that stands still has all of its memory: it goes on, and the
 * snapshot is gone first. One that was not begun with never ran: its snapshot is whole, if it has one, and the process is not needed.
 */
async function standsOnItsFeet(parts: RunningParts, { state }: InstanceInfo, process: ProcessRef): Promise<boolean> {
  if (state === 'Paused') await undoSave(parts, process.pid)
  if (state !== 'Not started') return true
  parts.api.close()
  if (!parts.cgroup.kill()) killNow(process)
  await waitGone(process, END_MS)
  await removeJail(parts.jails, parts.record)
  return false
}

/** Null only when the process is gone: a VM on a busy host must never be taken for dead. */
async function answersAs(api: FirecrackerApi, { jailId }: VmRecord, process: ProcessRef): Promise<InstanceInfo | null> {
  let last: unknown
  for (let attempt = 0; attempt < ATTACH_ATTEMPTS; attempt += 1) {
    try {
      const info = await api.info()
      if (info.id !== jailId) throw new VmmError('vmm_failed', `the process in the jail of ${jailId} calls itself ${info.id}`)
      return info
    } catch (error) {
      last = error
    }
    if (!isAlive(process)) return null
    await sleep(ATTACH_PAUSE_MS)
  }
  api.close()
  throw new VmmError('vmm_failed', `process ${process.pid} lives, but its control socket does not answer: ${String(last)}`)
}
