/** One bridge per organization's network, one TAP per instance, one ruleset for all: the private network of a node run as root. */
import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { runCommand, tryCommand } from '../../command.ts'
import {
  EDGE_PORT, matchesName, NetworkError, OPEN_POLICY, parseAddress,
  type EdgeTarget, type NamedAddress, type NetworkDriver, type NetworkPolicy, type NetworkRequest,
} from '../../network.ts'
import { BRIDGE_PREFIX, bridgeName, TAP_PREFIX, tapName } from '../names.ts'
import { isName, namedSet } from './egress.ts'
import { prepareHost, restoreHost } from './host-settings.ts'
import { LearnedAddresses } from './learned.ts'
import { endConnections, Mesh, type MeshOptions } from './mesh.ts'
import { rateOf, shape } from './rates.ts'
import { emptyRuleset, ruleset } from './ruleset.ts'
import { refuse, visitedAgo, visitsTable, withoutVisits } from './visits.ts'

export class BridgeNetwork implements NetworkDriver {
  readonly mode = 'bridge'
  readonly #stateFile: string
  readonly #mesh: Mesh | null
  readonly #challengePort: number | null
  readonly #attached = new Map<string, NetworkRequest>()
  /** Rates as they lie on TAPs made or found by this process. */
  readonly #shaped = new Map<string, number | null>()
  readonly #learned = new LearnedAddresses()
  #policy: NetworkPolicy = OPEN_POLICY
  #targets: readonly EdgeTarget[] = []
  #restored = false
  #meshFault: string | null = null
  #turn: Promise<unknown> = Promise.resolve()

  /** `stateFile` remembers what the host's settings were before us. */
  constructor(stateFile: string, mesh: MeshOptions | null = null) {
    this.#stateFile = stateFile
    this.#mesh = mesh && new Mesh(mesh)
    this.#challengePort = mesh?.challengePort ?? null
  }

