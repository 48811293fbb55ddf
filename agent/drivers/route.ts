/** Port: the TLS edge in front of the instances. Upstreams are answered by our DNS, so a new instance or host needs no change here. */

export interface HeaderChanges { set: Record<string, string>; remove: string[] }

/** A host that wants more than its instances: only these are told to the edge one by one. */
export interface SpecialRoute {
  /** `*.x` is every name one label below x. */
  host: string
  redirect: { to: string; status: number; keepPath: boolean } | null
  /** The longest fitting path wins. `name` is what our DNS is asked instead of the host. */
  paths: { path: string; stripPrefix: boolean; name: string }[]
  requestHeaders: HeaderChanges | null
  responseHeaders: HeaderChanges | null
  /** PEM, leaf first; without one the edge makes its own. */
  certificate: { chain: string; key: string } | null
}

export interface EdgeHosts {
  /** Names that go to the console. */
  portalHosts: string[]
  /** Other edges answer for the same names. */
  shared?: boolean
  special: SpecialRoute[]
}

/** More than these one name cannot have at an edge: whoever points it chooses. */
export const MOST_UPSTREAMS = 12

export interface AddressShare { addresses: readonly string[]; percent: number }

/** What changes often, and must go on without us. */
export interface ServedNames {
  /** Addresses of those that can take requests now, by the name the edge looks for; none is the same as no entry. */
  upstreams: ReadonlyMap<string, readonly string[]>
  /** Of these names some of the addresses get a share of the requests together, the others what is left. */
  shares?: ReadonlyMap<string, AddressShare>
  /** Hosts the edge may make certificates for. */
  certificates: readonly string[]
}

export interface RouteDriver {
  /** Who serves what from now on; live when it returns, without a load. Throws when it cannot be kept. */
  point(names: ServedNames): void
  /** Brings the edge to this state; does nothing when it already has it. Rejects with {@link RouteError}. */
  apply(hosts: EdgeHosts): Promise<void>
  /** True while the edge answers and carries our configuration. */
  healthy(): boolean
  /** Hosts whose own settings the edge does not take, and why. They are served without them; the others are not concerned. */
  refused(): ReadonlyMap<string, string>
  /** How often the edge had to load a configuration. */
  reloads(): number
  close(): void
}

export class RouteError extends Error {}

/** A request that ended at the edge. */
export interface EdgeRequest {
  endedMs: number
  host: string
  /** Address of the instance that answered; null when none did. */
  upstream: string | null
  status: number
  latencyUs: number
  bytesOut: number
}

/** Where the edge writes its requests down, the newest file named `log`, older ones in the order of their names. */
export interface RequestLog {
  folder: string
  parse(line: string): EdgeRequest | null
}
