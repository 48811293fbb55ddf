import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import https from 'node:https'
import path from 'node:path'
import readline from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { EDGE_PORT } from '../../agent/drivers/network.ts'
import { createCaddyAdmin } from '../../agent/drivers/route/caddy/admin.ts'
import { createCaddyRoutes } from '../../agent/drivers/route/caddy/driver.ts'
import { silentLogger } from '../../agent/runtime/log.ts'
import { createTestCaddy } from '../../agent/testing/caddy.ts'
import { dropHostFolder, makeHostFolder } from '../up/host-folder.ts'
import { cpuSeconds } from './proc.ts'
import type { Figure } from './report.ts'

const PORTS = { https: 25_821, http: 25_822, dns: 25_823, ask: 25_824, portal: 25_825 }
const APPS_DOMAIN = 'apps.localhost'
const CONNECTIONS = 32
const MEASURE_MS = 6_000
const ROUNDS = 3

export const addressAt = (at: number): string => `127.101.${at >> 8}.${at & 255}`
const hostAt = (at: number): string => `h${at}.${APPS_DOMAIN}`

export async function startServers(count: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'many-server.ts'), String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const _ of readline.createInterface({ input: child.stdout })) return child
  throw new Error('the instances did not start')
}

interface Round { perSecond: number; cpuUs: number }

/** Over kept connections. */
async function visit(hosts: Iterator<number>, pid: number): Promise<Round> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false })
  const ask = (at: number): Promise<void> => new Promise((resolve, reject) => {
    const host = hostAt(at)
    https.get({ host: '127.0.0.1', port: PORTS.https, servername: hostAt(0), headers: { host }, agent }, (response) => {
      response.resume().once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${host} answered ${response.statusCode}`))))
    }).once('error', reject)
  })
  const [from, cpu] = [performance.now(), cpuSeconds(pid)]
  let count = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (let next = hosts.next(); !next.done; next = hosts.next()) {
      await ask(next.value)
      count += 1
    }
  }))
  const seconds = (performance.now() - from) / 1000
  agent.destroy()
  return { perSecond: count / seconds, cpuUs: (cpuSeconds(pid) - cpu) * 1e6 / count }
}

/** As visitors of thousands of sites come. */
function* random(hosts: number): Generator<number> {
  for (const from = performance.now(); performance.now() - from < MEASURE_MS;) yield Math.floor(Math.random() * hosts)
}

type Way = 'ours' | 'map' | 'oursToOne' | 'one'
/** Each of the hosts has an instance of its own, or one instance has them all, so that finding it is all that differs from a fixed upstream. */
const addressOf = (way: Way, at: number): string => addressAt(way === 'ours' || way === 'map' ? at : 0)

/** Plain Caddy: one route that finds the upstream of each host in a list, the quickest it has for thousands; or one fixed upstream. */
function plainConfig(config: unknown, way: Way, hosts: number): unknown {
  const plain = structuredClone(config) as { apps: { http: { servers: { edge: { routes: unknown[] } } } } }
  const proxy = (dial: string): object => ({ handler: 'reverse_proxy', upstreams: [{ dial }] })
  const mappings = Array.from({ length: hosts }, (_, at) => ({ input: hostAt(at), outputs: [`${addressOf(way, at)}:${EDGE_PORT}`] }))
  plain.apps.http.servers.edge.routes = [{ handle: way === 'map'
    ? [{ handler: 'map', source: '{http.request.host}', destinations: ['{upstream}'], mappings }, proxy('{upstream}')]
    : [proxy(`${addressAt(0)}:${EDGE_PORT}`)] }]
  return plain
}

type Edge = ReturnType<typeof createTestCaddy>

/** With instances of its own, so that none has the connections of the round before. */
async function oneRound(caddy: Edge, routes: ReturnType<typeof createCaddyRoutes>, way: Way, hosts: number): Promise<Round> {
  const servers = await startServers(hosts)
  try {
    routes.point({ upstreams: new Map(Array.from({ length: hosts }, (_, at) => [hostAt(at), [addressOf(way, at)]])), certificates: [] })
    await routes.apply({ portalHosts: ['console.localhost'], special: [] })
    const admin = createCaddyAdmin(caddy.options.adminSocket)
    if (way === 'one' || way === 'map') await admin.load(plainConfig(await admin.config(), way, hosts))
    await sleep(1_000)
    await visit(Array.from({ length: hosts }, (_, at) => at).values(), caddy.pid())
    return await visit(random(hosts), caddy.pid())
  } finally {
    servers.kill('SIGKILL')
    await once(servers, 'exit')
  }
}

/** In turn, so that a busy machine is busy for all; the best of each. */
export async function measureEdgeRequests(hosts: number): Promise<Figure[]> {
  const caddy = createTestCaddy(PORTS)
  const rounds: Record<Way, Round[]> = { ours: [], map: [], oursToOne: [], one: [] }
  try {
    await caddy.start()
    makeHostFolder(caddy.options.storage)
    const routes = createCaddyRoutes(caddy.options, silentLogger)
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of ['one', 'oursToOne', 'map', 'ours'] as const) rounds[way].push(await oneRound(caddy, routes, way, hosts))
    }
  } finally {
    dropHostFolder(caddy.options.storage)
    await caddy.close()
  }
  const perSecond = (way: Way): number => Math.max(...rounds[way].map((round) => round.perSecond))
  const cpuUs = (way: Way): number => Math.min(...rounds[way].map((round) => round.cpuUs))
  const [what, fixed] = ['plain Caddy with the same hosts in a list', 'plain Caddy, one fixed upstream']
  return [
    { what: `requests over TLS to ${hosts} hosts at random`, value: perSecond('ours'), unit: 'req/s', reference: { what, value: perSecond('map') }, target: `>= ${Math.round(perSecond('map') * 0.9)}` },
    { what: `processor time of the edge per request, ${hosts} hosts`, value: cpuUs('ours'), unit: 'us', reference: { what, value: cpuUs('map') } },
    { what: `requests over TLS to ${hosts} hosts of one instance`, value: perSecond('oursToOne'), unit: 'req/s', reference: { what: fixed, value: perSecond('one') }, target: `>= ${Math.round(perSecond('one') * 0.9)}` },
    { what: `processor time of the edge per request, ${hosts} hosts of one instance`, value: cpuUs('oursToOne'), unit: 'us', reference: { what: fixed, value: cpuUs('one') } },
  ]
}
