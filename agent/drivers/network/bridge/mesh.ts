/**
 * Encrypted ways to other nodes: for their edges to the instances here, for the edge here to theirs, and between instances of one organization.
 * One WireGuard interface; which peer may speak for an address is its key's business.
 */
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { MESH_RANGE } from '../../../../server/contract/node-api/network.ts'
import { runCommand, tryCommand } from '../../command.ts'
import { EDGE_PORT, type EdgeTarget, type NetworkPolicy } from '../../network.ts'
import { bridgeName, MESH } from '../names.ts'

const MTU = '1420'
const KEEPALIVE_S = 25

/** `challengePort`: where other edges may ask the edge here for the proof of an order; absent: nowhere. */
export interface MeshOptions { keyFile: string; port: number; challengePort?: number }
/** `networks` are those whose bridges exist. */
export interface MeshWish { policy: NetworkPolicy; networks: ReadonlySet<string>; targets: readonly EdgeTarget[] }
type Remote = NetworkPolicy['remote'][number]
interface Listed { dst: string }

/** Those of networks that live on this node too. */
export const remoteHere = (policy: NetworkPolicy, networks: ReadonlySet<string>): Remote[] =>
  policy.remote.filter((one) => networks.has(one.network_id) && policy.peers.some((peer) => peer.node_id === one.node_id))

interface Peer { key: string; endpoint: string; addresses: string[] }
interface Ways { address: string | null; peers: Peer[]; instances: string[] }

/** Pure: which peer speaks for which addresses. One that speaks for none is no peer. */
export function waysOf({ policy, networks, targets }: MeshWish): Ways {
  const of = new Map(policy.peers.map((peer) => [peer.node_id, new Set<string>()]))
  for (const { node_id: nodeId, address } of remoteHere(policy, networks)) of.get(nodeId)?.add(address)
  // Without an address of its own nobody could answer this node.
  if (policy.address !== undefined) for (const { nodeId, address } of targets) of.get(nodeId)?.add(address)
  const instances = [...of.values()].flatMap((addresses) => [...addresses])
  const peers = policy.peers.flatMap(({ node_id: nodeId, public_key: key, endpoint, address }) => {
    const own = [...of.get(nodeId) ?? []].sort()
    const addresses = policy.address !== undefined && address !== undefined ? [address, ...own] : own
    return addresses.length === 0 ? [] : [{ key, endpoint, addresses }]
  })
  return { address: policy.address ?? null, peers, instances }
}

export class Mesh {
  readonly #options: MeshOptions
  #applied = ''

  constructor(options: MeshOptions) {
    this.#options = options
  }

  /** Idempotent, and makes again what is gone meanwhile. */
  async apply(wish: MeshWish): Promise<void> {
    const ways = waysOf(wish)
    const remote = remoteHere(wish.policy, wish.networks)
    const wanted = JSON.stringify([ways, remote, [...wish.networks].sort()])
    // The program of a node without the kernel's WireGuard may die, and its interface with it.
    if (wanted === this.#applied && (ways.peers.length === 0 || linkExists())) return
    this.#applied = ''
    if (ways.peers.length === 0) await this.remove()
    else await this.#join(ways)
    await answerFor(remote, wish.networks)
    this.#applied = wanted
  }

  async remove(): Promise<void> {
    this.#applied = ''
    // The program of a node without the kernel's WireGuard ends with its interface.
    if (linkExists()) await tryCommand(['ip', 'link', 'del', MESH])
  }

  /** By a file of its own: the program opens a path, and the key may not stand among arguments. Sessions of peers that stay are kept. */
  async #configure(config: string): Promise<void> {
    const file = `${this.#options.keyFile}.conf`
    await writeFile(file, config, { mode: 0o600 })
    try {
      await runCommand(['wg', 'syncconf', MESH, file])
    } finally {
      await rm(file, { force: true })
    }
  }

