import { spawn, type ChildProcess } from 'node:child_process'
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
const WARM_MS = 4_000
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

/** Random hosts over kept connections, as visitors of thousands of sites are. */
async function visit(hosts: number, ms: number, pid: number): Promise<Round> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false })
  const once = (): Promise<void> => new Promise((resolve, reject) => {
    const host = hostAt(Math.floor(Math.random() * hosts))
    https.get({ host: '127.0.0.1', port: PORTS.https, servername: hostAt(0), headers: { host }, agent }, (response) => {
      response.resume().once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${host} answered ${response.statusCode}`))))
    }).once('error', reject)
  })
  const [from, cpu] = [performance.now(), cpuSeconds(pid)]
  let count = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (; performance.now() - from < ms; count++) await once()
  }))
  const seconds = (performance.now() - from) / 1000
  agent.destroy()
  return { perSecond: count / seconds, cpuUs: (cpuSeconds(pid) - cpu) * 1e6 / count }
}

/** The same Caddy with nothing but one fixed upstream. */
const plainConfig = (config: unknown): unknown => {
  const plain = structuredClone(config) as { apps: { http: { servers: { edge: { routes: unknown[] } } } } }
  plain.apps.http.servers.edge.routes = [{ handle: [{ handler: 'reverse_proxy', upstreams: [{ dial: `${addressAt(0)}:${EDGE_PORT}` }] }] }]
  return plain
}

/** Ours and plain in turn, so that a busy machine is busy for both; the quickest of each. */
export async function measureEdgeRequests(hosts: number): Promise<Figure[]> {
  const caddy = createTestCaddy(PORTS)
  const servers = await startServers(hosts)
  const best = { ours: { perSecond: 0, cpuUs: Infinity }, plain: { perSecond: 0, cpuUs: Infinity } }
  try {
    await caddy.start()
    makeHostFolder(caddy.options.storage)
    const routes = createCaddyRoutes(caddy.options, silentLogger)
    const admin = createCaddyAdmin(caddy.options.adminSocket)
    routes.point({ upstreams: new Map(Array.from({ length: hosts }, (_, at) => [hostAt(at), [addressAt(at)]])), certificates: [] })
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ['plain', 'ours'] as const) {
        await routes.apply({ portalHosts: ['console.localhost'], special: [] })
        if (kind === 'plain') await admin.load(plainConfig(await admin.config()))
        await sleep(1_000)
        await visit(hosts, WARM_MS, caddy.pid())
        const { perSecond, cpuUs } = await visit(hosts, MEASURE_MS, caddy.pid())
        best[kind] = { perSecond: Math.max(best[kind].perSecond, perSecond), cpuUs: Math.min(best[kind].cpuUs, cpuUs) }
      }
    }
  } finally {
    servers.kill()
    dropHostFolder(caddy.options.storage)
    await caddy.close()
  }
  const what = 'plain Caddy, one fixed upstream'
  return [
    { what: `requests over TLS to ${hosts} hosts at random`, value: best.ours.perSecond, unit: 'req/s', reference: { what, value: best.plain.perSecond }, target: `>= ${Math.round(best.plain.perSecond * 0.9)}` },
    { what: `processor time of the edge per request, ${hosts} hosts`, value: best.ours.cpuUs, unit: 'us', reference: { what, value: best.plain.cpuUs } },
  ]
}
