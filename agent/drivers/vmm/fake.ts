/** microVMs that exist only in memory. The host outlives drivers, so a test can "restart the agent" by making a new driver on it. */
import { SnapshotError, VmmError, type SnapshotKey, type Vm, type VmExit, type VmHandlers, type VmIdentity, type VmmCapabilities, type VmmDriver, type VmSpec } from '../vmm.ts'
import { FakeMachine, type FakeProgram } from './fake-machine.ts'

export interface FakeKnobs {
  bootDelayMs: number
  /** Number of next boots that time out. */
  failBoots: number
  /** Number of next boots that hang until killed by the deadline, which then rejects with `boot_timeout`. */
  hangBoots: number
  bootDeadlineMs: number
  /** Number of next snapshots that turn out to be damaged. */
  damagedSnapshots: number
  memoryFloorMib: number
  /** Unacknowledged lines a guest keeps. */
  logRing: number
  /** By `argv[0]`; `null` means there is no such file in the image. Anything else runs until its stop signal. */
  programs: Record<string, FakeProgram | null>
}

export class FakeHost {
  readonly knobs: FakeKnobs
  readonly machines = new Map<string, FakeMachine>()
  /** Folders left by VMs and not yet cleaned up. */
  readonly folders = new Set<string>()
  readonly starts: string[] = []
  readonly resumes: string[] = []
  /** Machines that sleep, and the key of each. */
  readonly asleep = new Map<string, { machine: FakeMachine; key: SnapshotKey }>()
  #nextPid = 1000

  constructor(knobs: Partial<FakeKnobs> = {}) {
    this.knobs = {
      bootDelayMs: 1, failBoots: 0, hangBoots: 0, damagedSnapshots: 0, bootDeadlineMs: 50, memoryFloorMib: 96, logRing: 10_000, programs: {}, ...knobs,
    }
  }

  add(machine: FakeMachine): void {
    const { id } = machine.identity
    this.machines.set(id, machine)
    machine.onGone = () => {
      if (this.machines.get(id) === machine) this.machines.delete(id)
    }
    machine.onSuspend = (key) => {
      this.machines.delete(id)
      this.asleep.set(id, { machine, key })
    }
  }

  identity(spec: Pick<VmSpec, 'id' | 'startId'>): VmIdentity {
    this.#nextPid += 1
    return { id: spec.id, startId: spec.startId, pid: this.#nextPid, pidStart: String(this.#nextPid * 7), bootId: 'fake-boot' }
  }

  /** The VM ends as if its process on the host had been killed. */
  crash(id: string, exit: VmExit = { kind: 'vmm', reason: 'killed', detail: 'crashed by the test' }): void {
    this.machines.get(id)?.end(exit)
  }

  /** Writes lines as if the app had printed them. */
  flood(id: string, count: number): void {
    const machine = this.machines.get(id)
    for (let index = 0; index < count; index += 1) machine?.log('stdout', `flood ${index}`)
  }
}

export class FakeVmmDriver implements VmmDriver {
  readonly #host: FakeHost

  constructor(host: FakeHost = new FakeHost()) {
    this.#host = host
  }

  probe(): Promise<VmmCapabilities> {
    return Promise.resolve({ driver: 'fake', accelerator: 'tcg', isolation: 'emulated', reason: 'no VM at all', noSleep: null })
  }

  async start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
    const { knobs, machines, folders, starts } = this.#host
    if (spec.memoryMib < knobs.memoryFloorMib) throw new VmmError('memory_too_small', `at least ${knobs.memoryFloorMib} MiB`)
    if (machines.has(spec.id)) throw new VmmError('vmm_failed', `VM ${spec.id} already runs`)
    starts.push(spec.id)
    folders.add(spec.id)
    this.#host.asleep.delete(spec.id)
    const machine = new FakeMachine(this.#host.identity(spec), spec, secrets, knobs.logRing)
    this.#host.add(machine)
    await this.#boot(machine)
    const vm = machine.connect(handlers)
    machine.run(spec.process.argv[0] ?? '', knobs.programs)
    return vm
  }

  async resume(spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<Vm> {
    const { asleep, machines, knobs, resumes } = this.#host
    const found = asleep.get(spec.id)
    if (machines.has(spec.id)) throw new VmmError('vmm_failed', `VM ${spec.id} already runs`)
    await new Promise((resolve) => { setTimeout(resolve, knobs.bootDelayMs) })
    if (!found || !found.key.equals(key) || found.machine.identity.startId !== spec.startId || knobs.damagedSnapshots > 0) {
      knobs.damagedSnapshots = Math.max(0, knobs.damagedSnapshots - 1)
      throw new SnapshotError('fake')
    }
    resumes.push(spec.id)
    asleep.delete(spec.id)
    found.machine.identity = this.#host.identity(spec)
    this.#host.add(found.machine)
    return found.machine.connect(handlers)
  }

  attach(identity: VmIdentity, handlers: VmHandlers): Promise<Vm | null> {
    const machine = this.#host.machines.get(identity.id)
    const same = machine?.identity.startId === identity.startId && machine.identity.pidStart === identity.pidStart
    return Promise.resolve(same ? machine.connect(handlers) : null)
  }

  list(): Promise<VmIdentity[]> {
    return Promise.resolve([...this.#host.machines.values()].map(({ identity }) => identity))
  }

  cleanup(id: string): Promise<void> {
    if (this.#host.machines.has(id)) return Promise.reject(new VmmError('vmm_failed', `VM ${id} still runs`))
    this.#host.folders.delete(id)
    this.#host.asleep.delete(id)
    return Promise.resolve()
  }

  async #boot(machine: FakeMachine): Promise<void> {
    const { knobs } = this.#host
    const hangs = knobs.hangBoots > 0
    if (hangs) knobs.hangBoots -= 1
    await new Promise((resolve) => { setTimeout(resolve, hangs ? knobs.bootDeadlineMs : knobs.bootDelayMs) })
    const fails = knobs.failBoots > 0
    if (fails) knobs.failBoots -= 1
    if (!hangs && !fails) return
    machine.end({ kind: 'vmm', reason: 'boot_timeout', detail: 'fake' })
    throw new VmmError('boot_timeout', 'the guest did not answer in time')
  }
}
