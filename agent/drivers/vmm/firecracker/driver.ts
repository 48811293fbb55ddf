/** microVMs by Firecracker in jails. The driver keeps no state of its own: every VM is explained by its record, its jail and its control group. */
import { setTimeout as sleep } from 'node:timers/promises'
import { SnapshotError, VmmError, type Vm, type VmHandlers, type VmIdentity, type VmmCapabilities, type VmmDriver, type VmSpec } from '../../vmm.ts'
import { checkMemory, resumeStart } from '../boot-watch.ts'
import { isAlive, type ProcessRef } from '../process.ts'
import { FirecrackerApi } from './api.ts'
import { bootVm, closeVolumes, type BootContext, type SnapshotFiles } from './boot.ts'
import { removeJail } from './jail.ts'
import { DEFAULT_LIMITS, type DeviceLimits } from './machine.ts'
import { cgroupOf, identityOf, jailRoot, jailsIn, listRecords, liveProcess, readRecord, removeRecord, type VmRecord } from './record.ts'
import { FirecrackerVm } from './vm.ts'

export interface FirecrackerDriverOptions {
  /** Jails and records lie below it; best on the file system of the disks. */
  folder: string
  /** What `buildGuest` filled. */
  guestDir: string
  firecracker: string
  jailer: string
  limits?: DeviceLimits
  bootDeadlineMs?: number
  bootRetries?: number
}

const ATTACH_ATTEMPTS = 4
const ATTACH_PAUSE_MS = 100

export class FirecrackerDriver implements VmmDriver {
  readonly context: BootContext
  readonly #retries: number

  constructor({ folder, guestDir, firecracker, jailer, limits = DEFAULT_LIMITS, bootDeadlineMs = 10_000, bootRetries = 2 }: FirecrackerDriverOptions) {
    this.context = { jails: jailsIn(folder), guestDir, firecracker, jailer, limits, deadlineMs: bootDeadlineMs }
    this.#retries = bootRetries
  }

  /** Whether this may be said of a host is looked at before it is chosen. */
  probe(): Promise<VmmCapabilities> {
    return Promise.resolve({ driver: 'firecracker', accelerator: 'kvm', isolation: 'hardware', reason: 'each VM in a jail of its own, under KVM' })
  }

  start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
    return this.startFrom(null, spec, secrets, handlers)
  }

  /** Of a snapshot: its memory file must stay as it is while the VM lives. */
  async startFrom(snapshot: SnapshotFiles | null, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<FirecrackerVm> {
    checkMemory(spec.memoryMib)
    const former = await readRecord(this.context.jails, spec.id)
    if (former && (await liveProcess(this.context.jails, former))) throw new VmmError('vmm_failed', `VM ${spec.id} already runs`)
    for (let retriesLeft = this.#retries; ; retriesLeft -= 1) {
      try {
        return await bootVm(this.context, spec, secrets, handlers, snapshot)
      } catch (error) {
        if (!(error instanceof VmmError) || error.code !== 'boot_timeout' || retriesLeft === 0) throw error
      }
    }
  }

  /** Nothing was put to sleep here: see {@link FirecrackerVm.suspend}. */
  resume(): Promise<Vm> {
    return Promise.reject(new SnapshotError('There are no snapshots of sleeping VMs of Firecracker.'))
  }

  async attach(identity: VmIdentity, handlers: VmHandlers, secrets?: Record<string, string>): Promise<Vm | null> {
    const { jails } = this.context
    const record = await readRecord(jails, identity.id)
    const process = record?.startId === identity.startId ? await liveProcess(jails, record) : null
    if (record === null || process === null || process.pid !== identity.pid || process.pidStart !== identity.pidStart) return null
    const root = jailRoot(jails, record)
    const api = new FirecrackerApi(root)
    if (!(await answersAs(api, record, process))) return null
    const vm = new FirecrackerVm({ record, root, api, cgroup: cgroupOf(jails, record) }, process, handlers)
    return (await resumeStart(vm, secrets)) ? vm : null
  }

  async list(): Promise<VmIdentity[]> {
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
    await removeRecord(jails, id)
  }
}

/** False only when the process is gone: a VM on a busy host must never be taken for dead. */
async function answersAs(api: FirecrackerApi, { jailId }: VmRecord, process: ProcessRef): Promise<boolean> {
  let last: unknown
  for (let attempt = 0; attempt < ATTACH_ATTEMPTS; attempt += 1) {
    try {
      const { id } = await api.info()
      if (id !== jailId) throw new VmmError('vmm_failed', `the process in the jail of ${jailId} calls itself ${id}`)
      return true
    } catch (error) {
      last = error
    }
    if (!isAlive(process)) return false
    await sleep(ATTACH_PAUSE_MS)
  }
  api.close()
  throw new VmmError('vmm_failed', `process ${process.pid} lives, but its control socket does not answer: ${String(last)}`)
}
