/** The edge before a certificate authority of our own, in a network namespace where ports 80 and 443 are free. Prints what it saw as JSON. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { startDnsServer } from '../dns/server.ts'
import { createCaddyAdmin } from '../drivers/route/caddy/admin.ts'
import type { CaddyOptions } from '../drivers/route/caddy/config.ts'
import { createCaddyRoutes } from '../drivers/route/caddy/driver.ts'
import { hostFolders } from '../drivers/route/caddy/host-files.ts'
import { ChallengeRelay } from '../edge/challenge-relay.ts'
import { startAskServer } from '../edge/ask-server.ts'
import { silentLogger } from '../runtime/log.ts'

const dir = mkdtempSync(join(tmpdir(), 'acme-scene-'))
const children: ChildProcess[] = []
const known = new Set(['console.test', 'shop.test', 'alpn.test', 'late.test', 'two.test'])
const admin = { ca: join(dir, 'ca.sock'), edge: join(dir, 'edge.sock'), other: join(dir, 'other.sock') }
const caRoot = join(dir, 'ca/pki/authorities/local/root.crt')
const options: CaddyOptions = {
  adminSocket: admin.edge, storage: join(dir, 'edge'), httpsPort: 443, httpPort: 80, dnsPort: 10_053, askPort: 10_081, askUpstream: '127.0.0.3:10081', domain: 'console.test', appsDomain: 'apps.test',
  acme: { email: 'ops@console.test', ca: 'https://acme.test:8443/acme/local/directory', caRoot }, portalUpstream: '127.0.0.1:9',
}
/** Another node's, at which no authority arrives. */
const elsewhere: CaddyOptions = { ...options, adminSocket: admin.other, storage: join(dir, 'other'), httpsPort: 24_443, httpPort: 24_080, askPort: 10_083 }
const relay = new ChallengeRelay({ peers: () => ['127.0.0.9', '127.0.0.1'], port: elsewhere.httpPort, isKnown: (host) => known.has(host) })
const authority = {
  admin: { listen: `unix/${admin.ca}` }, storage: { module: 'file_system', root: join(dir, 'ca') },
  apps: {
    pki: { certificate_authorities: { local: { install_trust: false } } },
    http: { http_port: 8_080, https_port: 8_443, servers: { ca: {
      listen: [':8443'], automatic_https: { disable_redirects: true }, routes: [{ match: [{ host: ['acme.test'] }], handle: [{ handler: 'acme_server', ca: 'local' }] }],
    } } },
    tls: { certificates: { automate: ['acme.test'] }, automation: { policies: [{ issuers: [{ module: 'internal' }] }] } },
  },
}

function caddy(name: 'ca' | 'edge' | 'other', config: object): ChildProcess {
  const home = join(dir, `${name}-home`)
  for (const folder of [home, join(dir, name)]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(home, 'config.json'), JSON.stringify(config))
  const child = spawn('caddy', ['run', '--config', join(home, 'config.json')], { stdio: 'ignore', env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home } })
  children.push(child)
  return child
}

const end = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  child.once('exit', () => resolve())
  child.kill('SIGKILL')
})

async function until<T>(what: string, work: () => Promise<T | null>, limitMs = 30_000): Promise<T> {
  const limit = performance.now() + limitMs
  while (performance.now() < limit) {
    const found = await work().catch(() => null)
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`still waiting: ${what}`)
}

interface Seen { fingerprint: string; trusted: boolean; status: number }
/** A visitor who trusts the authority alone, with a handshake of their own. */
const visit = (host: string, port = 443): Promise<Seen> => new Promise((resolve, reject) => {
  const socket = connect({ host: '127.0.0.1', port, servername: host, ca: readFileSync(caRoot), rejectUnauthorized: false, timeout: 15_000 }, () => {
    const { fingerprint256: fingerprint } = socket.getPeerCertificate()
    socket.once('data', (data: Buffer) => {
      resolve({ fingerprint, trusted: socket.authorized, status: Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1] ?? 0) })
      socket.destroy()
    })
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  })
  socket.on('timeout', () => socket.destroy(new Error('no answer')))
  socket.on('error', reject)
})
const refused = (host: string): Promise<boolean> => visit(host).then(() => false, () => true)

