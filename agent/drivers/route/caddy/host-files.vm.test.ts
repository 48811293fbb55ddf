import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Agent, request, type RequestOptions } from 'node:https'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDnsServer, type DnsServer } from '../../../dns/server.ts'
import { startAskServer } from '../../../edge/ask-server.ts'
import { silentLogger } from '../../../runtime/log.ts'
import { ASK_ADDRESS, caddyPossible as available, createTestCaddy, endAgentServers } from '../../../testing/caddy.ts'
import { until } from '../../../testing/world.ts'
import { createCaddyRoutes } from './driver.ts'

const PORTS = { https: 25_801, http: 25_802, dns: 25_803, ask: 25_804, portal: 25_805 }
const caddy = createTestCaddy(PORTS)
const routes = createCaddyRoutes(caddy.options, silentLogger)
const servers: Server[] = []
const byDns = new Map<string, string[]>()
let ours: { dns: DnsServer; ask: Server } | null = null
const [ONE, TWO, THREE] = ['127.99.2.1', '127.99.2.2', '127.99.2.3']
/** One connection for many hosts, as a proxy in front would have. */
const kept = new Agent({ keepAlive: true, maxSockets: 1 })
const KEPT = { agent: kept, servername: 'x.apps.localhost' }
const NOBODY = '127.99.2.9'

interface Answer { status: number; body: string }
const get = (host: string, options: RequestOptions = {}): Promise<Answer> => new Promise((resolve, reject) => {
  const call = request({ host: '127.0.0.1', port: PORTS.https, servername: host, headers: { host }, rejectUnauthorized: false, agent: false, ...options })
  call.on('error', reject)
  call.on('response', (response) => {
    let body = ''
    response.on('data', (chunk: Buffer) => { body += chunk.toString() })
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
  })
  call.end()
})
const point = (upstreams: Record<string, string[]>): void =>
  routes.point({ upstreams: new Map(Object.entries(upstreams)), certificates: ['console.localhost', 'shop.test', 'held.test'] })

