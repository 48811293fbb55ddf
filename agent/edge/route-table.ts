/** Which host is served by which addresses right now: derived from desires and verdicts, never stored. */
import type { RouteObjectSpec } from '../../server/contract/node-api/v1.ts'
import type { EdgeHosts, ServedNames, SpecialRoute } from '../drivers/route.ts'
import { isRoutable, isStarting, type Instance } from '../reconcile/instance.ts'
import type { RouteDesire } from '../state/desired-table.ts'

type Spec = Omit<RouteObjectSpec, 'secrets'>

export interface RouteTable {
  /** What the edge's resolver is told. */
  resolve(host: string): string[]
  /** Instances that may serve it. */
  behind(name: string): readonly string[]
  isApp(host: string): boolean
  /** Whose requests these are when no instance answered them. */
  appOf(host: string): string | null
  /** An app that nothing is meant to run of. */
  isPaused(host: string): boolean
  /** Under the apps domain every name is ours, used or not. */
  isOurs(host: string): boolean
  /** May the edge obtain a certificate for this host? */
  isKnown(host: string): boolean
  edgeHosts(): EdgeHosts
  /** What the edge finds without asking us. */
  served(): ServedNames
}

export interface RouteTableDeps {
  routes: () => ReadonlyMap<string, RouteDesire>
  /** Private key of the certificate that came with a route. */
  keyOf: (routeId: string) => string | null
  instances: () => ReadonlyMap<string, Instance>
  edgeAddress: (instance: Instance) => string | null
  domain: string
  appsDomain: string
  /** Certificates come from a public authority that counts them: none for names that only a wildcard covers. */
  publicAuthority: boolean
  /** Where the fallback pages are served. */
  fallbackAddress: string
}

/** Of the path with this place in the host's list, as our DNS is asked for it. No host name begins with an underscore. */
const PATH_NAME = /^_p(\d+)\.(.+)$/
const pathName = (at: number): string => `_p${at}.{http.request.host}`

const wildcardOver = (host: string): string => `*${host.slice(host.indexOf('.'))}`

export function createRouteTable(deps: RouteTableDeps): RouteTable {
  const exact = (host: string): Spec | null => {
    const route = deps.routes().get(host)
    return route?.present ? route.spec : null
  }
  const find = (host: string): Spec | null => exact(host) ?? (host.includes('.') ? exact(wildcardOver(host)) : null)
  const targets = (name: string): string[] | null => {
    const [, at, host = name] = PATH_NAME.exec(name) ?? []
    const spec = find(host)
    const target = at === undefined ? spec?.target : spec?.paths?.[Number(at)]?.target
    return target === undefined || target === 'portal' ? null : target.instances
  }
  const routable = (ids: readonly string[]): string[] =>
    ids.flatMap((id) => deps.instances().get(id) ?? []).filter(isRoutable).flatMap((instance) => deps.edgeAddress(instance) ?? [])
  return {
    /** While an instance is on its way the edge gets no address and waits; otherwise a page says that there is none. */
    resolve(name) {
      const ids = targets(name)
      if (ids === null) return [deps.fallbackAddress]
      const addresses = routable(ids)
      if (addresses.length > 0) return addresses
      return ids.some((id) => starts(deps.instances().get(id))) ? [] : [deps.fallbackAddress]
    },
    behind: (name) => targets(name) ?? [],
    isApp: (host) => targets(host) !== null,
    appOf: (host) => find(host)?.app_id ?? null,
    isPaused: (host) => targets(host)?.length === 0,
    isOurs: (host) => underAppsDomain(host, deps.appsDomain),
    isKnown: (host) => host === deps.domain || host === 'localhost' || (deps.publicAuthority ? exact(host) : find(host)) !== null,
    edgeHosts: () => edgeHosts(deps),
    served: () => served(deps, routable),
  }
}

const starts = (instance: Instance | undefined): boolean => instance !== undefined && isStarting(instance)

/** Paths below a wildcard are left to our DNS: their names hold the visitor's host. */
function served({ routes, domain }: RouteTableDeps, routable: (ids: readonly string[]) => string[]): ServedNames {
  const upstreams = new Map<string, string[]>()
  const certificates = new Set([domain, 'localhost'])
  for (const { present, spec } of routes().values()) {
    if (!present || !spec) continue
    const wildcard = spec.host.startsWith('*.')
    if (!wildcard) certificates.add(spec.host)
    if (spec.target === 'portal') continue
    upstreams.set(wildcard ? `_w${spec.host.slice(1)}` : spec.host, routable(spec.target.instances))
    if (wildcard) continue
    for (const [at, { target }] of (spec.paths ?? []).entries()) upstreams.set(`_p${at}.${spec.host}`, routable(target.instances))
  }
  return { upstreams, certificates: [...certificates] }
}

function edgeHosts({ routes, keyOf, domain }: RouteTableDeps): EdgeHosts {
  const present = [...routes().values()].flatMap(({ id, present: there, spec }) => (there && spec ? [{ id, spec }] : []))
  const portal = present.filter(({ spec }) => spec.target === 'portal').map(({ spec }) => spec.host)
  return {
    portalHosts: [...new Set([domain, 'localhost', ...portal])].sort(),
    special: present.flatMap(({ id, spec }) => special(spec, () => keyOf(id)) ?? []).sort((a, b) => (a.host < b.host ? -1 : 1)),
  }
}

/** Null for a host that asks for nothing but its instances. */
function special(spec: Spec, key: () => string | null): SpecialRoute | null {
  const { host, redirect, paths = [], request_headers: requestHeaders = null, response_headers: responseHeaders = null, certificate } = spec
  if (!redirect && paths.length === 0 && !requestHeaders && !responseHeaders && !certificate) return null
  const privateKey = certificate ? key() : null
  return {
    host, requestHeaders, responseHeaders,
    redirect: redirect ? { to: redirect.to, status: redirect.status, keepPath: redirect.keep_path } : null,
    paths: paths.map(({ path, strip_prefix: stripPrefix }, at) => ({ path, stripPrefix, name: pathName(at) })),
    certificate: certificate && privateKey ? { chain: certificate.chain, key: privateKey } : null,
  }
}

/** One label below the apps domain, as a wildcard certificate sees it. */
const underAppsDomain = (host: string, appsDomain: string): boolean =>
  host.endsWith(`.${appsDomain}`) && !host.slice(0, -appsDomain.length - 1).includes('.')
