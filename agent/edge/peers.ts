/** The edge's ways to instances on other nodes: makes the network follow the routes, and knows which nodes answer. */
import type { RemoteInstance } from '../../server/contract/node-api/v1.ts'
import type { EdgeTarget, NetworkDriver, NetworkPolicy } from '../drivers/network.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { CallServer } from '../sleep/call-server.ts'
import { Elsewhere, type Away, type ElsewhereOptions } from '../sleep/elsewhere.ts'
import type { RouteDesire } from '../state/desired-table.ts'
import { PeerWatch, type PeerWatchOptions } from './peer-watch.ts'
import { remoteInstances } from './remote-instances.ts'

export interface PeersDeps {
  network: Pick<NetworkDriver, 'reach' | 'abandon'>
  routes: () => ReadonlyMap<string, RouteDesire>
  policy: () => NetworkPolicy
  log: Logger
  /** Who serves what is to be told to the edge again. */
  moved: () => void
  watch?: Pick<PeerWatchOptions, 'ask' | 'everyMs'>
  ask?: ElsewhereOptions['ask']
  /** Another node asks for an instance here. */
  called: (address: string) => Promise<boolean | null>
}

/** For the edge to have read who serves by now. */
const SETTLE_MS = 50
const NAMED = 5

export class Peers {
  readonly #deps: PeersDeps
  readonly #watch: PeerWatch
  #found: readonly RemoteInstance[] = []
  #silent: ReadonlySet<string> = new Set()
  /** Addresses the network has a way to. */
  #reached: ReadonlySet<string> = new Set()
  #told = '[]'
  readonly #elsewhere: Elsewhere
  readonly #calls: CallServer
  /** Those that may sleep, by app. */
  #sleepers: ReadonlyMap<string, readonly RemoteInstance[]> = new Map()

  constructor(deps: PeersDeps) {
    this.#deps = deps
    const nodeAddress = (nodeId: string): string | null => (this.isSilent(nodeId) ? null : this.addressOf(nodeId))
    this.#elsewhere = new Elsewhere({ nodeAddress, changed: deps.moved, ...(deps.ask ? { ask: deps.ask } : {}) })
    this.#calls = new CallServer({ address: () => deps.policy().address ?? null, called: deps.called })
    this.#watch = new PeerWatch({ peers: () => this.#asked(), changed: () => this.#judged(), ...deps.watch })
  }

  start(): void {
    this.#watch.start()
    this.#calls.start()
  }

  stop(): void {
    this.#watch.stop()
    this.#calls.stop()
  }

  /** Routes or rules of the network changed. */
  changed(): void {
    const found = remoteInstances(this.#deps.routes())
    this.#found = found
    this.#sleepers = Map.groupBy(found.filter((one) => one.sleeps), (one) => one.app_id)
    const targets: EdgeTarget[] = found.map(({ node_id: nodeId, address }) => ({ nodeId, address }))
    const text = JSON.stringify(targets)
    if (text === this.#told) return
    this.#told = text
    this.#deps.network.reach(targets).then(
      () => {
        this.#reached = new Set(targets.map((target) => target.address))
        this.#deps.moved()
      },
      (error: unknown) => {
        this.#told = ''
        this.#deps.log.warn('instances on other nodes are not reached', { error: errorText(error) })
      },
    )
  }

  isSilent(nodeId: string): boolean {
    return this.#watch.isSilent(nodeId)
  }

  /** For the operator: a node that is gone, or a way that is blocked. */
  fault(): string | null {
    const silent = [...this.#asked().keys()].filter((nodeId) => this.isSilent(nodeId)).sort()
    if (silent.length === 0) return null
    const names = silent.length > NAMED ? `${silent.slice(0, NAMED).join(', ')} and ${silent.length - NAMED} more` : silent.join(', ')
    return `The edge here does not reach ${names}. If they run, let UDP through between the nodes (port 51820 unless set otherwise).`
  }

  /** Before, a connection would be sent somewhere else and wait for a second. */
  isReached(address: string): boolean {
    return this.#reached.has(address)
  }

  /** Whose requests those are that went to an address elsewhere. */
  apps(): readonly (readonly [address: string, appId: string, instanceId: string])[] {
    return this.#found.map(({ address, app_id: appId, id }) => [address, appId, id])
  }

  /** Somebody wants these: what may sleep there is asked for. Returns when one of them is awake, or cannot be waited for. */
  call(wanted: readonly (Away & { sleeps?: boolean | undefined })[]): Promise<void> {
    return this.#elsewhere.call(wanted.filter((one) => one.sleeps))
  }

  /** A request of the app came here: its instances elsewhere are in use too, or the two would sleep and wake by turns. */
  used(appId: string): void {
    void this.call(this.#sleepers.get(appId) ?? [])
  }

  /** Of one that may sleep: its node said lately that it does not. */
  mayDial(address: string): boolean {
    return this.#elsewhere.mayDial(address)
  }

  addressOf(nodeId: string): string | null {
    return this.#deps.policy().peers.find((peer) => peer.node_id === nodeId)?.address ?? null
  }

  /** Each of their edges asks for what sleeps here. */
  allWake(): boolean {
    return this.#deps.policy().peers.every(({ address, wakes }) => address === undefined || wakes === true)
  }

  /** Of this node's edge in the mesh. */
  own(): string {
    return this.#deps.policy().address ?? ''
  }

  /** Of the other nodes that have an edge, by the node. */
  edges(): ReadonlyMap<string, string> {
    return new Map(this.#deps.policy().peers.flatMap(({ node_id: nodeId, address }) => (address ? [[nodeId, address] as const] : [])))
  }

  /** Of all nodes that have an edge. */
  addresses(): string[] {
    return this.#deps.policy().peers.flatMap(({ address }) => address ?? [])
  }

  #judged(): void {
    const before = this.#silent
    this.#silent = new Set(this.#found.map((one) => one.node_id).filter((nodeId) => this.isSilent(nodeId)))
    const gone = this.#found.filter((one) => this.#silent.has(one.node_id) && !before.has(one.node_id)).map(({ address }) => address)
    this.#deps.moved()
    if (gone.length > 0) setTimeout(() => void this.#deps.network.abandon(gone), SETTLE_MS)
  }

  #asked(): ReadonlyMap<string, string> {
    const nodes = new Set(this.#found.map((one) => one.node_id))
    return new Map(this.#deps.policy().peers.flatMap(({ node_id: nodeId, address }) => (address && nodes.has(nodeId) ? [[nodeId, address] as const] : [])))
  }
}
