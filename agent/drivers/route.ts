/** Port: the TLS edge in front of the instances. Upstreams are answered by our DNS, so a new instance needs no change here. */

export interface EdgeHosts {
  /** Hosts of apps that do not lie under the apps domain (customers' own domains). */
  appHosts: string[]
}

export interface RouteDriver {
  /** Brings the edge to this state; does nothing when it already has it. Rejects with {@link RouteError}. */
  apply(hosts: EdgeHosts): Promise<void>
  /** True while the edge answers and carries our configuration. */
  healthy(): boolean
  /** How often the edge had to load a configuration. */
  reloads(): number
  close(): void
}

export class RouteError extends Error {}
