/**
 * Encrypted ways to the nodes where the same organizations have instances. One WireGuard interface; which peer may speak for an address is its
 * key's business.
 */
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

  /** Idempotent, and makes again what is gone meanwhile; the bridges of `networks` exist. */
  async apply(policy: NetworkPolicy, networks: ReadonlySet<string>): Promise<void> {
    const remote = remoteHere(policy, networks)
    const wanted = JSON.stringify([remote, policy.peers, [...networks].sort()])
    // The program of a node without the kernel's WireGuard may die, and its interface with it.
    if (wanted === this.#applied && (remote.length === 0 || linkExists())) return
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
    const listed = JSON.parse(await runCommand(['ip', '-j', 'route', 'show', 'dev', MESH]) || '[]') as Route[]
    await change(new Set(listed.map((route) => route.dst)), new Set(remote.map((one) => one.address)), {
      add: (address) => `route replace ${address}/32 dev ${MESH}`, drop: (address) => `route del ${address}/32 dev ${MESH}`,
    })
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
