/** A portal with its database and worker, nodes in namespaces on one cable, and a visitor. The portal lives in the process of the test. */
import { createServer, type Server } from 'node:http'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runtime } from '../../../server/core/runtime.ts'
import { issueJoinToken, watchNodes } from '../../../server/domain/nodes/index.ts'
import { openRuntime } from '../../../server/testing/runtime.ts'
import { handleNodeRequest } from '../../../server/transport/node/handler.ts'
import { caddyPossible } from '../caddy.ts'
import { Lab, meshLabPossible, type LabHost } from '../network-lab.ts'
import type { Load, Seen, Visit } from './visitor.ts'

const PORTAL = { address: '203.0.113.100', port: 3_000 }
/** The portal's process is in no namespace: it listens on a socket of the file system. */
const FORWARD = `const [path, port] = process.argv.slice(1), net = require('node:net')
net.createServer((a) => { const b = net.connect(path); a.pipe(b).pipe(a); a.on('error', () => b.destroy()); b.on('error', () => a.destroy()) }).listen(Number(port), '0.0.0.0', () => console.log('up'))`

/** It may have gone with another; `words` tell that the number is still its own. */
const end = (pid: number, words: string): void => {
  try {
    if (pid > 1 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words)) process.kill(pid, 'SIGKILL')
  } catch { /* gone */ }
}
const MACHINE = 'fleet/instance.ts'

export const fleetPossible = meshLabPossible && caddyPossible

export class Fleet {
  readonly lab = new Lab('fleet')
  readonly #names: string[]
  readonly #nodes = new Map<string, LabHost>()
  readonly #ends: (() => unknown)[] = []
  #visitor: LabHost | null = null

  constructor(...names: string[]) {
    this.#names = names
  }

  addressOf(name: string): string {
    return `203.0.113.${this.#names.indexOf(name) + 1}`
  }

  async make(server: Parameters<typeof openRuntime>[0]): Promise<void> {
    this.#ends.push(await openRuntime(server, { SHELLWEGO_SANDBOX_PORT: 25_120, PORT: 25_121 }, undefined, true))
    this.#ends.push(watchNodes())
    for (const space of [...this.#names, 'portal', 'out']) this.lab.space(space)
    this.lab.segment('wan', [
      ...this.#names.map((name): [string, string, string] => [name, 'wan', `${this.addressOf(name)}/24`]),
      ['portal', 'wan', `${PORTAL.address}/24`], ['out', 'wan', '203.0.113.200/24'],
    ])
    await this.#listen()
    this.#visitor = this.lab.speak('out', process.execPath, join(import.meta.dirname, 'visitor.ts'))
    for (const name of this.#names) await this.#join(name)
  }

  visit(visit: Visit): Promise<Seen> {
    return this.#outside().call('visit', visit)
  }

  /** What comes back over a WebSocket. */
  echo(visit: Visit): Promise<string> {
    return this.#outside().call('echo', visit)
  }

  async load(where: Visit[], workers = 6): Promise<() => Promise<Load>> {
    const name = `load ${performance.now()}`
    await this.#outside().call('begin', name, where, workers)
    return () => this.#outside().call('end', name)
  }

  /** Milliseconds until the app answers there. */
  async served(visit: Visit, limitMs = 60_000): Promise<number> {
    const begin = performance.now()
    let last: Seen | null = null
    while (performance.now() - begin < limitMs) {
      last = await this.visit(visit)
      if (last.status === 200) return Math.round(performance.now() - begin)
      await sleep(50)
    }
    throw new Error(`${visit.host} was not served at ${visit.at}: ${last?.status} ${last?.body}`)
  }

  /** Power off: every process at once, and nothing answers at its addresses. */
  async kill(name: string): Promise<void> {
    const machines = await this.machines(name)
    this.lab.run(name, 'ip', 'link', 'set', 'wan', 'down')
    this.#endAll(name, machines)
  }

  #endAll(name: string, machines: ReadonlyMap<string, number>): void {
    for (const pid of this.lab.pids(name)) end(Number(pid), '')
    for (const pid of machines.values()) end(pid, MACHINE)
  }

  async machines(name: string): Promise<Map<string, number>> {
    return new Map(await this.#nodes.get(name)?.call<[string, number][]>('machines'))
  }

  async end(): Promise<void> {
    for (const name of this.#nodes.keys()) {
      const machines = await Promise.race([this.machines(name).catch(() => new Map<string, number>()), sleep(500, new Map<string, number>())])
      this.#endAll(name, machines)
    }
    this.lab.end()
    for (const close of this.#ends.reverse()) await close()
  }

  async #listen(): Promise<void> {
    const path = join(this.lab.dir, 'portal.sock')
    const server: Server = createServer((incoming, response) => void handleNodeRequest(incoming, response))
    await new Promise<void>((resolve) => { server.listen(path, resolve) })
    this.#ends.push(() => { server.close(); server.closeAllConnections() })
    const forward = this.lab.start('portal', process.execPath, '-e', FORWARD, path, String(PORTAL.port))
    await new Promise((resolve) => forward.stdout?.once('data', resolve))
  }

  async #join(name: string): Promise<void> {
    const { token } = await runtime().databases.asSystem('node-api', issueJoinToken)
    const folder = join(this.lab.dir, name)
    mkdirSync(join(folder, 'agent'), { recursive: true })
    const own = 'mkdir -p /var/run/wireguard && mount -t tmpfs tmpfs /var/run/wireguard && exec "$0" "$@"'
    const script = join(import.meta.dirname, 'node.ts')
    const node = this.lab.speak(name, 'unshare', '-m', 'sh', '-c', own, process.execPath, script, folder, `http://${PORTAL.address}:${PORTAL.port}`, name)
    this.#nodes.set(name, node)
    await node.call('start', token)
    const joined = 'SELECT 1 FROM node n JOIN node_object o ON o.node_id = n.id AND o.kind = \'network\' WHERE n.hostname = $1 AND o.spec->>\'address\' IS NOT NULL'
    for (let count = 0; (await runtime().databases.systemPool.query(joined, [name])).rowCount !== 1; count += 1) {
      if (count > 400) throw new Error(`${name} did not join the mesh`)
      await sleep(50)
    }
  }

  #outside(): LabHost {
    if (!this.#visitor) throw new Error('nobody is outside yet')
    return this.#visitor
  }
}
