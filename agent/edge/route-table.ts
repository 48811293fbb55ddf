/** Which host is served by which addresses right now: derived from desires and verdicts, never stored. */
import type { Instance } from '../reconcile/instance.ts'
import { isRoutable } from '../reconcile/instance.ts'
import type { RouteDesire } from '../state/ledger.ts'

export interface RouteTable {
  /** Null when no app route names the host; an empty list when nothing healthy serves it. */
  addresses(host: string): string[] | null
  /** May a certificate be obtained for this host? */
  isKnown(host: string): boolean
  /** App hosts that do not lie under the apps domain. */
  customHosts(): string[]
  live(routeId: string): boolean
}

export interface RouteTableDeps {
  routes: () => readonly RouteDesire[]
  instances: () => ReadonlyMap<string, Instance>
  edgeAddress: (instance: Instance) => string | null
  domain: string
  appsDomain: string
}

export function createRouteTable(deps: RouteTableDeps): RouteTable {
  const present = (): RouteDesire[] => deps.routes().filter((route) => route.present && route.spec !== null)
  const find = (host: string): RouteDesire | undefined => present().find((route) => route.spec?.host === host)
  const healthy = (ids: readonly string[]): string[] => ids.flatMap((id) => {
    const instance = deps.instances().get(id)
    const address = instance && isRoutable(instance) ? deps.edgeAddress(instance) : null
    return address ?? []
  })
  return {
    addresses(host) {
      const target = find(host)?.spec?.target
      return target === undefined || target === 'portal' ? null : healthy(target.instances)
    },
    isKnown: (host) => host === deps.domain || host === 'localhost' || find(host) !== undefined,
    customHosts: () => present()
      .filter((route) => route.spec?.target !== 'portal' && !underAppsDomain(route.spec?.host ?? '', deps.appsDomain))
      .map((route) => route.spec?.host ?? '').sort(),
    live: (routeId) => present().some((route) => route.id === routeId),
  }
}

/** One label below the apps domain, as a wildcard certificate and Caddy's host matcher see it. */
export const underAppsDomain = (host: string, appsDomain: string): boolean =>
  host.endsWith(`.${appsDomain}`) && !host.slice(0, -appsDomain.length - 1).includes('.')