type Config = { apps: { tls: { automation: { policies: Record<string, unknown>[] } } } }
async function withPolicies(change: (policy: Record<string, unknown>) => object): Promise<void> {
  const edge = createCaddyAdmin(admin.edge)
  const config = await edge.config() as Config
  config.apps.tls.automation.policies = config.apps.tls.automation.policies.map((policy) => ({ ...policy, ...change(policy) }))
  await edge.load(config)
}
/** Names nobody verified, asked for a hundred at a time. */
const FULL = process.env.SHELLWEGO_FULL === '1'
const FLOOD = FULL ? 10_000 : 300
const orders = (): number => readdirSync(join(dir, 'edge/certificates'), { recursive: true }).filter((file) => String(file).endsWith('.crt')).length

/** An app that runs has a file, so that its visitors need no agent. */
function serve(host: string, address: string): void {
  const folder = join(hostFolders(options.storage).one, host)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, address), '')
}

/** The authority finds the first edge at port 80; the order is the other's. */
async function orderElsewhere(): Promise<Seen> {
  const child = caddy('other', { admin: { listen: `unix/${admin.other}` } })
  const routes = createCaddyRoutes(elsewhere, silentLogger)
  await until('the other edge', async () => { await routes.apply({ portalHosts: ['console.test'], special: [], shared: true }); return true })
  const seen = await until('a certificate ordered elsewhere', () => visit('two.test', elsewhere.httpsPort))
  await end(child)
  return seen
}

async function play(): Promise<object> {
  let ca = caddy('ca', authority)
  caddy('edge', { admin: { listen: `unix/${admin.edge}` } })
  const backend: Server = createServer((_request, response) => response.end('app'))
  // Caddy's resolver reads the hosts file before it asks us, and the names have to be in there for the authority.
  await new Promise<void>((resolve) => backend.listen(10_080, '127.0.0.1', resolve))
  await startDnsServer({ address: '127.0.0.1', port: 10_053, ownSuffix: '', resolver: null, lookup: () => ['127.0.0.1'] })
  let ask = await startAskServer('127.0.0.3', 10_081, { isKnown: (host) => known.has(host), relay })
  serve('shop.test', '127.0.0.1')
  await until('the authority', async () => readFileSync(caRoot))
  const routes = createCaddyRoutes(options, silentLogger)
  await until('the edge', async () => { await routes.apply({ portalHosts: ['console.test'], special: [] }); return true })
  const http01 = await until('a certificate by HTTP-01', () => visit('shop.test'))
  const ordered = await orderElsewhere()
  // The edge has that one made by itself, whenever it gets to it.
  await until('the certificate of the console', () => visit('console.test'))
  const before = orders()
  const floods: boolean[] = []
  while (floods.length < FLOOD) floods.push(...await Promise.all(Array.from({ length: 100 }, (_, at) => refused(`stranger${floods.length + at}.test`))))
  const ordersByFlood = orders() - before
  await withPolicies(() => ({ renewal_window_ratio: 1 }))
  const renewed = await until('renewal', async () => { const seen = await visit('shop.test'); return seen.fingerprint === http01.fingerprint ? null : seen })
  await routes.apply({ portalHosts: ['console.test'], special: [] })
  const issuer = { module: 'acme', email: options.acme?.email, ca: options.acme?.ca, trusted_roots_pem_files: [caRoot] }
  await withPolicies(() => ({ issuers: [{ ...issuer, challenges: { http: { disabled: true } } }] }))
  const alpn01 = await until('a certificate by TLS-ALPN-01', () => visit('alpn.test'))
  await routes.apply({ portalHosts: ['console.test'], special: [] })
  const gone = new Promise((resolve) => ask.close(resolve))
  // The edge keeps its connections open for two minutes.
  ask.closeAllConnections()
  await gone
  const withoutAsk = { held: await visit('shop.test'), fresh: await refused('late.test') }
  ask = await startAskServer('127.0.0.3', 10_081, { isKnown: (host) => known.has(host), relay })
  await end(ca)
  const [lateRefused, ...neighbours] = await Promise.all([refused('late.test'), ...Array.from({ length: 20 }, () => visit('shop.test'))])
  // Caddy tries again after a minute.
  if (FULL) ca = caddy('ca', authority)
  const late = FULL ? await until('a certificate once the authority is back', () => visit('late.test'), 90_000) : null
  return {
    http01, ordered, floods: floods.filter(Boolean).length, ordersByFlood, renewed, alpn01, withoutAsk, lateRefused, late,
    neighbours: neighbours.map(({ status }) => status),
  }
}

play().then((seen) => process.stdout.write(JSON.stringify(seen)), (error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exitCode = 1
}).finally(async () => {
  await Promise.all(children.filter((child) => child.exitCode === null && child.signalCode === null).map(end))
  rmSync(dir, { recursive: true, force: true })
  process.exit()
})
