/** Pure: the edge's whole configuration. It knows no instance and no plain host, so it changes only with listeners and special hosts. */
import type { EdgeConfig } from '../../../config.ts'
import { CHALLENGE_PATH, RELAYED } from '../../../edge/challenge-relay.ts'
import type { EdgeHosts } from '../../route.ts'
import type { CertificateFiles } from './certificates.ts'
import type { Json } from './json.ts'
import { appDownPage, consoleDownPage } from './pages.ts'
import { hostFolders } from './host-files.ts'
import { specialRoutes } from './special.ts'
import { appProxy } from './upstreams.ts'

export interface CaddyOptions extends Omit<EdgeConfig, 'storage'> {
  storage: string
  dnsPort: number
  /** Of the agent, for names that no file names. */
  askUpstream: string
  portalUpstream: string
  /** The portal is on another machine: who it must prove to be. */
  portalTls?: PortalProof | null
}

/** `roots`: DER in base64; in the configuration itself, because the edge cannot read the agent's files. Null: the system's. */
export interface PortalProof { name: string; roots: string[] | null }

export function caddyConfig(options: CaddyOptions, hosts: EdgeHosts, certificates: readonly CertificateFiles[]): Json {
  const { httpsPort, httpPort } = options
  const proxy = appProxy(options)
  return {
    admin: { listen: `unix/${options.adminSocket}` },
    storage: { module: 'file_system', root: options.storage },
    // An app without a healthy instance is our news to tell, not a line for each attempt of each visitor.
    logging: { logs: { default: { level: 'WARN', exclude: ['http.handlers.reverse_proxy'] } } },
    apps: {
      http: {
        http_port: httpPort,
        https_port: httpsPort,
        grace_period: '10s',
        servers: {
          edge: {
            listen: [`:${httpsPort}`],
            automatic_https: { disable: true },
            tls_connection_policies: [{ default_sni: options.domain }],
            routes: [noPathRoute, ...specialRoutes(hosts.special, proxy), consoleRoute(options, hosts.portalHosts), { handle: [proxy('{http.request.host}')] }],
            errors: { routes: [consoleErrorRoute(hosts.portalHosts), { handle: [errorPage(appDownPage)] }] },
          },
          ask: { listen: [`127.0.0.1:${options.askPort}`], automatic_https: { disable: true }, routes: askRoutes(options) },
          plain: {
            listen: [`:${httpPort}`],
            automatic_https: { disable: true },
            routes: [...(options.acme ? [challengeRoute(options)] : []), { handle: [{ handler: 'static_response', status_code: 308, headers: { Location: [httpsLocation(httpsPort)] } }] }],
          },
        },
      },
      pki: { certificate_authorities: { local: { name: 'ShellWeGo local CA', install_trust: false } } },
      tls: tls(options, certificates, hosts.shared ?? false),
    },
  }
}

/** Caddy has answered before, where the order is its own; else the agent asks the other edges, once. */
const challengeRoute = ({ askUpstream }: CaddyOptions): Json => ({
  match: [{ path: [`${CHALLENGE_PATH}*`], not: [{ header: { [RELAYED]: ['*'] } }] }], terminal: true, handle: [{ handler: 'reverse_proxy', upstreams: [{ dial: askUpstream }] }],
})

const httpsLocation = (port: number): string => `https://{http.request.host}${port === 443 ? '' : `:${port}`}{http.request.uri}`

/** A host is looked for as a folder: it must be a name, and none of those that begin with an underscore, which are for us. */
const noPathRoute: Json = {
  match: [{ header_regexp: { Host: { pattern: '^[._]|[/\\\\]' } } }], terminal: true, handle: [{ handler: 'static_response', status_code: 400 }],
}

/** May a certificate be made? Asked for each handshake whose certificate is not in memory: it must not need a process of ours. */
const askRoutes = (options: CaddyOptions): Json[] => [
  { match: [{ file: { root: hostFolders(options.storage).known, try_files: ['/{http.request.uri.query.domain}'] } }], terminal: true, handle: [{ handler: 'static_response', status_code: 200 }] },
  { handle: [{ handler: 'reverse_proxy', upstreams: [{ dial: options.askUpstream }] }] },
]