function backend(address: string, name: string): Promise<Server> {
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.end(name))
  })
  server.on('upgrade', (incoming, socket) => {
    const accept = createHash('sha1').update(`${incoming.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    socket.on('data', (chunk: Buffer) => socket.write(chunk)).on('error', () => socket.destroy())
  })
  servers.push(server)
  return new Promise((resolve) => server.listen(10_080, address, () => resolve(server)))
}

/** What the agent answers; a test ends it to stand for an agent that is gone. */
async function startOurs(): Promise<void> {
  ours = {
    dns: await startDnsServer({ address: '127.0.0.1', port: PORTS.dns, ownSuffix: '', resolver: null, lookup: (name) => byDns.get(name) ?? [NOBODY] }),
    ask: await startAskServer(ASK_ADDRESS, PORTS.ask, { isKnown: (host) => host.endsWith('.wild.test') }),
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
  await Promise.all([backend(ONE, 'one'), backend(TWO, 'two'), backend(THREE, 'three')])
  await caddy.start()
  point({})
  await routes.apply({ portalHosts: ['console.localhost'], special: [] })
  await until('the first certificates', () => get('x.apps.localhost').then(() => true, () => false), 30_000)
}, 60_000)
afterAll(async () => {
  kept.destroy()
  await caddy.close()
  await endOurs()
  for (const server of servers) server.close()
})

test.skipIf(!available)('a change is live when it is written: another instance, several, none; no load', async () => {
  const before = routes.reloads()
  for (const [address, name] of [[ONE, 'one'], [TWO, 'two'], [THREE, 'three']] as const) {
    point({ 'a.apps.localhost': [address] })
    expect((await get('a.apps.localhost')).body).toBe(name)
  }
  point({ 'a.apps.localhost': [ONE, TWO, THREE] })
  const seen = new Map<string, number>()
  for (let count = 0; count < 90; count += 1) {
    const { body } = await get('a.apps.localhost')
    seen.set(body, (seen.get(body) ?? 0) + 1)
  }
  for (const name of ['one', 'two', 'three']) expect(seen.get(name)).toBeGreaterThan(10)
  byDns.set('a.apps.localhost', [TWO])
  point({ 'a.apps.localhost': [] })
  expect((await get('a.apps.localhost')).body).toBe('two')
  expect(routes.reloads()).toBe(before)
}, 30_000)

test.skipIf(!available)('a share of 5 % is every twentieth visitor; it grows, shrinks and ends without a load or a failed request, and survives the writer', async () => {
  const before = routes.reloads()
  const addresses = [ONE, TWO, THREE]
  const share = (percent: number) => routes.point({
    upstreams: new Map([['split.apps.localhost', addresses]]), shares: new Map([['split.apps.localhost', { addresses: [THREE], percent }]]), certificates: [],
  })
  const visit = async (count: number): Promise<number> => {
    let third = 0
    for (let at = 0; at < count; at += 1) {
      const { status, body } = await get('split.apps.localhost', KEPT)
      expect(status).toBe(200)
      if (body === 'three') third += 1
    }
    return third
  }
  point({ 'split.apps.localhost': addresses })
  expect(await visit(60)).toBeGreaterThan(5)
  for (const [percent, least, most] of [[5, 20, 95], [50, 420, 580], [25, 180, 325]] as const) {
    share(percent)
    const third = await visit(1_000)
    process.stdout.write(`share of ${percent} %: ${third} of 1,000\n`)
    expect(third).toBeGreaterThanOrEqual(least)
    expect(third).toBeLessThanOrEqual(most)
  }
  share(100)
  expect(await visit(40)).toBe(40)
  share(5)
  // Another writer finds what the first has left, and has nothing to do.
  const folder = join(caddy.options.storage, 'hosts/split/split.apps.localhost')
  const kept = statSync(folder).ino
  createCaddyRoutes(caddy.options, silentLogger).point({
    upstreams: new Map([['split.apps.localhost', addresses]]), shares: new Map([['split.apps.localhost', { addresses: [THREE], percent: 5 }]]), certificates: [],
  })
  expect(statSync(folder).ino).toBe(kept)
  point({ 'split.apps.localhost': [ONE] })
  expect([existsSync(folder), await visit(20)]).toEqual([false, 0])
  expect(routes.reloads()).toBe(before)
}, 120_000)

test.skipIf(!available)('a wildcard covers what has no name of its own; an own name whose app is paused is not its wildcard’s', async () => {
  byDns.set('own.apps.localhost', [TWO])
  routes.point({ upstreams: new Map([['_w.apps.localhost', [ONE]], ['own.apps.localhost', []]]), certificates: ['own.apps.localhost'] })
  expect((await get('any.apps.localhost')).body).toBe('one')
  expect((await get('own.apps.localhost')).body).toBe('two')
})

test.skipIf(!available)('an instance that is gone costs no request, whatever its method: who serves by now is asked', async () => {
  byDns.set('b.apps.localhost', [TWO])
  point({ 'b.apps.localhost': [NOBODY] })
  for (const method of ['GET', 'POST']) expect((await get('b.apps.localhost', { method })).body).toBe('two')
  point({ 'b.apps.localhost': [NOBODY, ONE] })
  for (let count = 0; count < 20; count += 1) expect((await get('b.apps.localhost', { method: 'POST' })).status).toBe(200)
})

test.skipIf(!available)('a host that is a path leads nowhere, neither in the folders of hosts nor beside them', async () => {
  point({ 'a.apps.localhost': [ONE] })
  for (const host of ['../many', 'a.apps.localhost/../a.apps.localhost', '..', '.', 'a\\b']) {
    expect((await get('a.apps.localhost', { headers: { host } })).status).toBe(400)
  }
  point({ '_p0.shop.test': [ONE], '_w.shop.test': [ONE] })
  for (const host of ['_p0.shop.test', '_w.shop.test']) expect((await get('shop.test', { headers: { host } })).status).toBe(400)
  byDns.set('*', [NOBODY])
  expect((await get('a.apps.localhost', { headers: { host: '*' } })).body).not.toBe('one')
}, 60_000)

test.skipIf(!available)('instances swap under load without a failed request; a WebSocket to another app stays open', async () => {
  await routes.apply({ portalHosts: ['console.localhost'], special: [] })
  byDns.set('swap.apps.localhost', [ONE])
  point({ 'ws.apps.localhost': [THREE], 'swap.apps.localhost': [ONE] })
  const socket = await new Promise<Duplex>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: PORTS.https, servername: 'ws.apps.localhost', rejectUnauthorized: false, agent: false,
      headers: { host: 'ws.apps.localhost', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' } })
    call.on('upgrade', (_response, stream) => resolve(stream)).on('error', reject).end()
  })
  let [stop, closed] = [false, false]
  socket.on('close', () => { closed = true })
  const seen = new Map<string, number>()
  const load = Array.from({ length: 4 }, async (_, at) => {
    while (!stop) {
      const { status, body } = await get('swap.apps.localhost', { method: at % 2 ? 'POST' : 'GET' }).catch((error: Error) => ({ status: 0, body: error.message }))
      const name = status === 200 ? body : `failed ${status} ${body}`
      seen.set(name, (seen.get(name) ?? 0) + 1)
    }
  })
  for (const next of [[TWO], [ONE, THREE], [TWO, THREE], [ONE], [TWO]]) {
    await new Promise((resolve) => setTimeout(resolve, 400))
    byDns.set('swap.apps.localhost', next)
    point({ 'ws.apps.localhost': [THREE], 'swap.apps.localhost': next })
  }
  stop = true
  await Promise.all(load)
  process.stdout.write(`swap by files: ${[...seen].map(([name, count]) => `${name} ${count}`).join(', ')}\n`)
  expect([...seen.keys()].sort()).toEqual(['one', 'three', 'two'])
  expect(closed).toBe(false)
  const echo = new Promise<string>((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk.toString())))
  socket.write('still here')
  expect(await echo).toBe('still here')
  socket.destroy()
}, 30_000)

test.skipIf(!available)('of five thousand hosts each reaches its own instance, a change of one is live at once, and no load was needed', async () => {
  const addresses = [ONE, TWO, THREE]
  const names = ['one', 'two', 'three']
  const before = routes.reloads()
  const hosts: Record<string, string[]> = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`h${at}.apps.localhost`, [addresses[at % 3] ?? ONE]]))
  point(hosts)
  for (let at = 0; at < 5_000; at += 17) expect((await get(`h${at}.apps.localhost`, KEPT)).body).toBe(names[at % 3])
  for (const at of [0, 2_500, 4_999]) {
    hosts[`h${at}.apps.localhost`] = [addresses[(at + 1) % 3] ?? ONE]
    const from = performance.now()
    point(hosts)
    expect((await get(`h${at}.apps.localhost`, KEPT)).body).toBe(names[(at + 1) % 3])
    expect(performance.now() - from).toBeLessThan(1_000)
  }
  expect(routes.reloads()).toBe(before)
}, 60_000)

test.skipIf(!available)('C24: portal and agent gone and the edge started anew, routes and certificates serve; strangers get none', async () => {
  point({ 'a.apps.localhost': [ONE], 'many.apps.localhost': [ONE, TWO], 'shop.test': [ONE], 'held.test': [TWO] })
  expect((await get('shop.test')).body).toBe('one')
  await endOurs()
  expect((await get('a.apps.localhost')).body).toBe('one')
  await caddy.kill()
  await caddy.resume()
  await until('the edge is back', () => get('a.apps.localhost').then(({ body }) => body === 'one', () => false), 10_000)
  expect((await get('shop.test')).body).toBe('one')
  expect((await get('held.test')).body).toBe('two')
  expect(['one', 'two']).toContain((await get('many.apps.localhost')).body)
  const strangers = await Promise.all(Array.from({ length: 50 }, (_, at) => get(`stranger${at}.test`).then(() => 'served', () => 'refused')))
  expect(new Set(strangers)).toEqual(new Set(['refused']))
  expect((await get('shop.test')).body).toBe('one')
  await startOurs()
}, 60_000)