  async #join({ address, peers, instances }: Ways): Promise<void> {
    if (!linkExists()) await createLink()
    await this.#configure(configOf(this.#options, peers))
    await takeAddress(address)
    await runCommand(['ip', 'link', 'set', MESH, 'mtu', MTU, 'up'])
    const listed = JSON.parse(await runCommand(['ip', '-j', 'route', 'show', 'dev', MESH]) || '[]') as Listed[]
    await change(new Set(listed.map((route) => route.dst).filter((dst) => !dst.includes('/'))), new Set(instances), {
      add: (one) => `route replace ${one}/32 dev ${MESH}`, drop: (one) => `route del ${one}/32 dev ${MESH}`,
    })
  }
}

const linkExists = (): boolean => existsSync(`/sys/class/net/${MESH}`)

async function createLink(): Promise<void> {
  if ((await tryCommand(['ip', 'link', 'add', MESH, 'type', 'wireguard'])).code === 0) return
  // It goes into the background by itself and outlives us, as the interface must.
  await runCommand(['wireguard-go', MESH])
}

interface LinkAddresses { addr_info?: { family: string; local?: string }[] }

/** The address of the node comes with the way to all others; with another one the old ways go, and are made again. */
async function takeAddress(address: string | null): Promise<void> {
  const listed = JSON.parse(await runCommand(['ip', '-j', '-4', 'addr', 'show', 'dev', MESH]) || '[]') as LinkAddresses[]
  const present = listed.flatMap((link) => link.addr_info ?? []).flatMap((info) => info.local ?? [])
  if (present.some((one) => one !== address)) await runCommand(['ip', '-4', 'addr', 'flush', 'dev', MESH])
  if (address !== null) await runCommand(['ip', 'addr', 'replace', `${address}/${MESH_RANGE.prefix}`, 'dev', MESH])
}

const configOf = ({ keyFile, port }: MeshOptions, peers: readonly Peer[]): string => {
  const parts = peers.map(({ key, endpoint, addresses }) =>
    `[Peer]\nPublicKey = ${key}\nEndpoint = ${endpoint}\nPersistentKeepalive = ${KEEPALIVE_S}\nAllowedIPs = ${addresses.map((one) => `${one}/32`).join(', ')}\n`)
  return `[Interface]\nPrivateKey = ${readFileSync(keyFile, 'utf8').trim()}\nListenPort = ${port}\n${parts.join('')}`
}

/** Without it requests would go on over connections that were kept, and hang there for minutes. */
export async function endConnections(addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return
  const hosts = addresses.flatMap((address, at) => [...(at > 0 ? ['or'] : []), 'dst', address])
  await tryCommand(['ss', '-K', '-t', '-n', 'dport', '=', `:${EDGE_PORT}`, 'and', '(', ...hosts, ')'])
}

interface Neighbour { dst: string; dev: string }

/** Machines take the whole range for their own cable: the host answers ARP for those that live elsewhere. */
async function answerFor(remote: readonly Remote[], networks: ReadonlySet<string>): Promise<void> {
  const bridges = new Set([...networks].map(bridgeName))
  const listed = JSON.parse(await runCommand(['ip', '-j', 'neigh', 'show', 'proxy']) || '[]') as Neighbour[]
  const present = new Set(listed.filter((one) => bridges.has(one.dev)).map((one) => `${one.dst} dev ${one.dev}`))
  const wanted = new Set(remote.map((one) => `${one.address} dev ${bridgeName(one.network_id)}`))
  for (const bridge of bridges) await writeFile(`/proc/sys/net/ipv4/neigh/${bridge}/proxy_delay`, '0').catch(() => {})
  await change(present, wanted, { add: (entry) => `neigh add proxy ${entry}`, drop: (entry) => `neigh del proxy ${entry}` })
}

interface Lines { add: (item: string) => string; drop: (item: string) => string }

/** One program for all lines; what goes may be gone already. */
async function change(present: ReadonlySet<string>, wanted: ReadonlySet<string>, line: Lines): Promise<void> {
  const going = [...present].filter((item) => !wanted.has(item)).map(line.drop)
  const coming = [...wanted].filter((item) => !present.has(item)).map(line.add)
  if (going.length > 0) await tryCommand(['ip', '-force', '-batch', '-'], { input: `${going.join('\n')}\n` })
  if (coming.length > 0) await runCommand(['ip', '-batch', '-'], { input: `${coming.join('\n')}\n` })
}
