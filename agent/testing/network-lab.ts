/** A small world of network namespaces: hosts with the real driver, machines on their bridges, and an outside. For tests as root. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { NetworkRequest } from '../drivers/network.ts'
import { MESH, tapName } from '../drivers/network/names.ts'
import { FLOOD, LISTEN, REACH, SPEED } from './network-probes.ts'

export const labPossible = ((): boolean => {
  try {
    execFileSync('nft', ['--version'])
    execFileSync('ip', ['netns', 'list'])
    return process.getuid?.() === 0
  } catch {
    return false
  }
})()

/** Two hosts can be joined. */
export const meshLabPossible = labPossible && ((): boolean => {
  try {
    execFileSync('wg', ['--version'])
    return true
  } catch {
    return false
  }
})()

export interface Target { host: string; port: number; udp?: boolean; from?: string; bytes?: number }
type End = [space: string, ifname: string, address: string | null]
type Pending = (answer: { value?: unknown; error?: string }) => void

export interface LabHost {
  name: string
  /** A call of the driver's method of that name. */
  call<T = unknown>(op: string, ...args: unknown[]): Promise<T>
}

export class Lab {
  readonly #prefix: string
  readonly #spaces: string[] = []
  readonly #children: ChildProcess[] = []
  readonly dir = mkdtempSync(join(tmpdir(), 'network-lab-'))
  /** Whatever reached anybody who listens. */
  readonly heard: string[] = []

  constructor(prefix: string) {
    this.#prefix = `${prefix}${process.pid}`
  }

