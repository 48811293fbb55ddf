/** Machines that are namespaces with a real listener inside: everything of a VM but the VM. They die with a signal, and alone; asleep they are stopped. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FakeHost, FakeVmmDriver } from '../../drivers/vmm/fake.ts'
import type { NetworkDriver, NetworkRequest } from '../../drivers/network.ts'
import { shortHash, tapName } from '../../drivers/network/names.ts'
import type { SnapshotKey, Vm, VmHandlers, VmSpec } from '../../drivers/vmm.ts'

const ip = (...argv: string[]): void => { execFileSync('ip', argv, { stdio: ['ignore', 'ignore', 'pipe'] }) }
const otherEnd = (vmId: string): string => `vm${shortHash(vmId)}`

/** The cable is there before the driver looks for a TAP; names inside networks are another test's affair. */
export function withCables(network: NetworkDriver): NetworkDriver {
  const attach = async (request: NetworkRequest) => {
    const tap = tapName(request.vmId)
    if (!existsSync(`/sys/class/net/${tap}`)) ip('link', 'add', tap, 'type', 'veth', 'peer', 'name', otherEnd(request.vmId))
    return network.attach(request)
  }
  return new Proxy(network, { get: (target, key) => {
    if (key === 'attach') return attach
    if (key === 'gateways') return () => []
    const value: unknown = Reflect.get(target, key)
    return typeof value === 'function' ? (value.bind(target) as unknown) : value
  } })
}

export class NamespaceVmm extends FakeVmmDriver {
  readonly #host: FakeHost
  readonly children = new Map<string, ChildProcess>()

  constructor(host = new FakeHost({ bootDelayMs: 200 })) {
    super(host)
    this.#host = host
  }

  override async start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
    const child = this.#boot(spec)
    this.children.set(spec.id, child)
    // As in a VM: the network stays until the process has answered what it was asked.
    this.#host.knobs.programs[spec.id] = (program) => program.onStopSignal(() => {
      child.prependOnceListener('exit', () => program.exit(0))
      child.kill('SIGTERM')
    })
    const vm = await super.start({ ...spec, process: { ...spec.process, argv: [spec.id] } }, secrets, handlers)
    this.#bind(spec.id, child)
    child.once('exit', () => {
      // Its number may be another process's by now.
      this.children.delete(spec.id)
      this.#host.crash(spec.id)
    })
    return vm
  }

  override async resume(spec: VmSpec, key: SnapshotKey, handlers: VmHandlers): Promise<Vm> {
    const child = this.children.get(spec.id)
    const vm = await super.resume(spec, key, handlers)
    child?.kill('SIGCONT')
    if (child) this.#bind(spec.id, child)
    return vm
  }

  override cleanup(id: string): Promise<void> {
    if (this.#host.asleep.has(id)) this.children.get(id)?.kill('SIGKILL')
    return super.cleanup(id)
  }

  #bind(id: string, child: ChildProcess): void {
    const machine = this.#host.machines.get(id)
    if (!machine) return
    const { onGone, onSuspend } = machine
    machine.onGone = () => {
      child.kill('SIGTERM')
      onGone()
    }
    machine.onSuspend = (key) => {
      child.kill('SIGSTOP')
      onSuspend(key)
    }
  }

  #boot(spec: VmSpec): ChildProcess {
    if (spec.network?.kind !== 'tap') throw new Error('these machines need root networking')
    const { mac, address, gateway } = spec.network
    const child = spawn('unshare', ['-n', process.execPath, join(import.meta.dirname, 'instance.ts'), address.split('/')[0] ?? '', spec.process.env['PORT'] ?? '8080'], { stdio: 'ignore', detached: true })
    const pid = String(child.pid)
    const inside = (...argv: string[]): void => { execFileSync('nsenter', ['-t', pid, '-n', 'ip', ...argv]) }
    moveInto(pid, otherEnd(spec.id))
    inside('link', 'set', otherEnd(spec.id), 'name', 'eth0', 'address', mac, 'up')
    inside('addr', 'add', address, 'dev', 'eth0')
    inside('route', 'add', 'default', 'via', gateway)
    return child
  }
}

/** The process is still in our own network for the first moments. */
function moveInto(pid: string, link: string): void {
  const own = execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' })
  for (let count = 0; count < 200; count += 1) {
    if (execFileSync('readlink', [`/proc/${pid}/ns/net`], { encoding: 'utf8' }) !== own) return ip('link', 'set', link, 'netns', pid)
    execFileSync('sleep', ['0.01'])
  }
  throw new Error('the machine has no network of its own')
}
