/** Encrypted ways to the nodes where the same organizations have instances. One WireGuard interface; which peer may speak for an address is its key's business. */
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { runCommand, tryCommand } from '../../command.ts'
import type { NetworkPolicy } from '../../network.ts'
import { bridgeName, MESH } from '../names.ts'

const MTU = '1420'
const KEEPALIVE_S = 25

export interface MeshOptions { keyFile: string; port: number }
type Remote = NetworkPolicy['remote'][number]
interface Route { dst: string }

/** Those of networks that live on this node too. */
export const remoteHere = (policy: NetworkPolicy, networks: ReadonlySet<string>): Remote[] =>
  policy.remote.filter((one) => networks.has(one.network_id) && policy.peers.some((peer) => peer.node_id === one.node_id))

export class Mesh {
  readonly #options: MeshOptions
  #applied = ''

  constructor(options: MeshOptions) {
    this.#options = options
  }

  /** Idempotent; the bridges of `networks` exist. */
  async apply(policy: NetworkPolicy, networks: ReadonlySet<string>): Promise<void> {
    const remote = remoteHere(policy, networks)
    const wanted = JSON.stringify([remote, policy.peers, [...networks].sort()])
    if (wanted === this.#applied) return
    this.#applied = ''
    if (remote.length === 0) await this.remove()
    else await this.#join(policy, remote)
    await answerFor(remote, networks)
    this.#applied = wanted
  }

  async remove(): Promise<void> {
    this.#applied = ''
    // The program of a node without the kernel's WireGuard ends with its interface.
    if (linkExists()) await tryCommand(['ip', 'link', 'del', MESH])
  }

  /** By a file of its own: the program opens a path, and the key may not stand among arguments. */
  async #configure(config: string): Promise<void> {
    const file = `${this.#options.keyFile}.conf`
    await writeFile(file, config, { mode: 0o600 })
    try {
      await runCommand(['wg', 'syncconf', MESH, file])
    } finally {
      await rm(file, { force: true })
    }
  }

  async #join(policy: NetworkPolicy, remote: readonly Remote[]): Promise<void> {
    if (!linkExists()) await createLink()
    await this.#configure(configOf(this.#options, policy, remote))
    await runCommand(['ip', 'link', 'set', MESH, 'mtu', MTU, 'up'])
    const present = new Set((JSON.parse(await runCommand(['ip', '-j', 'route', 'show', 'dev', MESH]) || '[]') as Route[]).map((route) => route.dst))
    const wanted = new Set(remote.map((one) => one.address))
    for (const address of wanted) if (!present.has(address)) await runCommand(['ip', 'route', 'replace', `${address}/32`, 'dev', MESH])
    for (const address of present) if (!wanted.has(address)) await tryCommand(['ip', 'route', 'del', `${address}/32`, 'dev', MESH])
  }
}

const linkExists = (): boolean => existsSync(`/sys/class/net/${MESH}`)

async function createLink(): Promise<void> {
  if ((await tryCommand(['ip', 'link', 'add', MESH, 'type', 'wireguard'])).code === 0) return
  // It goes into the background by itself and outlives us, as the interface must.
  await runCommand(['wireguard-go', MESH])
}

/** Sessions of peers that stay are kept. */
const configOf = ({ keyFile, port }: MeshOptions, policy: NetworkPolicy, remote: readonly Remote[]): string => {
  const peers = policy.peers.flatMap((peer) => {
    const own = remote.filter((one) => one.node_id === peer.node_id)
    if (own.length === 0) return []
    return [`[Peer]\nPublicKey = ${peer.public_key}\nEndpoint = ${peer.endpoint}\nPersistentKeepalive = ${KEEPALIVE_S}\nAllowedIPs = ${own.map((one) => `${one.address}/32`).join(', ')}\n`]
  })
  return `[Interface]\nPrivateKey = ${readFileSync(keyFile, 'utf8').trim()}\nListenPort = ${port}\n${peers.join('')}`
}

interface Neighbour { dst: string }

/** Machines take the whole range for their own cable: the host answers ARP for those that live elsewhere. */
async function answerFor(remote: readonly Remote[], networks: ReadonlySet<string>): Promise<void> {
  for (const network of networks) {
    const bridge = bridgeName(network)
    const wanted = new Set(remote.filter((one) => one.network_id === network).map((one) => one.address))
    const listed = JSON.parse(await runCommand(['ip', '-j', 'neigh', 'show', 'proxy', 'dev', bridge]) || '[]') as Neighbour[]
    const present = new Set(listed.map((one) => one.dst))
    if (wanted.size > 0) await writeFile(`/proc/sys/net/ipv4/neigh/${bridge}/proxy_delay`, '0').catch(() => {})
    for (const address of wanted) if (!present.has(address)) await runCommand(['ip', 'neigh', 'add', 'proxy', address, 'dev', bridge])
    for (const address of present) if (!wanted.has(address)) await tryCommand(['ip', 'neigh', 'del', 'proxy', address, 'dev', bridge])
  }
}
