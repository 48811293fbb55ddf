/** Two nodes with instances of three organizations, a third that turned bad, and somebody on the cable between them. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { OPEN_POLICY, type NetworkPolicy, type NetworkRequest } from '../../drivers/network.ts'
import { qemuHarness } from '../../drivers/vmm/qemu/qemu-harness.ts'
import { bridgeName, MESH } from '../../drivers/network/names.ts'
import { Lab, request, type LabHost } from '../network-lab.ts'
import { BEYOND, FORGED_MAC, GATEWAY_MAC, IN_MESH, ME, NODE_PORTS, NODES, OF_BAD_NODE, PRIVATE, V6, V6_PORT, type Attacker } from './attempts.ts'

const MESH_PORT = 51_820

export class IsolationWorld {
  readonly #lab = new Lab('iso')
  readonly #probe: string
  readonly #guest: boolean
  readonly one: LabHost
  readonly #two: LabHost
  #gatewayMac = ''

  /** `guest`: the instance that attacks is a virtual machine rather than a namespace. */
  constructor(guest: boolean) {
    this.#guest = guest
    this.#probe = join(this.#lab.dir, 'probe')
    execFileSync('gcc', ['-O1', '-static', '-o', this.#probe, join(import.meta.dirname, 'probe.c')])
    for (const space of ['one', 'two', 'bad', 'out']) this.#lab.space(space)
    this.#lab.segment('wan', [['one', 'wan', `${NODES.one}/24`], ['two', 'wan', `${NODES.two}/24`], ['bad', 'wan', `${NODES.bad}/24`], ['out', 'eth0', `${NODES.outside}/24`]])
    this.one = this.#lab.host('one')
    this.#two = this.#lab.host('two')
  }

  async make(): Promise<void> {
    // Its kernel is fetched out here: a namespace has no way to the packages.
    if (this.#guest) await (await qemuHarness()).dispose()
    this.#roads()
    for (const host of [this.one, this.#two]) await host.call('restore', [], OPEN_POLICY)
    const machines: [LabHost, string, NetworkRequest][] = [
      [this.one, 'a2', request(1, 3)], [this.one, 'b1', request(2, 2)],
      [this.#two, 'a3', request(1, 4)], [this.#two, 'a4', request(1, 9)], [this.#two, 'b2', request(2, 3)], [this.#two, 'c2', request(3, 2)],
    ]
    for (const [host, name, asked] of machines) await this.#lab.machine(host, name, asked)
    if (this.#guest) await this.one.call('boot', request(1, 2), this.#probe)
    else await this.#lab.machine(this.one, 'a1', request(1, 2))
    await this.#joinNodes()
    this.#gatewayMac = this.#lab.run('one', 'cat', `/sys/class/net/${bridgeName('net_1')}/address`).trim()
    this.#makeGullible()
    await this.#listen()
  }

  /** What came back of each try, and who else heard or believed anything. */
  async attack(by: Attacker, tries: readonly string[]): Promise<{ answers: string[]; noticed: string[] }> {
    this.#lab.heard.length = 0
    const argv = tries.map((one) => one.replaceAll(GATEWAY_MAC, this.#gatewayMac))
    const out = by === 'instance' && this.#guest ? await this.one.call<string>('inside', ['/bin/probe', ...argv])
      : this.#lab.run({ instance: 'a1', node: 'bad', cable: 'out' }[by], this.#probe, ...argv)
    // The last to hear may be slower than the first to answer.
    await new Promise((resolve) => { setTimeout(resolve, 100) })
    return { answers: out.trimEnd().split('\n'), noticed: [...this.#lab.heard, ...this.#misled()] }
  }

  async end(): Promise<void> {
    if (this.#guest) await this.one.call('unboot').catch(() => {})
    this.#lab.end()
  }

  #roads(): void {
    for (const [space, own] of [['one', PRIVATE.one], ['two', PRIVATE.two]] as const) {
      this.#lab.run(space, 'ip', 'addr', 'add', `${own}/24`, 'dev', 'wan')
      this.#lab.run(space, 'ip', 'route', 'add', 'default', 'via', NODES.outside)
      for (const address of BEYOND) this.#lab.run(space, 'ip', 'route', 'add', `${address}/32`, 'via', NODES.outside)
    }
    for (const address of BEYOND) this.#lab.run('out', 'ip', 'addr', 'add', `${address}/32`, 'dev', 'eth0')
    this.#lab.run('out', 'ip', 'route', 'add', 'default', 'via', NODES.one)
    this.#lab.run('one', 'ip', 'addr', 'add', `${V6.one}/64`, 'dev', 'wan', 'nodad')
  }

  async #joinNodes(): Promise<void> {
    const [keyOne, keyTwo] = [await this.one.call<string>('meshKey'), await this.#two.call<string>('meshKey')]
    const keyBad = await this.#badNode(keyOne)
    const remote = (node: string, third: number, last: number) => ({ network_id: `net_${third}`, node_id: node, address: `10.64.${third}.${last}`, name: 'web', serving: true })
    const peer = (node: 'one' | 'two' | 'bad', key: string) => ({ node_id: node, public_key: key, endpoint: `${NODES[node]}:${MESH_PORT}`, address: IN_MESH[node] })
    const bad = { network_id: 'net_1', node_id: 'bad', address: OF_BAD_NODE, name: 'web', serving: true }
    const policies: [LabHost, NetworkPolicy][] = [
      [this.one, { ...OPEN_POLICY, address: IN_MESH.one, remote: [remote('two', 1, 4), remote('two', 2, 3), remote('two', 3, 2), bad], peers: [peer('two', keyTwo), peer('bad', keyBad)] }],
      [this.#two, { ...OPEN_POLICY, address: IN_MESH.two, remote: [remote('one', 1, 2), remote('one', 1, 3), remote('one', 2, 2)], peers: [peer('one', keyOne)] }],
    ]
    for (const [host, policy] of policies) await host.call('configure', policy)
    await this.one.call('reach', ['10.64.2.3', '10.64.3.2'].map((address) => ({ nodeId: 'two', address })))
    await this.#two.call('reach', [{ nodeId: 'one', address: '10.64.2.2' }])
  }

  /** It keeps to no rule of its own, and takes every address to be reached by way of the first node. */
  async #badNode(keyOfOne: string): Promise<string> {
    const [key, config] = [this.#lab.run('bad', 'wg', 'genkey').trim(), join(this.#lab.dir, 'bad.conf')]
    const text = `[Interface]\nPrivateKey = ${key}\nListenPort = ${MESH_PORT}\n[Peer]\nPublicKey = ${keyOfOne}\nEndpoint = ${NODES.one}:${MESH_PORT}\nAllowedIPs = 0.0.0.0/0\n`
    const script = `printf '%s' "$0" > ${config}; mkdir -p /var/run/wireguard; mount -t tmpfs tmpfs /var/run/wireguard; ip link add ${MESH} type wireguard 2>/dev/null || wireguard-go ${MESH}; wg setconf ${MESH} ${config}; ip link set ${MESH} up`
    this.#lab.run('bad', 'unshare', '-m', 'sh', '-c', script, text)
    this.#lab.run('bad', 'ip', 'addr', 'add', `${OF_BAD_NODE}/32`, 'dev', MESH)
    this.#lab.run('bad', 'ip', 'addr', 'add', `${IN_MESH.bad}/20`, 'dev', MESH)
    // To the second organization it speaks as its edge would.
    this.#lab.run('bad', 'ip', 'route', 'add', '10.64.2.0/24', 'dev', MESH, 'src', IN_MESH.bad)
    for (const range of ['10.64.0.0/16', `${PRIVATE.one}/32`]) this.#lab.run('bad', 'ip', 'route', 'add', range, 'dev', MESH, 'src', OF_BAD_NODE)
    return execFileSync('wg', ['pubkey'], { input: `${key}\n`, encoding: 'utf8' }).trim()
  }

  /** They believe every announcement, as some systems do. */
  #makeGullible(): void {
    for (const space of ['one', 'a2']) {
      for (const which of ['all', 'default', space === 'a2' ? 'eth0' : bridgeName('net_1')]) this.#lab.run(space, 'sysctl', '-qw', `net.ipv4.conf.${which}.arp_accept=1`)
    }
    if (!this.#guest) this.#lab.run('a1', 'ip', '-6', 'route', 'add', 'default', 'dev', 'eth0')
  }

  async #listen(): Promise<void> {
    const machines = ['a2', 'b1', 'a3', 'a4', 'b2', 'c2'].flatMap((space) => [this.#lab.serve(space, '0.0.0.0', 8080, 10080), this.#lab.serve(space, '::', V6_PORT)])
    const nodes = ['one', 'two'].flatMap((space) => [this.#lab.serve(space, '0.0.0.0', 53, 67, 8080, ...NODE_PORTS), this.#lab.serve(space, '::', V6_PORT)])
    await Promise.all([...machines, ...nodes, this.#lab.serve('out', '0.0.0.0', 80, 8080)])
  }

  /** Neighbours known under a MAC that is not theirs, and bridges that learned one. */
  #misled(): string[] {
    const known = ['one', 'a2'].flatMap((space) => this.#lab.run(space, 'ip', 'neigh').split('\n').filter((line) =>
      line.includes(FORGED_MAC) || (line.includes(ME.mac) && !line.startsWith(`${ME.ip} `))).map((line) => `${space} believes ${line.trim()}`))
    const learned = this.#lab.run('one', 'bridge', 'fdb').split('\n').filter((line) => line.startsWith(FORGED_MAC))
    return [...known, ...learned]
  }
}
