/** Visitors of apps that are not there yet, a real Caddy in front: each waits for its own app, whatever it brings, and for nobody else's. */
import { createServer, type Server } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { startDnsServer, type DnsServer } from '../../../dns/server.ts'
import { startAskServer } from '../../../edge/ask-server.ts'
import { startFallbackServer } from '../../../edge/fallback-server.ts'
import { WaitingRoom } from '../../../edge/waiting-room.ts'
import { silentLogger } from '../../../runtime/log.ts'
import { ASK_ADDRESS, caddyPossible as available, createTestCaddy, endAgentServers } from '../../../testing/caddy.ts'
import { testWhere } from '../../../testing/test-where.ts'
import { until } from '../../../testing/world.ts'
import { createCaddyRoutes } from './driver.ts'

const suite = testWhere(available, 'Caddy is not installed')
const PORTS = { https: 25_811, http: 25_812, dns: 25_813, ask: 25_814, portal: 25_815 }
const [NO_APP, HERE] = ['127.63.98.1', '127.99.3.1']
const caddy = createTestCaddy(PORTS)
const routes = createCaddyRoutes(caddy.options, silentLogger)
const serving = new Map<string, string[]>()
/** What takes that long to wake, once asked for. */
const sleepers = new Map<string, number>()
const servers: Server[] = []
let ours: { dns: DnsServer; ask: Server } | null = null

async function wait(name: string): Promise<void> {
  const ms = sleepers.get(name)
  if (ms === undefined) return
  await sleep(ms)
  sleepers.delete(name)
  serving.set(name, [HERE])
}

const room = new WaitingRoom({ call: wait, standing: (name) => (serving.get(name)?.length === 0 ? 'starting' : 'ready') })

interface Answer { status: number; body: string; ms: number }
const visit = (host: string, options: RequestOptions & { body?: string } = {}): Promise<Answer> => new Promise((resolve, reject) => {
  const from = performance.now()
  const call = request({ host: '127.0.0.1', port: PORTS.https, servername: host, headers: { host }, rejectUnauthorized: false, agent: false, ...options })
  call.on('error', reject).on('response', (response) => {
    let body = ''
    response.on('data', (chunk: Buffer) => { body += chunk.toString() })
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body, ms: Math.round(performance.now() - from) }))
  }).end(options.body)
})

async function startOurs(): Promise<void> {
  ours = {
    dns: await startDnsServer({ address: '127.0.0.1', port: PORTS.dns, ownSuffix: '', resolver: null, lookup: (name) => serving.get(name) ?? [NO_APP] }),
    ask: await startAskServer(ASK_ADDRESS, PORTS.ask, { isKnown: () => true, room }),
  }
}
async function endOurs(): Promise<void> {
  const ending = ours
  ours = null
  if (ending) await endAgentServers(ending)
}

beforeAll(async () => {
  if (!available) return
  await startOurs()
  servers.push(await startFallbackServer(NO_APP, { isApp: () => true, isPaused: (host) => host.startsWith('paused'), isOurs: () => true }))
  const app = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (chunk: Buffer) => { body += chunk.toString() }).on('end', () => response.end(`${incoming.method ?? ''} ${incoming.url ?? ''} ${body}`))
  })
  servers.push(app)
  await new Promise<void>((resolve) => app.listen(10_080, HERE, resolve))
  await caddy.start()
  routes.point({ upstreams: new Map(), certificates: [] })
  await routes.apply({ portalHosts: ['console.localhost'], special: [] })
  await until('the first certificates', () => visit('x.apps.localhost').then(() => true, () => false), 30_000)
}, 60_000)
afterAll(async () => {
  await caddy.close()
  await endOurs()
  for (const server of servers) server.close()
})

suite('one that takes seconds to wake holds up no other, and no page', async () => {
  for (let at = 0; at < 20; at += 1) sleepers.set(`s${at}.apps.localhost`, 300)
  serving.set('slow.apps.localhost', [])
  sleepers.set('slow.apps.localhost', 3_000)
  const slow = visit('slow.apps.localhost')
  await sleep(200)
  const others = await Promise.all([...Array.from({ length: 20 }, (_, at) => visit(`s${at}.apps.localhost`)), visit('paused.apps.localhost')])
  process.stdout.write(`others: ${others.map(({ ms }) => ms).join(', ')} ms\n`)
  expect(others.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 503])
  expect(Math.max(...others.map(({ ms }) => ms))).toBeLessThan(2_000)
  expect((await slow).status).toBe(200)
}, 30_000)

suite('whatever its method, and with a body, a request waits for an app that starts', async () => {
  for (const [method, body] of [['GET', undefined], ['POST', undefined], ['POST', 'x'.repeat(100_000)], ['PUT', 'y'], ['DELETE', undefined]] as const) {
    serving.set('late.apps.localhost', [])
    setTimeout(() => serving.set('late.apps.localhost', [HERE]), 800)
    const answer = await visit('late.apps.localhost', { method, path: '/a?b=c', ...(body === undefined ? {} : { body }) })
    expect([method, answer.status, answer.body]).toEqual([method, 200, `${method} /a?b=c ${body ?? ''}`])
    await sleep(600)
  }
}, 30_000)

suite('and for an agent that is away, with a body too', async () => {
  serving.set('late.apps.localhost', [HERE])
  await endOurs()
  const answers = [visit('late.apps.localhost'), visit('late.apps.localhost', { method: 'POST', body: 'kept' })]
  await sleep(1_500)
  await startOurs()
  expect((await Promise.all(answers)).map(({ status, body }) => [status, body])).toEqual([[200, 'GET / '], [200, 'POST / kept']])
}, 30_000)
