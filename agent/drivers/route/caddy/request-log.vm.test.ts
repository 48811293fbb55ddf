import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LATENCY_BOUNDS_MS } from '../../../../server/contract/metrics.ts'
import { startDnsServer, type DnsServer } from '../../../dns/server.ts'
import { startAskServer } from '../../../edge/ask-server.ts'
import { silentLogger } from '../../../runtime/log.ts'
import { AppFinder } from '../../../telemetry/app-finder.ts'
import { RequestTail } from '../../../telemetry/request-tail.ts'
import { Traffic, type AppTraffic } from '../../../telemetry/traffic.ts'
import { ASK_ADDRESS, caddyPossible as available, createTestCaddy } from '../../../testing/caddy.ts'
import { until } from '../../../testing/world.ts'
import { createCaddyAdmin } from './admin.ts'
import { createCaddyRoutes } from './driver.ts'
import { parseRequest, requestLogFolder } from './request-log.ts'

const PORTS = { https: 23_101, http: 23_102, dns: 23_103, ask: 23_104, portal: 23_105 }
const [ONE, TWO, NOBODY] = ['127.231.1.1', '127.231.1.2', '127.231.1.9'] as const
const caddy = createTestCaddy(PORTS)
const routes = createCaddyRoutes(caddy.options, silentLogger)
const upstreams = new Map<string, string>([['one.apps.localhost', ONE], ['two.apps.localhost', TWO], ['gone.apps.localhost', NOBODY]])
const servers: Server[] = []
let dns: DnsServer | null = null
const traffic = new Traffic()
const finder = new AppFinder(() => [[ONE, 'app_one', 'vm_one'], [TWO, 'app_two', 'vm_two']], (host) => (host.startsWith('gone.') ? 'app_gone' : null))
const folder = requestLogFolder(caddy.options.storage)
const tail = new RequestTail(folder, null, (line) => {
  const found = parseRequest(line)
  const answerer = found && finder.find(found)
  if (found && answerer) traffic.add(answerer.appId, found)
})

const agent = new Agent({ keepAlive: true, maxSockets: 8 })
const get = (host: string, path = '/', headers: Record<string, string> = {}): Promise<number> => new Promise((resolve, reject) => {
  request({ host: '127.0.0.1', port: PORTS.https, servername: host, path, headers: { host: `${host}:${PORTS.https}`, ...headers }, ca: caddy.root(), agent }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode ?? 0))
  }).on('error', reject).end()
})

/** What was counted since the last call. */
async function counted(): Promise<Map<string, AppTraffic>> {
  await new Promise((resolve) => setTimeout(resolve, 200))
  finder.refresh(0)
  await tail.poll()
  const all = new Map<string, AppTraffic>()
  for (const { sum } of traffic.take()) {
    const there = all.get(sum.app_id)
    const added = (a: readonly number[], b: readonly number[]): number[] => a.map((n, at) => n + (b[at] ?? 0))
    const both = there && { status: added(sum.status, there.status), latency: added(sum.latency, there.latency), bytes_out: sum.bytes_out + there.bytes_out }
    all.set(sum.app_id, { ...sum, ...both })
  }
  return all
}
const slowerThan = (ms: number, { latency }: AppTraffic): number => latency.reduce((sum, n, at) => sum + ((LATENCY_BOUNDS_MS[at - 1] ?? 0) >= ms ? n : 0), 0)

async function backend(address: string): Promise<void> {
  const server = createServer((incoming, response) => {
    if (incoming.url === '/missing') return void response.writeHead(404).end('no')
    if (incoming.url === '/slow') return void setTimeout(() => response.end('slow'), 400)
    if (incoming.url !== '/events') return void response.end('x'.repeat(100))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: first\n\n')
    setTimeout(() => response.end(), 1_200)
  })
  server.on('upgrade', (incoming, socket: Duplex) => {
    const accept = createHash('sha1').update(`${incoming.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`)
    setTimeout(() => socket.end(), 1_200)
  })
  await new Promise<void>((resolve) => server.listen(10_080, address, resolve))
  servers.push(server)
}

