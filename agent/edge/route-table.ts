/** Which host is served by which addresses right now: derived from desires and verdicts, never stored. */
import type { RemoteInstance, RouteObjectSpec } from '../../server/contract/node-api/v1.ts'
import { MOST_UPSTREAMS, type AddressShare, type EdgeHosts, type ServedNames, type SpecialRoute } from '../drivers/route.ts'
import { isRoutable, isStarting, type Instance } from '../reconcile/instance.ts'
import type { RouteDesire } from '../state/desired-table.ts'
import { pick, type Candidate } from './pick.ts'
import type { Standing } from './waiting-room.ts'

type Spec = Omit<RouteObjectSpec, 'secrets'>
type Target = Exclude<Spec['target'], 'portal'>

export interface RouteTable {
  /** What the edge's resolver is told. */
  resolve(host: string): string[]
  /** Whether a visitor waits before that is asked. */
  standing(name: string, again: boolean): Standing
  /** Instances that may serve it. */
  behind(name: string): readonly string[]
  /** Those on other nodes. */
  elsewhere(name: string): readonly RemoteInstance[]
  isApp(host: string): boolean
  /** Whose requests these are when no instance answered them. */
  appOf(host: string): string | null
  /** Instances among which requests are divided in shares: what each of them answers is told apart. */
  divided(): ReadonlySet<string>
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

/** What is known of other nodes. */
export interface OtherNodes {
  /** Addresses of their edges. */
  addresses(): readonly string[]
  /** The address of the edge here among them. */
  own(): string
  /** Those of the others, by their nodes. */
  edges(): ReadonlyMap<string, string>
  /** It did not answer lately. */
  isSilent(nodeId: string): boolean
  /** The network has a way to this address of an instance. */
  isReached(address: string): boolean
  /** One that may sleep there was asked for, and does not. */
  mayDial(address: string): boolean
}

export interface RouteTableDeps {
  routes: () => ReadonlyMap<string, RouteDesire>
  /** Private key of the certificate that came with a route. */
  keyOf: (routeId: string) => string | null
  instances: () => ReadonlyMap<string, Instance>
  edgeAddress: (instance: Instance) => string | null
  others: () => OtherNodes
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
  const targetOf = (name: string): Target | null => {
    const [, at, host = name] = PATH_NAME.exec(name) ?? []
    const spec = find(host)
    const target = at === undefined ? spec?.target : spec?.paths?.[Number(at)]?.target
    return target === undefined || target === 'portal' ? null : target
  }
  return {
    /** While an instance is on its way the edge gets no address and waits; otherwise a page says that there is none. */
    resolve(name) {
      const target = targetOf(name)
      if (target === null) return [deps.fallbackAddress]
      const { all, some } = sidesOf(target, deps)
      if (all.length > 0) return target.share ? oneSide(all, some, target.share.percent) : all
      return starts(target, deps) ? [] : [deps.fallbackAddress]
    },
    standing(name, again) {
      const target = targetOf(name)
      if (target === null) return 'ready'
      const { sure, unsure } = servingOf(target, deps)
      if (sure.length > 0 || (unsure.length > 0 && !again)) return 'ready'
      if (starts(target, deps)) return 'starting'
      return unsure.length > 0 ? 'gone' : 'ready'
    },
    behind: (name) => targetOf(name)?.instances ?? [],
    elsewhere: (name) => targetOf(name)?.remote ?? [],
    isApp: (host) => targetOf(host) !== null,
    appOf: (host) => find(host)?.app_id ?? null,
    isPaused: (host) => targetOf(host)?.instances.length === 0,
    divided: () => divided(deps.routes()),
    isOurs: (host) => underAppsDomain(host, deps.appsDomain),
    isKnown: (host) => host === deps.domain || host === 'localhost' || (deps.publicAuthority ? exact(host) : find(host)) !== null,
    edgeHosts: () => edgeHosts(deps),
    served: () => served(deps),
  }
}

/** Each answer holds for half a second: now and then it names those who get a share. */
const oneSide = (all: string[], some: string[], percent: number): string[] => {
  const side = Math.random() * 100 < percent ? some : all.filter((address) => !some.includes(address))
  return side.length > 0 ? side : all
}

type Nearby = Pick<RouteTableDeps, 'instances' | 'edgeAddress' | 'others'>

/** Some of a target's instances, wherever they run. */
const partOf = ({ remote = [] }: Target, ids: readonly string[]): Target =>
  ({ instances: [...ids], remote: remote.filter(({ id }) => ids.includes(id)) })

const localOf = ({ instances: ids }: Target, { instances }: Nearby): Instance[] => ids.flatMap((id) => instances().get(id) ?? [])
const isSure = ({ state, node_id: nodeId }: RemoteInstance, { others }: Nearby): boolean => state === 'serving' && !others().isSilent(nodeId)

/** Not told to be awake lately. */
const isUnasked = ({ sleeps, address }: RemoteInstance, { others }: Nearby): boolean => sleeps === true && !others().mayDial(address)

const mayBeAsleep = (one: RemoteInstance, deps: Nearby): boolean => isUnasked(one, deps) && one.state !== 'doubtful' && !deps.others().isSilent(one.node_id)

/** Of a machine that does not answer, what was not known to be awake is not dialled in the hope that it is: its visitors would wait for nothing. */
const isLost = (one: RemoteInstance, deps: Nearby): boolean => isUnasked(one, deps) && deps.others().isSilent(one.node_id)

interface Serving { id: string; address: string; node: string | null }

/** All that serve, here and elsewhere, with even shares. Those nobody is sure of only where nobody else is left: they may serve as well as ever. */
function addressesOf(target: Target, deps: Nearby): string[] {
  const { sure, unsure } = servingOf(target, deps)
  return fewEnough(sure.length > 0 ? sure : unsure, deps)
}

function servingOf(target: Target, deps: Nearby): { sure: Serving[]; unsure: Serving[] } {
  const here = localOf(target, deps).filter(isRoutable).flatMap((instance): Serving[] => {
    const address = deps.edgeAddress(instance)
    return address === null ? [] : [{ id: instance.id, address, node: null }]
  })
  const elsewhere = (target.remote ?? []).filter((one) => one.state !== 'starting' && deps.others().isReached(one.address) && !mayBeAsleep(one, deps) && !isLost(one, deps))
  const known = (some: RemoteInstance[]): Serving[] => some.map(({ id, address, node_id: node }) => ({ id, address, node }))
  return { sure: [...here, ...known(elsewhere.filter((one) => isSure(one, deps)))], unsure: known(elsewhere.filter((one) => !isSure(one, deps))) }
}

/** Of a great app each edge has some, and all edges together have all. */
function fewEnough(serving: readonly Serving[], { others }: Nearby): string[] {
  if (serving.length <= MOST_UPSTREAMS) return serving.map(({ address }) => address)
  const [own, edges] = [others().own(), others().edges()]
  const addresses = new Map(serving.map(({ id, address }) => [id, address]))
  const candidates = serving.map(({ id, node }): Candidate => ({ id, edge: node === null ? own : edges.get(node) ?? null }))
  return pick(own, [...edges.values()], candidates, MOST_UPSTREAMS).flatMap(({ id }) => addresses.get(id) ?? [])
}

/** Both sides of a share are chosen for themselves, or a great app's few new instances might be none of those chosen. */
function sidesOf(target: Target, deps: Nearby): { all: string[]; some: string[] } {
  const { share, instances } = target
  if (!share) return { all: addressesOf(target, deps), some: [] }
  const some = addressesOf(partOf(target, share.instances), deps)
  return { all: [...addressesOf(partOf(target, instances.filter((id) => !share.instances.includes(id))), deps), ...some], some }
}

const starts = (target: Target, deps: Nearby): boolean =>
  localOf(target, deps).some(isStarting) || (target.remote ?? []).some((one) => one.state === 'starting' || !deps.others().isReached(one.address) || mayBeAsleep(one, deps))

function divided(routes: ReadonlyMap<string, RouteDesire>): Set<string> {
  const targets = [...routes.values()].flatMap(({ spec }) => (spec ? [spec.target, ...(spec.paths ?? []).map(({ target }) => target)] : []))
  return new Set(targets.flatMap((target) => (target !== 'portal' && target.share ? target.instances : [])))
}

/** Paths below a wildcard are left to our DNS: their names hold the visitor's host. */
function served(deps: RouteTableDeps): ServedNames {
  const { routes, domain } = deps
  const upstreams = new Map<string, string[]>()
  const shares = new Map<string, AddressShare>()
  const point = (name: string, target: Target): void => {
    const { all, some } = sidesOf(target, deps)
    upstreams.set(name, all)
    if (target.share) shares.set(name, { addresses: some, percent: target.share.percent })
  }
  const certificates = new Set([domain, 'localhost'])
  for (const { present, spec } of routes().values()) {
    if (!present || !spec) continue
    const wildcard = spec.host.startsWith('*.')
    if (!wildcard) certificates.add(spec.host)
    if (spec.target === 'portal') continue
    point(wildcard ? `_w${spec.host.slice(1)}` : spec.host, spec.target)
    if (wildcard) continue
    for (const [at, { target }] of (spec.paths ?? []).entries()) point(`_p${at}.${spec.host}`, target)
  }
  return { upstreams, shares, certificates: [...certificates] }
}

function edgeHosts({ routes, keyOf, domain, others }: RouteTableDeps): EdgeHosts {
  const present = [...routes().values()].flatMap(({ id, present: there, spec }) => (there && spec ? [{ id, spec }] : []))
  const portal = present.filter(({ spec }) => spec.target === 'portal').map(({ spec }) => spec.host)
  return {
    portalHosts: [...new Set([domain, 'localhost', ...portal])].sort(), ...(others().addresses().length > 0 ? { shared: true } : {}),
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
