import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { EDGE_PORT } from '../../agent/drivers/network.ts'
import { createCaddyAdmin } from '../../agent/drivers/route/caddy/admin.ts'
import { createCaddyRoutes } from '../../agent/drivers/route/caddy/driver.ts'
import { parseRequest } from '../../agent/drivers/route/caddy/request-log.ts'
import { silentLogger } from '../../agent/runtime/log.ts'
import { RequestTail } from '../../agent/telemetry/request-tail.ts'
import { Traffic } from '../../agent/telemetry/traffic.ts'
import { createTestCaddy } from '../../agent/testing/caddy.ts'
import { measureMetricsIntake } from './metrics-intake.ts'
import { cpuSeconds } from './proc.ts'
import type { Figure } from './report.ts'

const PORTS = { https: 23_120, http: 23_121, dns: 23_122, ask: 23_123, portal: 23_124 }
const ADDRESS = '127.231.9.1'
const HOSTS = 5_000
const CONNECTIONS = 32
const ROUNDS = 4
const ROUND_MS = 5_000
const LINES = 400_000

interface Round { perSecond: number; cpuUs: number }

/** The one process that works in this folder. */
const pidOf = (folder: string): number => Number(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).find((pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('caddy\0') && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
  } catch {
    return false
  }
}))

async function startInstance(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'metrics-server.ts'), ADDRESS, String(EDGE_PORT)], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const _ of readline.createInterface({ input: child.stdout })) return child
  throw new Error('the instance did not start')
}

async function visit(ms: number, pid: number): Promise<Round> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false })
  const once = (): Promise<void> => new Promise((resolve, reject) => {
    const host = `h${Math.floor(Math.random() * HOSTS)}.apps.localhost`
    https.get({ host: '127.0.0.1', port: PORTS.https, servername: 'h0.apps.localhost', headers: { host }, agent }, (response) => {
      response.resume().once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${host} answered ${response.statusCode}`))))
    }).once('error', reject)
  })
  const [from, cpu] = [performance.now(), cpuSeconds(pid)]
  let count = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (; performance.now() - from < ms; count += 1) await once()
  }))
  const seconds = (performance.now() - from) / 1_000
  agent.destroy()
  return { perSecond: count / seconds, cpuUs: (cpuSeconds(pid) - cpu) * 1e6 / count }
}

interface Config { logging: { logs: Record<string, unknown> }; apps: { http: { servers: { edge: { routes: unknown[]; logs?: unknown } } } } }

/** One fixed upstream, so that only the log differs: how instances are found is measured elsewhere. */
function variants(config: unknown): Record<'counted' | 'plain', Config> {
  const counted = structuredClone(config) as Config
  const { edge } = counted.apps.http.servers
  edge.routes = [edge.routes[0], { handle: [{ handler: 'reverse_proxy', upstreams: [{ dial: `${ADDRESS}:${EDGE_PORT}` }] }] }]
  const plain = structuredClone(counted)
  plain.apps.http.servers.edge.routes.shift()
  delete plain.apps.http.servers.edge.logs
  delete plain.logging.logs['requests']
  return { counted, plain }
}

/** In turn, so that a busy machine is busy for both; the quickest of each. */
async function measureEdge(): Promise<Figure[]> {
  const [caddy, instance] = [createTestCaddy(PORTS), await startInstance()]
  const best = { counted: { perSecond: 0, cpuUs: Infinity }, plain: { perSecond: 0, cpuUs: Infinity } }
  try {
    await caddy.start()
    const pid = pidOf(path.dirname(caddy.options.adminSocket))
    await createCaddyRoutes(caddy.options, silentLogger).apply({ portalHosts: ['console.localhost'], special: [] })
    const admin = createCaddyAdmin(caddy.options.adminSocket)
    const configs = variants(await admin.config())
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const kind of ['plain', 'counted'] as const) {
        await admin.load(configs[kind])
        await sleep(1_000)
        await visit(ROUND_MS / 2, pid)
        const { perSecond, cpuUs } = await visit(ROUND_MS, pid)
        best[kind] = { perSecond: Math.max(best[kind].perSecond, perSecond), cpuUs: Math.min(best[kind].cpuUs, cpuUs) }
      }
    }
  } finally {
    instance.kill()
    await caddy.close()
  }
  const what = 'the same without counting'
  return [
    { what: `requests over TLS to ${HOSTS} hosts, counted`, value: best.counted.perSecond, unit: 'req/s', reference: { what, value: best.plain.perSecond }, target: `>= ${Math.round(best.plain.perSecond * 0.9)}` },
    { what: 'processor time of the edge per request', value: best.counted.cpuUs, unit: 'us', reference: { what, value: best.plain.cpuUs } },
  ]
}

/** What the agent needs for a request, beside splitting the same file into lines. */
async function measureReading(): Promise<Figure> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-bench-'))
  const line = (at: number): string =>
    JSON.stringify({ ts: 1_795_327_297_394.19 + at, user_id: `4.453606ms 10.64.3.${at % 200} h${at % HOSTS}.apps.localhost`, duration: 0.0046, size: 512, status: 200 })
  for (let from = 0; from < LINES; from += 10_000) appendFileSync(path.join(folder, 'log'), Array.from({ length: 10_000 }, (_, at) => `${line(from + at)}\n`).join(''))
  const traffic = new Traffic()
  const timed = async (onLine: (text: string) => void): Promise<number> => {
    const begun = process.cpuUsage()
    await new RequestTail(folder, null, onLine).poll()
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / LINES
  }
  const split = await timed(() => {})
  const counted = await timed((text) => {
    const request = parseRequest(text)
    if (request) traffic.add(request.host, request)
  })
  rmSync(folder, { recursive: true })
  return { what: 'processor time of the agent per request', value: counted, unit: 'us', reference: { what: 'splitting the file into lines', value: split } }
}

export const measureMetrics = async (): Promise<Figure[]> => [...await measureEdge(), await measureReading(), ...await measureMetricsIntake()]
