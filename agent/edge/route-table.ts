/** Which host is served by which addresses right now: derived from desires and verdicts, never stored. */
import { isRoutable, isStarting, type Instance } from '../reconcile/instance.ts'
import type { RouteDesire } from '../state/desired-table.ts'

export interface RouteTable {
  /** What the edge's resolver is told. Null for a host that is none of our business. */
  resolve(host: string): string[] | null
  isApp(host: string): boolean
  /** An app that nothing is meant to run of. */
  isPaused(host: string): boolean
  /** May a certificate be obtained for this host? */
  isKnown(host: string): boolean
  /** App hosts that do not lie under the apps domain. */
  customHosts(): string[]
}

export interface RouteTableDeps {
  routes: () => readonly RouteDesire[]
  instances: () => ReadonlyMap<string, Instance>
  edgeAddress: (instance: Instance) => string | null
  domain: string
  appsDomain: string
  /** Where the fallback pages are served. */
  fallbackAddress: string
}

export function createRouteTable(deps: RouteTableDeps): RouteTable {
  const find = (host: string): RouteDesire['spec'] => deps.routes().find((route) => route.present && route.spec?.host === host)?.spec ?? null
  const targets = (host: string): string[] | null => {
    const target = find(host)?.target
    return target === undefined || target === 'portal' ? null : target.instances
  }
  return {
    /** While an instance is on its way the edge gets no address and waits; otherwise a page says that there is none. */
    resolve(host) {
      const ids = targets(host)
      if (ids === null) return underAppsDomain(host, deps.appsDomain) ? [deps.fallbackAddress] : null
      const instances = ids.flatMap((id) => deps.instances().get(id) ?? [])
      const addresses = instances.filter(isRoutable).flatMap((instance) => deps.edgeAddress(instance) ?? [])
      if (addresses.length > 0) return addresses
      return instances.some(isStarting) ? [] : [deps.fallbackAddress]
    },
    isApp: (host) => targets(host) !== null,
    isPaused: (host) => targets(host)?.length === 0,
    isKnown: (host) => host === deps.domain || host === 'localhost' || find(host) !== null,
    customHosts: () => deps.routes()
      .flatMap((route) => (route.present && route.spec && route.spec.target !== 'portal' ? [route.spec.host] : []))
      .filter((host) => !underAppsDomain(host, deps.appsDomain)).sort(),
  }
}

/** One label below the apps domain, as a wildcard certificate and Caddy's host matcher see it. */
const underAppsDomain = (host: string, appsDomain: string): boolean =>
  host.endsWith(`.${appsDomain}`) && !host.slice(0, -appsDomain.length - 1).includes('.')