/** Under its names, and under plain addresses of the machine. Every other host is an app's, or nobody's. */
const consoleMatch = (hosts: string[]): Json => [{ host: hosts }, { header_regexp: { Host: { pattern: '^([0-9.]+|\\[[0-9a-fA-F:.]+\\])(:[0-9]+)?$' } } }]

/** The portal takes the host from `Host` alone and checks it itself; a client's `X-Forwarded-Host` must not reach it. */
const consoleRoute = (options: CaddyOptions, hosts: string[]): Json => ({
  match: consoleMatch(hosts),
  terminal: true,
  handle: [
    { handler: 'headers', response: { set: securityHeaders(options) } },
    ...(options.portalTls ? [noWayRound] : []),
    {
      handler: 'reverse_proxy',
      upstreams: [{ dial: options.portalUpstream }],
      headers: { request: { set: { Host: ['{http.request.hostport}'], ...(options.portalTls ? { [RELAYED]: ['1'] } : {}) }, delete: ['X-Forwarded-Host'] } },
      load_balancing: { try_duration: '5s', try_interval: '100ms' },
      ...(options.portalTls ? { transport: { protocol: 'http', tls: trust(options.portalTls) } } : {}),
    },
  ],
})

const trust = ({ name, roots }: PortalProof): Json => ({ server_name: name, ...(roots === null ? {} : { root_ca_pool: roots }) })

/** The console's name may lead to this very edge: a request that an edge passed on already is not passed on again. */
const noWayRound: Json = {
  handler: 'subroute', routes: [{ match: [{ header: { [RELAYED]: ['*'] } }], handle: [{ handler: 'error', status_code: '508', error: 'the console is not here' }] }],
}

const consoleErrorRoute = (hosts: string[]): Json => ({ match: consoleMatch(hosts), terminal: true, handle: [errorPage(consoleDownPage)] })

function securityHeaders(options: CaddyOptions): { [name: string]: string[] } {
  const always = { 'X-Content-Type-Options': ['nosniff'], 'X-Frame-Options': ['DENY'], 'Referrer-Policy': ['strict-origin-when-cross-origin'] }
  return options.acme ? { ...always, 'Strict-Transport-Security': ['max-age=31536000'] } : always
}

const errorPage = (page: string): Json => ({
  handler: 'static_response',
  status_code: '{http.error.status_code}',
  headers: { 'Content-Type': ['text/html; charset=utf-8'], 'Cache-Control': ['no-store'], 'Retry-After': ['5'] },
  body: page,
})

function tls(options: CaddyOptions, own: readonly CertificateFiles[], shared: boolean): Json {
  const common = options.acme ? { issuers: [acmeIssuer(options.acme, shared)] } : { issuers: [{ module: 'internal' }], disable_ocsp_stapling: true }
  // A wildcard needs no proof of ownership from our own CA; from a public one every host gets its own.
  const named = options.acme ? [options.domain] : [options.domain, options.appsDomain, `*.${options.appsDomain}`, 'localhost', '127.0.0.1']
  return {
    certificates: { automate: named, ...(own.length > 0 ? { load_files: own.map(({ certificate, key }) => ({ certificate, key })) } : {}) },
    automation: {
      policies: [{ subjects: named, ...common }, { on_demand: true, ...common }],
      on_demand: { ask: `http://127.0.0.1:${options.askPort}/` },
    },
  }
}

/** A proof over TLS cannot be passed on to the edge that ordered; one over HTTP can. */
const acmeIssuer = (acme: NonNullable<EdgeConfig['acme']>, shared: boolean): Json => ({
  module: 'acme', email: acme.email, ...(acme.ca ? { ca: acme.ca } : {}), ...(acme.caRoot ? { trusted_roots_pem_files: [acme.caRoot] } : {}),
  ...(shared ? { challenges: { 'tls-alpn': { disabled: true } } } : {}),
})
