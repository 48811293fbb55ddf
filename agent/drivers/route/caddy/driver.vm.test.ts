import { createServer, type Server } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { request as plainRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDnsServer, type DnsServer } from '../../../dns/server.ts'
import { startAskServer } from '../../../edge/ask-server.ts'
import { startFallbackServer } from '../../../edge/fallback-server.ts'
import { silentLogger } from '../../../runtime/log.ts'
import { ASK_ADDRESS, caddyPossible as available, createTestCaddy } from '../../../testing/caddy.ts'
import { until } from '../../../testing/world.ts'
import { createCaddyRoutes } from './driver.ts'

const PORTS = { https: 22001, http: 22002, dns: 22003, ask: 22004, portal: 22005 }
const NO_APP = '127.63.99.1'
const caddy = createTestCaddy(PORTS)
const plain = { portalHosts: ['console.localhost', 'localhost', 'shop.test'], special: [] }
const addresses = new Map<string, string[]>()
const known = new Set(['console.localhost', 'shop.test'])
const servers: Server[] = []
let dns: DnsServer
const routes = createCaddyRoutes(caddy.options, silentLogger)

interface Answer { status: number; body: string; headers: Record<string, unknown> }

function get(host: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1', port: PORTS.https, servername: host, headers: { host: `${host}:${PORTS.https}` }, ca: caddy.root(), agent: false, ...options,
    })
    call.on('error', reject)
    call.on('response', (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => { body += chunk.toString() })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }))
    })
    call.end()
  })
}

async function backend(address: string, name: string, port = 10080): Promise<Server> {
  const server = createServer((incoming, response) => {
    response.setHeader('seen', JSON.stringify(incoming.headers))
    response.end(name)
  })
  await new Promise<void>((resolve) => server.listen(port, address, resolve))
  servers.push(server)
  return server
}

beforeAll(async () => {
  if (!available) return
  dns = await startDnsServer({
    address: '127.0.0.1', port: PORTS.dns, ownSuffix: '', resolver: null,
    lookup: (name) => addresses.get(name) ?? [NO_APP],
  })
  servers.push(
    await startAskServer(ASK_ADDRESS, PORTS.ask, { isKnown: (host) => known.has(host) }),
    await startFallbackServer(NO_APP, { isApp: (host) => addresses.has(host), isPaused: () => false, isOurs: (host) => host.endsWith('.apps.localhost') }),
  )
  await backend('127.99.0.1', 'one')
  await backend('127.99.0.2', 'two')
  await backend('127.0.0.1', 'portal', PORTS.portal)
  await caddy.start()
  await routes.apply(plain)
  await until('the first certificates', () => get('x.apps.localhost').then(() => true, () => false), 10_000)
})
afterAll(async () => {
  await caddy.close()
  await dns?.close()
  for (const server of servers) server.close()
})

test.skipIf(!available)('two hosts reach their own instances over TLS, everything else the portal', async () => {
  addresses.set('one.apps.localhost', ['127.99.0.1']).set('two.apps.localhost', ['127.99.0.2'])
  expect((await get('one.apps.localhost')).body).toBe('one')
  expect((await get('two.apps.localhost')).body).toBe('two')
  expect((await get('console.localhost')).body).toBe('portal')
})

test.skipIf(!available)('the portal sees the true Host and no forged X-Forwarded-Host', async () => {
  const answer = await get('console.localhost', { headers: { host: `console.localhost:${PORTS.https}`, 'x-forwarded-host': 'evil.test' } })
  const seen = JSON.parse(String(answer.headers['seen'])) as Record<string, string>
  expect(seen['host']).toBe(`console.localhost:${PORTS.https}`)
  expect(seen).not.toHaveProperty('x-forwarded-host')
  expect(seen['x-forwarded-proto']).toBe('https')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
})

test.skipIf(!available)('plain HTTP is sent to the HTTPS port', async () => {
  const location = await new Promise((resolve, reject) => {
    const call = plainRequest({ host: '127.0.0.1', port: PORTS.http, path: '/a?b=1', headers: { host: 'one.apps.localhost' } }, (response) => {
      response.resume()
      resolve(response.headers.location)
    })
    call.on('error', reject).end()
  })
  expect(location).toBe(`https://one.apps.localhost:${PORTS.https}/a?b=1`)
})

test.skipIf(!available)('a host nobody verified gets no certificate, a verified one does', async () => {
  await expect(get('unknown.test')).rejects.toThrow()
  expect((await get('shop.test')).body).toBe('portal')
})

test.skipIf(!available)('an unknown app is told so at once', async () => {
  const answer = await get('nobody.apps.localhost')
  expect(answer.status).toBe(404)
  expect(answer.body).toContain('No app here')
})

test.skipIf(!available)('upstreams swap under load without a failed request and without a reload', async () => {
  await backend('127.99.0.3', 'three')
  const before = routes.reloads()
  addresses.set('swap.apps.localhost', ['127.99.0.1'])
  let stop = false
  const seen = new Map<string, number>()
  const load = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const { status, body } = await get('swap.apps.localhost').catch((error: Error) => ({ status: 0, body: error.message }))
      const name = status === 200 ? body : `failed ${status} ${body}`
      seen.set(name, (seen.get(name) ?? 0) + 1)
    }
  })
  for (const next of ['127.99.0.2', '127.99.0.3', '127.99.0.1', '127.99.0.2']) {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    addresses.set('swap.apps.localhost', [next])
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  stop = true
  await Promise.all(load)
  const failed = [...seen].filter(([name]) => name.startsWith('failed'))
  process.stdout.write(`swap under load: ${[...seen].map(([name, count]) => `${name} ${count}`).join(', ')}\n`)
  expect(failed).toEqual([])
  expect(seen.size).toBe(3)
  expect(routes.reloads()).toBe(before)
})

test.skipIf(!available)('a dead app answers with a page of its own and does not touch its neighbour', async () => {
  addresses.set('dead.apps.localhost', ['127.99.0.9']).set('down.apps.localhost', [NO_APP])
  const dead = Promise.all([get('dead.apps.localhost'), get('down.apps.localhost')])
  for (let count = 0; count < 50; count += 1) expect((await get('one.apps.localhost')).status).toBe(200)
  for (const answer of await dead) {
    expect([502, 503]).toContain(answer.status)
    expect(answer.body).toContain('This app is not answering')
  }
}, 30_000)

test.skipIf(!available)('a request waits while an instance is on its way', async () => {
  addresses.set('late.apps.localhost', [])
  const answer = get('late.apps.localhost')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  addresses.set('late.apps.localhost', ['127.99.0.1'])
  expect((await answer).body).toBe('one')
})

test.skipIf(!available)('the same hosts are never loaded twice, and a customer’s new domain needs no load', async () => {
  const before = routes.reloads()
  await routes.apply(plain)
  addresses.set('own.example', ['127.99.0.2'])
  known.add('own.example')
  expect((await get('own.example')).body).toBe('two')
  expect(routes.reloads()).toBe(before)
})

test.skipIf(!available)('a host that is nobody\'s is told so by the edge, and reaches neither an app nor the console', async () => {
  const answer = await get('one.apps.localhost', { headers: { host: 'stranger.example' } })
  expect(answer.status).toBe(421)
})

test.skipIf(!available)('a Caddy that was killed serves again after the next look', async () => {
  await caddy.kill()
  await expect(routes.apply(plain)).rejects.toThrow('cannot be reached')
  expect(routes.healthy()).toBe(false)
  await caddy.start()
  await routes.apply(plain)
  await until('served again', () => get('one.apps.localhost').then((answer) => answer.body === 'one', () => false))
})