  space(name: string): void {
    execFileSync('ip', ['netns', 'add', this.#prefix + name])
    this.#spaces.push(this.#prefix + name)
    this.run(name, 'ip', 'link', 'set', 'lo', 'up')
  }

  run(space: string, ...argv: string[]): string {
    return execFileSync('ip', ['netns', 'exec', this.#prefix + space, ...argv], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }

  /** Of everything that runs in the space. */
  pids(space: string): string[] {
    return execFileSync('ip', ['netns', 'pids', this.#prefix + space], { encoding: 'utf8' }).split('\n').filter(Boolean)
  }

  /** What WireGuard's program of a host knows, seen from where its socket is. */
  wg(space: string, what: string): string {
    const [shell = ''] = this.pids(space)
    return execFileSync('nsenter', ['-t', shell, '-m', '-n', 'wg', 'show', MESH, what], { encoding: 'utf8' })
  }

  /** A cable between two spaces: `[space, interface, address]` at each end. */
  cable([a, ifA, addressA]: End, [b, ifB, addressB]: End): void {
    this.run(a, 'ip', 'link', 'add', ifA, 'type', 'veth', 'peer', 'name', ifB, 'netns', this.#prefix + b)
    for (const [space, name, address] of [[a, ifA, addressA], [b, ifB, addressB]] as const) {
      if (address !== null) this.run(space, 'ip', 'addr', 'add', address, 'dev', name)
      this.run(space, 'ip', 'link', 'set', name, 'up')
    }
  }

  /** A switch that all these stand at: `[space, interface, address]`. */
  segment(name: string, ends: End[]): void {
    this.space(name)
    this.run(name, 'ip', 'link', 'add', 'switch', 'type', 'bridge', 'forward_delay', '0')
    this.run(name, 'ip', 'link', 'set', 'switch', 'up')
    for (const [space, end, address] of ends) {
      this.cable([space, end, address], [name, `to-${space}`, null])
      this.run(name, 'ip', 'link', 'set', `to-${space}`, 'master', 'switch')
    }
  }

  /** The driver in a process of its own, as an agent runs it. */
  host(name: string): LabHost {
    const script = join(import.meta.dirname, 'network-host.ts')
    // WireGuard's sockets are named after interfaces, and both hosts have the same one.
    const own = 'mkdir -p /var/run/wireguard && mount -t tmpfs tmpfs /var/run/wireguard && exec "$0" "$@"'
    return this.speak(name, 'unshare', '-m', 'sh', '-c', own, process.execPath, script, join(this.dir, `${name}.json`))
  }

  /** A program in the space that takes one JSON call per line and answers each. */
  speak(name: string, ...argv: string[]): LabHost {
    const child = spawn('ip', ['netns', 'exec', this.#prefix + name, ...argv], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#children.push(child)
    const pending = new Map<number, Pending>()
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as { id: number; value?: unknown; error?: string }
      pending.get(answer.id)?.(answer)
      pending.delete(answer.id)
    })
    let id = 0
    return {
      name,
      call: (op, ...args) => new Promise((resolve, reject) => {
        id += 1
        pending.set(id, ({ value, error }) => (error === undefined ? resolve(value as never) : reject(new Error(error))))
        child.stdin.write(`${JSON.stringify({ id, op, args })}\n`)
      }),
    }
  }

  /** A veth pair under the TAP's name stands for the VM's cable. */
  async machine(host: LabHost, name: string, request: NetworkRequest): Promise<void> {
    this.space(name)
    this.run(host.name, 'ip', 'link', 'add', tapName(request.vmId), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#prefix + name)
    this.run(name, 'ip', 'link', 'set', 'eth0', 'address', request.mac, 'up')
    this.run(name, 'ip', 'addr', 'add', request.address, 'dev', 'eth0')
    this.run(name, 'ip', 'route', 'add', 'default', 'via', request.gateway)
    await host.call('attach', request)
  }

  /** Listens for TCP and UDP and tells each caller the address it was seen under. */
  serve(space: string, address: string, ...ports: number[]): Promise<void> {
    const child = this.start(space, process.execPath, '-e', LISTEN, JSON.stringify({ address, ports }))
    return new Promise((resolve) => {
      createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => (line === 'up' ? resolve() : void this.heard.push(`${space} heard ${line}`)))
    })
  }

  start(space: string, ...argv: string[]): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.#prefix + space, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#children.push(child)
    return child
  }

  /** The server's view of the caller, or why nothing came through: `timeout`, or the system's word. */
  reach(space: string, target: Target): Promise<string> {
    return this.#output(space, REACH, target)
  }

  /** Makes the space a source and a drain of bytes. */
  flood(space: string): Promise<void> {
    const child = this.start(space, process.execPath, '-e', FLOOD)
    return new Promise((resolve) => child.stdout?.once('data', () => resolve()))
  }

  /** Megabits per second of one TCP connection to a space that floods. */
  async speed(space: string, host: string, direction: 'down' | 'up', ms = 2_000): Promise<number> {
    return Number(await this.#output(space, SPEED, { host, direction, ms }))
  }

  #output(space: string, program: string, argument: object): Promise<string> {
    const child = spawn('ip', ['netns', 'exec', this.#prefix + space, process.execPath, '-e', program, JSON.stringify(argument)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
    return new Promise((resolve) => child.on('close', () => resolve(out)))
  }

  end(): void {
    for (const child of this.#children) child.kill('SIGKILL')
    for (const space of this.#spaces) {
      try {
        // A program behind the interface would keep the namespace alive; it ends with it.
        execFileSync('ip', ['-n', space, 'link', 'del', MESH], { stdio: 'ignore' })
      } catch { /* it has none */ }
      try {
        execFileSync('ip', ['netns', 'del', space], { stdio: 'ignore' })
      } catch { /* it went with its host */ }
    }
    rmSync(this.dir, { recursive: true, force: true })
  }
}

/** What the portal would ask for: machine `last` in organization `third`'s network. */
export const request = (third: number, last: number, more: Partial<NetworkRequest> = {}): NetworkRequest => ({
  vmId: `vm_${third}_${last}`, slot: last, uid: null, networkId: `net_${third}`, appId: `app_${third}_${last}`, address: `10.64.${third}.${last}/24`, gateway: `10.64.${third}.1`,
  mac: `02:50:0a:40:0${third}:0${last}`, port: 8080, needsPrivateNetwork: false, ...more,
})