  restore(requests: NetworkRequest[], policy: NetworkPolicy): Promise<void> {
    return this.#inTurn(async () => {
      this.#policy = policy
      await this.#learned.readBack()
      for (const request of requests) this.#attached.set(request.vmId, request)
      await this.#swapRules()
      for (const request of requests) await this.#plug(request)
      this.#restored = true
      await this.#meet()
      await prepareHost(this.#stateFile)
      await this.#removeStrays()
    })
  }

  configure(policy: NetworkPolicy): Promise<void> {
    return this.#inTurn(async () => {
      this.#policy = policy
      await this.#swapRules()
      for (const request of this.#attached.values()) if (linkExists(tapName(request.vmId))) await this.#shape(request)
      await this.#meet()
    })
  }

  reach(targets: readonly EdgeTarget[]): Promise<void> {
    return this.#inTurn(async () => {
      this.#targets = targets
      // Before that, the ways to instances of the same organizations would seem to be wanted no more.
      if (this.#restored) await this.#meet()
    })
  }

  /** Out of turn: visitors wait. */
  abandon(addresses: readonly string[]): Promise<void> {
    return endConnections(addresses)
  }

  /** Where no other node is, it is only remembered. */
  shut(vmId: string, shut: boolean): Promise<void> {
    return this.#inTurn(async () => {
      const request = this.#attached.get(vmId)
      if (!request) return
      this.#attached.set(vmId, { ...request, shut })
      if (this.#policy.address !== undefined) await refuse(parseAddress(request.address).ip, shut)
    })
  }

  async visitedAgo(vmId: string): Promise<number | null> {
    const request = this.#attached.get(vmId)
    return request && this.#policy.peers.length > 0 ? visitedAgo(parseAddress(request.address).ip) : null
  }

  attach(request: NetworkRequest) {
    return this.#inTurn(async () => {
      const { ip, prefix } = parseAddress(request.address)
      const neighbours = [...this.#attached.values()].filter((other) => other.networkId === request.networkId && other.vmId !== request.vmId)
      const clash = neighbours.some((other) => parseAddress(other.address).ip === ip)
      if (clash) throw new NetworkError('network_failed', `The address ${ip} is still held by another instance of this network.`)
      this.#attached.set(request.vmId, request)
      try {
        // Rules first: no TAP is ever up without its filter.
        await this.#swapRules()
        await this.#plug(request)
        await this.#meet()
      } catch (error) {
        throw new NetworkError('network_failed', `The network of the instance could not be made: ${(error as Error).message}`)
      }
      return { kind: 'tap' as const, ifname: tapName(request.vmId), mac: request.mac, address: `${ip}/${prefix}`, gateway: request.gateway, dns: request.gateway }
    })
  }

  detach(vmId: string): Promise<void> {
    return this.#inTurn(async () => {
      await removeLink(tapName(vmId))
      const request = this.#attached.get(vmId)
      if (!request) return
      this.#attached.delete(vmId)
      this.#shaped.delete(vmId)
      // A machine that was killed could say goodbye to nobody: visitors would wait for its answer.
      await endConnections([parseAddress(request.address).ip])
      await this.#swapRules()
      const inUse = [...this.#attached.values()].some((other) => other.networkId === request.networkId)
      if (!inUse) await removeLink(bridgeName(request.networkId))
      await this.#meet()
    })
  }

  /**
   * The way of the edge. By the app's own port the kernel gives both the same source port now and then; behind the translation they are one
   * connection, and the visitor's is not taken for two seconds.
   */
  endpoint(request: NetworkRequest) {
    return request.port === null ? null : { host: parseAddress(request.address).ip, port: EDGE_PORT }
  }

  edgeAddress(request: NetworkRequest): string {
    return parseAddress(request.address).ip
  }

  async counters(vmId: string) {
    const read = async (name: string): Promise<number> => Number(await readFile(`/sys/class/net/${tapName(vmId)}/statistics/${name}`, 'utf8'))
    try {
      // What the host receives on the TAP is what the instance sent.
      return { rxBytes: await read('tx_bytes'), txBytes: await read('rx_bytes') }
    } catch {
      return null
    }
  }

  gateways() {
    return [...new Map([...this.#attached.values()].map((r) => [r.gateway, { networkId: r.networkId, address: r.gateway }])).values()]
      .filter((gateway) => linkExists(bridgeName(gateway.networkId)))
  }

  mayAsk(address: string): readonly string[] | null {
    const appId = this.#appAt(address)
    const egress = this.#policy.apps.find((app) => app.app_id === appId)?.egress ?? null
    return egress && egress.filter(isName).map((rule) => rule.to)
  }

  learned(address: string, name: string, found: readonly NamedAddress[]): Promise<void> {
    return this.#inTurn(async () => {
      const appId = this.#appAt(address)
      // Asked again in turn: the rules may have changed since the question.
      const names = new Set((this.mayAsk(address) ?? []).filter((pattern) => matchesName(pattern, name)))
      for (const pattern of names) await this.#learned.add(namedSet(appId ?? '', pattern), found)
    })
  }

  #appAt(address: string): string | null {
    return [...this.#attached.values()].find((request) => parseAddress(request.address).ip === address)?.appId ?? null
  }

  tend(): Promise<void> {
    return this.#inTurn(() => this.#meet())
  }

  fault(): string | null {
    return this.#meshFault
  }

  shutdown(): Promise<void> {
    return this.#inTurn(async () => {
      this.#attached.clear()
      for (const name of await ourLinks(TAP_PREFIX)) await removeLink(name)
      for (const name of await ourLinks(BRIDGE_PREFIX)) await removeLink(name)
      await this.#mesh?.remove()
      await runCommand(['nft', '-f', '-'], { input: `${emptyRuleset()}${withoutVisits()}` })
      await restoreHost(this.#stateFile)
    })
  }

  async #plug(request: NetworkRequest): Promise<void> {
    const bridge = bridgeName(request.networkId)
    if (!linkExists(bridge)) await this.#createBridge(bridge, request)
    await pinAddress(bridge)
    const tap = tapName(request.vmId)
    const owner = request.uid === null ? [] : ['user', String(request.uid)]
    if (!linkExists(tap)) this.#shaped.set(request.vmId, null)
    if (!linkExists(tap)) await runCommand(['ip', 'tuntap', 'add', 'dev', tap, 'mode', 'tap', ...owner])
    await this.#shape(request)
    await runCommand(['ip', 'link', 'set', tap, 'master', bridge, 'up'])
  }

  async #createBridge(bridge: string, request: NetworkRequest): Promise<void> {
    const { prefix } = parseAddress(request.address)
    await runCommand(['ip', 'link', 'add', bridge, 'type', 'bridge', 'forward_delay', '0', 'mcast_snooping', '0'])
    await writeFile(`/proc/sys/net/ipv6/conf/${bridge}/disable_ipv6`, '1').catch(() => {})
    await runCommand(['ip', 'addr', 'add', `${request.gateway}/${prefix}`, 'dev', bridge])
    await runCommand(['ip', 'link', 'set', bridge, 'up'])
  }

  async #shape(request: NetworkRequest): Promise<void> {
    const mbit = rateOf(request, this.#policy)
    if (this.#shaped.get(request.vmId) === mbit) return
    await shape(request, mbit)
    this.#shaped.set(request.vmId, mbit)
  }

  /** Never a reason to hold up instances of this node: what fails is told, and tried again by the next call. */
  async #meet(): Promise<void> {
    const networks = new Set([...this.#attached.values()].map((request) => request.networkId).filter((id) => linkExists(bridgeName(id))))
    try {
      await this.#mesh?.apply({ policy: this.#policy, networks, targets: this.#targets })
      this.#meshFault = null
    } catch (error) {
      this.#meshFault = `Instances on other nodes are not reached: ${(error as Error).message}`
    }
  }

  async #swapRules(): Promise<void> {
    const named = this.#policy.apps.flatMap(({ app_id: appId, egress }) => (egress ?? []).filter(isName).map((rule) => namedSet(appId, rule.to)))
    this.#learned.forget(new Set(named))
    const rules = ruleset([...this.#attached.values()], this.#policy, this.#learned.left(), this.#challengePort)
    await runCommand(['nft', '-f', '-'], { input: `${visitsTable()}${rules}` })
  }

  /** TAPs of instances nobody knows have no rules, thus pass nothing; they are only litter. A TAP in use is left to the reconciler. */
  async #removeStrays(): Promise<void> {
    const known = new Set([...this.#attached.keys()].map(tapName))
    for (const name of await ourLinks(TAP_PREFIX)) if (!known.has(name) && !carrier(name)) await removeLink(name)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work)
    this.#turn = next.catch(() => {})
    return next
  }
}

const ADDRESS_WAS_SET = '3'

/** Else a bridge takes the lowest MAC of its ports: as they came and went, what instances sent to the former one was lost. */
async function pinAddress(bridge: string): Promise<void> {
  const fact = async (name: string): Promise<string> => (await readFile(`/sys/class/net/${bridge}/${name}`, 'utf8')).trim()
  if (await fact('addr_assign_type') !== ADDRESS_WAS_SET) await runCommand(['ip', 'link', 'set', bridge, 'address', await fact('address')])
}

const linkExists = (name: string): boolean => existsSync(`/sys/class/net/${name}`)

async function removeLink(name: string): Promise<void> {
  if (linkExists(name)) await tryCommand(['ip', 'link', 'del', name])
}

async function ourLinks(prefix: string): Promise<string[]> {
  const links = JSON.parse((await runCommand(['ip', '-j', 'link', 'show'])) || '[]') as { ifname: string }[]
  return links.map((link) => link.ifname).filter((name) => name.startsWith(prefix) && /^swg[bt][0-9a-f]{10}$/.test(name))
}

function carrier(name: string): boolean {
  try {
    return readFileSync(`/sys/class/net/${name}/carrier`, 'utf8').trim() === '1'
  } catch {
    return false
  }
}
