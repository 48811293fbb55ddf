/** Which VMM starts the VMs of this node, and why not the others; what another one started before is kept all the same. */
import { join } from 'node:path'
import {
  VmmError, type SnapshotKey, type Vm, type VmHandlers, type VmIdentity, type VmmCapabilities, type VmmDriver, type VmSpec,
} from '../vmm.ts'
import { FirecrackerDriver } from './firecracker/driver.ts'
import { binariesAt, fitnessOf, lookAtHost, type Fitness } from './firecracker/fitness.ts'
import { triesToBoot } from './firecracker/trial-boot.ts'
import { createQemuDriver } from './qemu/driver.ts'

/** `SHELLWEGO_VMM`. */
export type VmmWish = 'auto' | 'qemu' | 'firecracker'
export interface VmmChoice { driver: 'qemu' | 'firecracker'; why: string }

export interface VmmOptions {
  wish: VmmWish
  /** `SHELLWEGO_ACCEL`, of QEMU. */
  accel: string
  vmsDir: string
  guestDir: string
  /** The binary; the jailer lies beside it. */
  firecracker: string
  /** Whether guests get taps. */
  bridge: boolean
  /** The user of the VM that is tried. */
  probeUid: number
  /** Chooses as this one does, without looking again. */
  like?: ChosenVmm
}

const PROBE_LIMIT_MS = 3000
/** Below the folder of VMs, where no id may begin so. */
const JAILS = '.jails'

export function chooseVmm(wish: VmmWish, fitness: Fitness | null): VmmChoice {
  if (wish === 'qemu') return { driver: 'qemu', why: 'set by SHELLWEGO_VMM' }
  if (fitness?.fit === true) return { driver: 'firecracker', why: `Firecracker ${fitness.version} booted a probe VM that answered over vsock` }
  const because = fitness?.because ?? 'not looked at'
  if (wish === 'firecracker') throw new VmmError('vmm_failed', `SHELLWEGO_VMM is firecracker, which cannot run here: ${because}`)
  return { driver: 'qemu', why: `not Firecracker: ${because}` }
}

export class ChosenVmm implements VmmDriver {
  readonly #drivers: Record<VmmChoice['driver'], VmmDriver>
  readonly #choose: () => Promise<VmmChoice>
  #choice: Promise<VmmChoice> | null = null

  constructor(drivers: Record<VmmChoice['driver'], VmmDriver>, choose: () => Promise<VmmChoice>) {
    this.#drivers = drivers
    this.#choose = choose
  }

  choice(): Promise<VmmChoice> {
    return (this.#choice ??= this.#choose())
  }

  async probe(): Promise<VmmCapabilities> {
    const { driver } = await this.choice()
    return this.#drivers[driver].probe()
  }

  async start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
    const { driver } = await this.choice()
    return this.#drivers[driver].start(spec, secrets, handlers)
  }

  async attach(identity: VmIdentity, handlers: VmHandlers, secrets?: Record<string, string>): Promise<Vm | null> {
    const { firecracker, qemu } = this.#drivers
    return (await firecracker.attach(identity, handlers, secrets)) ?? qemu.attach(identity, handlers, secrets)
  }

  /** By the driver that new VMs get: a snapshot of another one does not fit. */
  async resume(spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<Vm> {
    const { driver } = await this.choice()
    return this.#drivers[driver].resume(spec, key, handlers)
  }

  async list(): Promise<VmIdentity[]> {
    const lists = await Promise.all(Object.values(this.#drivers).map((driver) => driver.list()))
    return lists.flat()
  }

  async cleanup(id: string): Promise<void> {
    for (const driver of Object.values(this.#drivers)) await driver.cleanup(id)
  }
}

export function createVmm({ wish, accel, vmsDir, guestDir, firecracker: binary, bridge, probeUid, like }: VmmOptions): ChosenVmm {
  const binaries = binariesAt(binary)
  const firecracker = new FirecrackerDriver({ folder: join(vmsDir, JAILS), guestDir, ...binaries })
  const drivers = { qemu: createQemuDriver({ vmsDir, guestDir, accel }), firecracker }
  return new ChosenVmm(drivers, async () => {
    if (like) return like.choice()
    if (wish === 'qemu') return chooseVmm(wish, null)
    return chooseVmm(wish, await fitnessOf(await lookAtHost(binaries, bridge, () => triesToBoot(firecracker, probeUid, PROBE_LIMIT_MS))))
  })
}
