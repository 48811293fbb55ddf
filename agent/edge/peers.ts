/** The edge's ways to instances on other nodes: makes the network follow the routes, and knows which nodes answer. */
import type { EdgeTarget, NetworkDriver, NetworkPolicy } from '../drivers/network.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { RouteDesire } from '../state/desired-table.ts'
import { PeerWatch } from './peer-watch.ts'
import { remoteInstances } from './remote-instances.ts'

export interface PeersDeps {
  network: Pick<NetworkDriver, 'reach'>
  routes: () => ReadonlyMap<string, RouteDesire>
  policy: () => NetworkPolicy
  log: Logger
  /** Who serves what is to be told to the edge again. */
  moved: () => void
}

export class Peers {
  readonly #deps: PeersDeps
  readonly #watch: PeerWatch
  #apps: readonly (readonly [address: string, appId: string])[] = []
  #nodes: ReadonlySet<string> = new Set()
  #told = '[]'

  constructor(deps: PeersDeps) {
    this.#deps = deps
    this.#watch = new PeerWatch({ peers: () => this.#asked(), changed: deps.moved })
  }

  start(): void {
    this.#watch.start()
  }

  stop(): void {
    this.#watch.stop()
  }

  /** Routes or rules of the network changed. */
  changed(): void {
    const found = remoteInstances(this.#deps.routes())
    this.#apps = found.map(({ address, app_id: appId }) => [address, appId])
    this.#nodes = new Set(found.map(({ node_id: nodeId }) => nodeId))
    const targets: EdgeTarget[] = found.map(({ node_id: nodeId, address }) => ({ nodeId, address }))
    const text = JSON.stringify(targets)
    if (text === this.#told) return
    this.#told = text
    this.#deps.network.reach(targets).catch((error: unknown) => {
      this.#told = ''
      this.#deps.log.warn('instances on other nodes are not reached', { error: errorText(error) })
    })
  }

  isSilent(nodeId: string): boolean {
    return this.#watch.isSilent(nodeId)
  }

  /** Whose requests those are that went to an address elsewhere. */
  apps(): readonly (readonly [address: string, appId: string])[] {
    return this.#apps
  }

  #asked(): ReadonlyMap<string, string> {
    return new Map(this.#deps.policy().peers.flatMap(({ node_id: nodeId, address }) => (address && this.#nodes.has(nodeId) ? [[nodeId, address] as const] : [])))
  }
}
