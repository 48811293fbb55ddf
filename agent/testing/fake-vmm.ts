/** A host of pretended VMs that outlives the agents driving it, and can count how many of one id run at once. */
import type { LogLine, Vm, VmExit, VmHandlers, VmIdentity, VmmDriver, VmSpec } from '../drivers/vmm.ts'

export interface FakeMachine {
  identity: VmIdentity
  spec: VmSpec
  secrets: Record<string, string>
  handlers: VmHandlers | null
  lines: LogLine[]
  ackedLogs: number
}

export class FakeVmHost {
  readonly running = new Map<string, FakeMachine>()
  readonly cleaned: string[] = []
  starts = 0
  mostPerId = 0
  /** Rejects the next starts. */
  failStart: (() => Error) | null = null
  announceStart = true
  #pid = 1000

  boot(spec: VmSpec, secrets: Record<string, string>): FakeMachine {
    this.starts += 1
    this.#pid += 1
    const identity = { id: spec.id, startId: spec.startId, pid: this.#pid, pidStart: '1', bootId: 'boot' }
    const machine: FakeMachine = { identity, spec, secrets, handlers: null, lines: [], ackedLogs: -1 }
    this.running.set(`${spec.id}/${spec.startId}`, machine)
    this.mostPerId = Math.max(this.mostPerId, this.of(spec.id).length)
    return machine
  }

  of(id: string): FakeMachine[] {
    return [...this.running.values()].filter((machine) => machine.identity.id === id)
  }

  exit(id: string, exit: VmExit): void {
    for (const machine of this.of(id)) {
      this.running.delete(`${id}/${machine.identity.startId}`)
      machine.handlers?.onExit(exit)
    }
  }

  print(id: string, lines: LogLine[]): void {
    for (const machine of this.of(id)) {
      machine.lines.push(...lines)
      machine.handlers?.onLog(lines)
    }
  }
}

export function createFakeVmm(host: FakeVmHost): VmmDriver {
  const handle = (machine: FakeMachine, handlers: VmHandlers): Vm => {
    machine.handlers = handlers
    const gone = (exit: VmExit): void => {
      if (!host.running.delete(`${machine.identity.id}/${machine.identity.startId}`)) return
      machine.handlers?.onExit(exit)
    }
    return {
      identity: machine.identity,
      ackLogs: (seq) => { machine.ackedLogs = seq },
      stats: async () => ({ cpuUs: 1_000, memoryUsedMib: 20, diskReadBytes: 1, diskWriteBytes: 2 }),
      exec: async () => ({ exitCode: 0, stdout: '', stderr: '', timedOut: false }),
      stop: async () => gone({ kind: 'process', code: 0, signal: null, oom: false }),
      kill: async () => gone({ kind: 'vmm', reason: 'killed', detail: '' }),
      detach: () => { machine.handlers = null },
    }
  }
  return {
    probe: async () => ({ driver: 'fake', accelerator: 'tcg', isolation: 'emulated', reason: 'a fake' }),
    async start(spec, secrets, handlers) {
      if (host.failStart) throw host.failStart()
      const machine = host.boot(spec, secrets)
      const vm = handle(machine, handlers)
      if (host.announceStart) handlers.onStarted()
      return vm
    },
    async attach(identity, handlers) {
      const machine = host.running.get(`${identity.id}/${identity.startId}`)
      if (!machine) return null
      const vm = handle(machine, handlers)
      const unacked = machine.lines.filter((line) => line.seq > machine.ackedLogs)
      queueMicrotask(() => {
        if (host.announceStart) handlers.onStarted()
        if (unacked.length > 0) handlers.onLog(unacked)
      })
      return vm
    },
    list: async () => [...host.running.values()].map((machine) => machine.identity),
    cleanup: async (id) => void host.cleaned.push(id),
  }
}
