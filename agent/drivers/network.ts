/** Port: gives each instance its place in its organization's private network, and the host a way to reach its app. */
import type { NetworkObjectSpec } from '../../server/contract/node-api/network.ts'
import type { NetworkAttachment } from './vmm.ts'

/** Every instance is reached by the edge on this one port; the driver leads it to the port the app listens on. */
export const EDGE_PORT = 10080
/** Where an agent hears, inside the mesh, that somebody elsewhere asks for instances here. */
export const CALL_PORT = 10082

export interface NetworkRequest {
  vmId: string
  /** Small number, unique on the node. */
  slot: number
  /** Host uid that may open the TAP; null when the agent is unprivileged. */
  uid: number | null
  networkId: string
  appId: string
  address: string
  gateway: string
  mac: string
  port: number | null
  /** True when the app's settings name another instance (`….internal`). */
  needsPrivateNetwork: boolean
  /** It sleeps: see {@link NetworkDriver.shut}. */
  shut?: boolean
}

/** What the portal wants of the node's network beyond the instances themselves. */
export type NetworkPolicy = NetworkObjectSpec
export const OPEN_POLICY: NetworkPolicy = { apps: [], remote: [], peers: [] }

/** An instance on another node that the edge of this one sends requests to. */
export interface EdgeTarget { nodeId: string; address: string }

/** One address a name had, and for how long. */
export interface NamedAddress { address: string; ttlS: number }

export interface Endpoint { host: string; port: number }

export interface NetworkCounters { rxBytes: number; txBytes: number }

export interface NetworkDriver {
  readonly mode: 'bridge' | 'user'
  /** Called once at start with everything that should exist: adopts it, and rebuilds the rules without a gap. */
  restore(requests: NetworkRequest[], policy: NetworkPolicy): Promise<void>
  /** New rules for what runs. An instance attached after this call begins under them. */
  configure(policy: NetworkPolicy): Promise<void>
  /** All instances elsewhere that the edge shall reach; before `restore` it only says what that will bring. */
  reach(targets: readonly EdgeTarget[]): Promise<void>
  /** Nobody answers at these addresses any more: ends what this host has open to them at {@link EDGE_PORT}. */
  abandon(addresses: readonly string[]): Promise<void>
  /** While it sleeps, and just before: edges of other nodes are refused at once, and thus ask for it. What is open goes on. */
  shut(vmId: string, shut: boolean): Promise<void>
  /** Milliseconds, in whole seconds, since something came to it from another node; null: not for a day. */
  visitedAgo(vmId: string): Promise<number | null>
  /** Idempotent. */
  attach(request: NetworkRequest): Promise<NetworkAttachment>
  /** Idempotent; knows nothing of a VM that was never attached. */
  detach(vmId: string): Promise<void>
  /** Where a health probe on this host reaches the app, by the way of its visitors; null without a port. */
  endpoint(request: NetworkRequest): Endpoint | null
  /** Address under which the edge finds the instance at {@link EDGE_PORT}. */
  edgeAddress(request: NetworkRequest): string
  /** Bytes as the instance sees them since its TAP was made; null when not counted. */
  counters(vmId: string): Promise<NetworkCounters | null>
  /** Gateway addresses on which this host must answer DNS, each for its network only. */
  gateways(): { networkId: string; address: string }[]
  /** Host names the instance of this address may ask for; null: all of them. */
  mayAsk(address: string): readonly string[] | null
  /** The instance has asked for this name and will be told these addresses: lets it reach them, where a rule says so. */
  learned(address: string, name: string, found: readonly NamedAddress[]): Promise<void>
  /** Mends what the host lost meanwhile of the ways to other nodes; called now and then. */
  tend(): Promise<void>
  /** What of the ways to other nodes is not as it should be. */
  fault(): string | null
  /** Removes every object of ours from the host and puts its settings back. */
  shutdown(): Promise<void>
}

export class NetworkError extends Error {
  readonly code: 'network_failed' | 'needs_root_networking'
  constructor(code: 'network_failed' | 'needs_root_networking', message: string) {
    super(message)
    this.code = code
  }
}

/** `*.example.com` takes every name below example.com, not itself. */
export const matchesName = (pattern: string, name: string): boolean =>
  (pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1 : name === pattern)

/** `10.64.3.5` or `10.64.3.5/24` to its parts; networks are /24 unless told otherwise. */
export function parseAddress(text: string): { ip: string; prefix: number } {
  const [ip = '', prefix = '24'] = text.split('/')
  return { ip, prefix: Number(prefix) }
}
