/** Pure: routes of hosts that want more than their instances. Caddy walks routes one after the other, so they are held in groups that are found fast. */
import type { HeaderChanges, SpecialRoute } from '../../route.ts'
import type { Json } from './json.ts'
import type { Proxy } from './upstreams.ts'

/** From a hundred names on Caddy's host matcher searches a sorted list instead of walking it. */
const GROUP = 128


export function specialRoutes(special: readonly SpecialRoute[], proxy: Proxy): Json[] {
  // A name of its own wins over the wildcard above it.
  const ordered = [...special.filter(wantsRoute)].sort((a, b) => Number(a.host.startsWith('*')) - Number(b.host.startsWith('*')))
  const groups: SpecialRoute[][] = []
  for (const [at, route] of ordered.entries()) (groups[Math.floor(at / GROUP)] ??= []).push(route)
  return groups.map((group) => ({
    match: [{ host: group.map(({ host }) => host) }], terminal: true,
    handle: [{ handler: 'subroute', routes: group.map((route) => hostRoute(route, proxy)) }],
  }))
}

/** One that only brings a certificate is served as all others are. */
const wantsRoute = ({ redirect, paths, requestHeaders, responseHeaders }: SpecialRoute): boolean =>
  redirect !== null || paths.length > 0 || requestHeaders !== null || responseHeaders !== null

const hostRoute = (route: SpecialRoute, proxy: Proxy): Json => ({
  match: [{ host: [route.host] }], terminal: true,
  handle: [{ handler: 'subroute', routes: [...headerRoute(route), ...endRoutes(route, proxy)] }],
})

function headerRoute({ requestHeaders, responseHeaders }: SpecialRoute): Json[] {
  if (!requestHeaders && !responseHeaders) return []
  const request = requestHeaders ? { request: changes(requestHeaders) } : {}
  const response = responseHeaders ? { response: { ...changes(responseHeaders), deferred: true } } : {}
  return [{ handle: [{ handler: 'headers', ...request, ...response }] }]
}

const changes = ({ set, remove }: HeaderChanges): { [key: string]: Json } => ({
  ...(Object.keys(set).length > 0 ? { set: Object.fromEntries(Object.entries(set).map(([name, value]) => [name, [value]])) } : {}),
  ...(remove.length > 0 ? { delete: remove } : {}),
})

function endRoutes({ redirect, paths }: SpecialRoute, proxy: Proxy): Json[] {
  if (redirect) {
    const location = redirect.keepPath ? `${redirect.to.replace(/\/$/, '')}{http.request.uri}` : redirect.to
    return [{ handle: [{ handler: 'static_response', status_code: redirect.status, headers: { Location: [location] } }] }]
  }
  const longestFirst = [...paths].sort((a, b) => b.path.length - a.path.length)
  return [...longestFirst.map((path) => pathRoute(path, proxy)), { handle: [proxy('{http.request.host}')] }]
}

const pathRoute = ({ path, stripPrefix, name }: SpecialRoute['paths'][number], proxy: Proxy): Json => ({
  match: [{ path: [path, `${path}/*`] }], terminal: true,
  handle: [...(stripPrefix ? [{ handler: 'rewrite', strip_path_prefix: path }] : []), proxy(name)],
})
