/** Pure: how a request finds its instance. First by the name of a file, which needs nobody; then the agent is asked, which waits for those on their way. */
import { SHARE_PLACES } from '../../../../server/contract/canary.ts'
import { WAIT_PATH } from '../../../edge/waiting-room.ts'
import { EDGE_PORT } from '../../network.ts'
import { hostFolders, PLACES } from './host-files.ts'
import type { Json } from './json.ts'

/** What a host's requests end in; `name` is what files are looked for under, and what our DNS is asked. */
export type Proxy = (name: string) => Json

const PARENT = '_w.{http.regexp.parent.1}'
/** Caddy keeps 32 by itself, but 2 where anything else of this is set: the third visitor of an app would wait for a new connection each time. */
const TRANSPORT: Json = { protocol: 'http', dial_timeout: '2s', keep_alive: { idle_timeout: '30s', max_idle_conns_per_host: 32 } }
const placesOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `{upstream.${at}}`)

export interface UpstreamOptions { storage: string; dnsPort: number; askUpstream: string }

/** Nobody took the connection, or there was nobody to dial: so nobody has seen the request. */
const failedAs = (pattern: string): Json => [{ vars_regexp: { '{http.error.message}': { pattern } } }]
const NOBODY = failedAs(`^(no upstreams available|dial [^ ]+ [^ ]+:${EDGE_PORT}:)`)
/** Or the agent itself is away, for longer than a visitor waits. */
const NOBODY_YET = failedAs('^(no upstreams available|dial )')
/** For the request log: what Caddy remembers of an answer by then was the agent's. */
export const UNANSWERED = 'unanswered'
const failing = (error: string, status: string): { handle: Json[] } =>
  ({ handle: [{ handler: 'vars', [UNANSWERED]: '1' }, { handler: 'error', error, status_code: status }] })
const ENDS: Json[] = [{ match: NOBODY_YET, terminal: true, ...failing('nobody took it', '503') }, failing('{http.error.message}', '{http.error.status_code}')]

export const appProxy = (options: UpstreamOptions): Proxy => (name) => ({
  handler: 'subroute',
  routes: [...fileRoutes(options, name), wildcardRoute(options), { handle: [askedProxy(options, name, '')] }],
  errors: { routes: [
    // The agent knows who serves by now, or waits for it. A third time would be more than a visitor has patience for.
    { match: NOBODY, terminal: true, handle: [{
      handler: 'subroute', routes: [{ handle: [askedProxy(options, name, '&again')] }],
      errors: { routes: ENDS },
    }] },
    ...ENDS,
  ] },
})

/** One label below, and only where the host is not known by itself: one whose app is paused is not its wildcard's. */
const wildcardRoute = (options: UpstreamOptions): Json => ({
  match: [{
    header_regexp: { Host: { name: 'parent', pattern: '^[a-z0-9_-]+[.]([a-z0-9._-]+)' } },
    not: [{ file: { root: hostFolders(options.storage).known, try_files: ['/{http.request.host}'] } }],
  }],
  handle: [{ handler: 'subroute', routes: fileRoutes(options, PARENT) }],
})

/** `one` holds an address as the name of its file, `many` and `split` a list of them with as many places as there are upstreams to choose from. */
function fileRoutes({ storage }: UpstreamOptions, name: string): Json[] {
  const { one, many, split } = hostFolders(storage)
  const found = (folder: string, file: string): Json => [{ file: { root: `${folder}/${name}`, try_files: [file] } }]
  return [
    // `relative` begins with a slash: together they are Caddy's way of writing an address.
    { match: found(one, '/*'), terminal: true, handle: [proxyTo([`tcp{http.matchers.file.relative}:${EDGE_PORT}`], {})] },
    { match: found(many, '/*'), terminal: true, handle: listProxy(listOf(PLACES), PLACES) },
    { match: found(split, '/*/*'), terminal: true, handle: listProxy(`${listOf(SHARE_PLACES / 2)}${listOf(SHARE_PLACES / 2)}`, SHARE_PLACES) },
  ]
}

const listOf = (count: number): string => `/${placesOf(count).map(() => '([0-9.]+)').join(',')}`

const listProxy = (pattern: string, count: number): Json => [
  {
    handler: 'map', source: '{http.matchers.file.relative}', destinations: placesOf(count),
    mappings: [{ input_regexp: `^${pattern}$`, outputs: placesOf(count).map((_, at) => `\${${at + 1}}`) }],
  },
  proxyTo(placesOf(count).map((place) => `${place}:${EDGE_PORT}`), { try_duration: '1s', try_interval: '50ms' }),
]

const proxyTo = (dials: string[], retry: { [key: string]: Json }): Json => ({
  handler: 'reverse_proxy', upstreams: dials.map((dial) => ({ dial })),
  load_balancing: { selection_policy: { policy: 'random' }, ...retry }, transport: TRANSPORT,
})

/** A question without the visitor's body, so that this is still there afterwards. Then our DNS knows who serves. */
const askedProxy = (options: UpstreamOptions, name: string, more: string): Json => ({
  handler: 'reverse_proxy',
  upstreams: [{ dial: options.askUpstream }],
  rewrite: { method: 'GET', uri: `${WAIT_PATH}?name=${name}${more}` },
  headers: { request: { delete: ['**'] } },
  // An agent that starts anew is away for a moment.
  load_balancing: { try_duration: '10s', try_interval: '50ms' },
  transport: { protocol: 'http', dial_timeout: '2s', keep_alive: { idle_timeout: '3s', max_idle_conns_per_host: 32 } },
  handle_response: [
    { match: { status_code: [204] }, routes: [{ handle: [dnsProxy(options, name)] }] },
    { routes: [failing('nobody is ready', '503')] },
  ],
})

/** The second try is for who was named half a second ago. */
const dnsProxy = ({ dnsPort }: UpstreamOptions, name: string): Json => ({
  handler: 'reverse_proxy',
  dynamic_upstreams: { source: 'a', name, port: String(EDGE_PORT), refresh: '500ms', resolver: { addresses: [`127.0.0.1:${dnsPort}`] } },
  load_balancing: { selection_policy: { policy: 'random' }, try_duration: '1s', try_interval: '100ms' },
  transport: TRANSPORT,
})