beforeAll(async () => {
  if (!available) return
  dns = await startDnsServer({ address: '127.0.0.1', port: PORTS.dns, ownSuffix: '', resolver: null, lookup: (name) => [upstreams.get(name) ?? NOBODY] })
  servers.push(await startAskServer(ASK_ADDRESS, PORTS.ask, { isKnown: () => false }))
  await Promise.all([backend(ONE), backend(TWO)])
  // One is found by the name of a file, the others by our DNS.
  routes.point({ upstreams: new Map([['one.apps.localhost', [ONE]]]), certificates: [] })
  await caddy.start()
  await until('the edge takes its configuration', () => routes.apply({ portalHosts: ['console.localhost'], special: [] }).then(() => true, () => false), 10_000)
  await until('the first answer', () => get('one.apps.localhost').then((status) => status === 200, () => false), 20_000)
  await counted()
}, 60_000)
afterAll(async () => {
  agent.destroy()
  await tail.close()
  await caddy.close()
  await dns?.close()
  for (const server of servers) server.close()
})

test.skipIf(!available)('each request is counted once, for the app whose instance answered', async () => {
  for (let count = 0; count < 20; count += 1) await get('one.apps.localhost', '/secret?token=very-secret', { authorization: 'Bearer very-secret' })
  for (let count = 0; count < 5; count += 1) await get('two.apps.localhost', '/missing')
  await get('console.localhost')
  const all = await counted()
  expect([...all.keys()].sort()).toEqual(['app_one', 'app_two'])
  expect(all.get('app_one')).toMatchObject({ status: [0, 20, 0, 0, 0], bytes_out: 2_000 })
  expect(all.get('app_two')).toMatchObject({ status: [0, 0, 0, 5, 0] })
  const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('')
  expect(written).not.toMatch(/very-secret|remote_ip|Bearer|\/missing/)
}, 20_000)

test.skipIf(!available)('a WebSocket and an event stream that live long are quick; an answer that comes late is slow', async () => {
  const socket = new Promise<void>((resolve, reject) => {
    request({
      host: '127.0.0.1', port: PORTS.https, servername: 'one.apps.localhost', ca: caddy.root(), agent: false, headers: {
        host: 'one.apps.localhost', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    }).on('upgrade', (_response, stream) => void stream.on('close', resolve).resume()).on('error', reject).end()
  })
  await Promise.all([socket, get('one.apps.localhost', '/events', { accept: 'text/event-stream' })])
  const streams = (await counted()).get('app_one')
  expect(streams?.status).toEqual([1, 1, 0, 0, 0])
  expect(streams && slowerThan(500, streams)).toBe(0)
  await get('one.apps.localhost', '/slow')
  const slow = (await counted()).get('app_one')
  expect(slow && slowerThan(300, slow)).toBe(1)
}, 20_000)

test.skipIf(!available)('a request that no instance took counts for the app of its host, with the time the visitor waited', async () => {
  expect(await get('gone.apps.localhost')).toBeGreaterThanOrEqual(500)
  const gone = (await counted()).get('app_gone')
  expect(gone?.status).toEqual([0, 0, 0, 0, 1])
  expect(gone && slowerThan(1_000, gone)).toBe(1)
}, 30_000)

test.skipIf(!available)('over files that roll and an edge that is killed and comes back nothing is lost', async () => {
  const admin = createCaddyAdmin(caddy.options.adminSocket)
  const small = JSON.parse(JSON.stringify(await admin.config()).replace('"roll_size_mb":32', '"roll_size_mb":1')) as unknown
  // A file that was opened keeps the rules it was opened with: the edge begins anew.
  agent.destroy()
  await caddy.kill()
  await caddy.start()
  await until('the edge takes a configuration', () => admin.load(small).then(() => true, () => false), 10_000)
  await until('the edge answers again', () => get('two.apps.localhost').then((status) => status === 200, () => false), 10_000)
  await counted()
  const many = 12_000
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let count = 0; count < many / 8; count += 1) expect(await get('one.apps.localhost')).toBe(200)
  }))
  expect(readdirSync(folder).length).toBeGreaterThan(1)
  expect((await counted()).get('app_one')?.status).toEqual([0, many, 0, 0, 0])
  await get('two.apps.localhost')
  agent.destroy()
  await caddy.kill()
  await caddy.start()
  await until('the edge takes its configuration', () => routes.apply({ portalHosts: ['console.localhost'], special: [] }).then(() => true, () => false), 10_000)
  await until('the edge is back', () => get('two.apps.localhost').then((status) => status === 200, () => false), 20_000)
  expect((await counted()).get('app_two')?.status[1]).toBeGreaterThanOrEqual(2)
}, 90_000)
