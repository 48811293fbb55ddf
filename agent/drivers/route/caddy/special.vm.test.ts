import { createHash, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect as connectH2 } from 'node:http2'
import { request, type RequestOptions } from 'node:https'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDnsServer, type DnsServer } from '../../../dns/server.ts'
import { startAskServer } from '../../../edge/ask-server.ts'
import { silentLogger } from '../../../runtime/log.ts'
import { ASK_ADDRESS, caddyPossible as available, createTestCaddy } from '../../../testing/caddy.ts'
import { makeCertificate } from '../../../testing/certificates.ts'
import { until } from '../../../testing/world.ts'
import type { SpecialRoute } from '../../route.ts'
import { createCaddyAdmin } from './admin.ts'
import { createCaddyRoutes } from './driver.ts'

const PORTS = { https: 24_811, http: 24_812, dns: 24_813, ask: 24_814, portal: 24_815 }
const caddy = createTestCaddy(PORTS)
const addresses = new Map<string, string[]>()
const servers: Server[] = []
let dns: DnsServer
const routes = createCaddyRoutes(caddy.options, silentLogger)

const route = (host: string, over: Partial<SpecialRoute> = {}): SpecialRoute =>
  ({ host, redirect: null, paths: [], requestHeaders: null, responseHeaders: null, certificate: null, ...over })
const apply = (...special: SpecialRoute[]) => routes.apply({ portalHosts: ['console.localhost'], special })

interface Answer { status: number; body: string; headers: IncomingMessage['headers'] }
const get = (host: string, path = '/', options: RequestOptions = {}): Promise<Answer> => new Promise((resolve, reject) => {
  const call = request({ host: '127.0.0.1', port: PORTS.https, servername: host, path, headers: { host }, rejectUnauthorized: false, agent: false, ...options })
  call.on('error', reject)
  call.on('response', (response) => {
    let body = ''
    response.on('data', (chunk: Buffer) => { body += chunk.toString() })
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }))
  })
  call.end()
})
const certificateOf = (host: string): Promise<string> => new Promise((resolve, reject) => {
  const socket: TLSSocket = connectTls({ host: '127.0.0.1', port: PORTS.https, servername: host, rejectUnauthorized: false }, () => {
    resolve(socket.getPeerCertificate().fingerprint256)
    socket.destroy()
  })
  socket.on('error', reject)
})

/** Says its name, the path it was asked for and a header; upgrades to WebSocket; streams events. */
function backend(address: string, name: string): Promise<Server> {
  const server = createServer((incoming, response) => {
    if (incoming.url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: one\n\n')
      setTimeout(() => response.end('data: two\n\n'), 400)
      return
    }
    response.setHeader('x-powered-by', 'secret')
    response.end(`${name} ${incoming.url ?? ''} ${String(incoming.headers['x-added'] ?? '')}${incoming.headers['x-dropped'] ? ' dropped-still-there' : ''}`)
  })
  server.on('upgrade', (incoming, socket) => {
    const accept = createHash('sha1').update(`${incoming.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    socket.on('data', (chunk: Buffer) => socket.write(chunk))
    socket.on('error', () => socket.destroy())
  })
  servers.push(server)
  return new Promise((resolve) => server.listen(10_080, address, () => resolve(server)))
}

beforeAll(async () => {
  if (!available) return
  dns = await startDnsServer({ address: '127.0.0.1', port: PORTS.dns, ownSuffix: '', resolver: null, lookup: (name) => addresses.get(name) ?? ['127.99.1.9'] })
  servers.push(await startAskServer(ASK_ADDRESS, PORTS.ask, { isKnown: (host) => !host.startsWith('unknown') }))
  await Promise.all([backend('127.99.1.1', 'web'), backend('127.99.1.2', 'api')])
  await caddy.start()
  for (const host of ['shop.test', 'other.test', 'x.apps.localhost', ...Array.from({ length: 300 }, (_, at) => `h${at}.test`)]) addresses.set(host, ['127.99.1.1'])
  addresses.set('_p0.shop.test', ['127.99.1.2']).set('_p1.shop.test', ['127.99.1.1'])
  await apply()
  await until('the first certificates', () => get('x.apps.localhost').then(() => true, () => false), 20_000)
}, 60_000)
afterAll(async () => {
  await caddy.close()
  await dns?.close()
  for (const server of servers) server.close()
})

test.skipIf(!available)('paths go to other apps, with or without their prefix, the longest first; only whole segments count', async () => {
  await apply(route('shop.test', { paths: [{ path: '/api', stripPrefix: true, name: '_p0.{http.request.host}' }, { path: '/api/raw', stripPrefix: false, name: '_p1.{http.request.host}' }] }))
  const asked = await Promise.all(['/', '/api', '/api/v1?a=%2Fb', '/api/raw/x', '/apiary'].map(async (path) => (await get('shop.test', path)).body.trim()))
  expect(asked).toEqual(['web /', 'api /', 'api /v1?a=%2Fb', 'web /api/raw/x', 'web /apiary'])
  expect((await get('other.test', '/api')).body.trim()).toBe('web /api')
})

test.skipIf(!available)('a redirect keeps path and query or not; headers are set and removed on both ways', async () => {
  await apply(
    route('shop.test', { redirect: { to: 'https://www.shop.test/', status: 308, keepPath: true } }), route('h1.test', { redirect: { to: 'https://x.test/new', status: 302, keepPath: false } }),
    route('h2.test', {
      requestHeaders: { set: { 'X-Added': 'by the edge' }, remove: ['X-Dropped'] }, responseHeaders: { set: { 'Strict-Transport-Security': 'max-age=60' }, remove: ['X-Powered-By'] },
    }),
  )
  expect(await get('shop.test', '/a?b=1')).toMatchObject({ status: 308, headers: { location: 'https://www.shop.test/a?b=1' } })
  expect(await get('h1.test', '/a')).toMatchObject({ status: 302, headers: { location: 'https://x.test/new' } })
  const answer = await get('h2.test', '/', { headers: { host: 'h2.test', 'x-dropped': '1', 'x-added': 'by me' } })
  expect(answer.body).toBe('web / by the edge')
  expect(answer.headers).toMatchObject({ 'strict-transport-security': 'max-age=60' })
  expect(answer.headers).not.toHaveProperty('x-powered-by')
})

test.skipIf(!available)('three hundred special hosts are told apart, and a wildcard gives way to a name of its own', async () => {
  const many = Array.from({ length: 300 }, (_, at) => route(`h${at}.test`, { responseHeaders: { set: { 'X-Host': String(at) }, remove: [] } }))
  await apply(...many, route('*.test', { responseHeaders: { set: { 'X-Host': 'wild' }, remove: [] } }))
  for (const at of [0, 127, 128, 299]) expect((await get(`h${at}.test`)).headers['x-host']).toBe(String(at))
  expect((await get('other.test')).headers['x-host']).toBe('wild')
}, 30_000)

test.skipIf(!available)('WebSocket, server-sent events and HTTP/2 pass', async () => {
  await apply(route('shop.test', { paths: [{ path: '/api', stripPrefix: true, name: '_p0.{http.request.host}' }] }))
  const echoed = await new Promise<string>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: PORTS.https, servername: 'shop.test', path: '/api/socket', rejectUnauthorized: false,
      headers: { host: 'shop.test', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' } })
    call.on('upgrade', (_response, socket) => {
      socket.on('data', (chunk: Buffer) => { resolve(chunk.toString()); socket.destroy() })
      socket.write('frame')
    })
    call.on('error', reject).end()
  })
  expect(echoed).toBe('frame')
  const began = performance.now()
  const first = await new Promise<number>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: PORTS.https, servername: 'other.test', path: '/events', rejectUnauthorized: false, headers: { host: 'other.test' } }, (response) => {
      response.once('data', () => { resolve(performance.now() - began); call.destroy() })
    })
    call.on('error', reject).end()
  })
  expect(first).toBeLessThan(390)
  const session = connectH2(`https://127.0.0.1:${PORTS.https}`, { servername: 'shop.test', rejectUnauthorized: false })
  const body = await new Promise<string>((resolve, reject) => {
    const stream = session.request({ ':path': '/api/h2', ':authority': 'shop.test' })
    let text = ''
    stream.setEncoding('utf8').on('data', (chunk: string) => { text += chunk }).on('end', () => resolve(text)).on('error', reject).end()
  })
  session.close()
  expect(body.trim()).toBe('api /h2')
})

test.skipIf(!available)('an uploaded certificate is served at once and a renewed one after it; its key is never in the configuration', async () => {
  const [first, second] = [makeCertificate(['shop.test']), makeCertificate(['shop.test'])]
  for (const certificate of [first, second]) {
    await apply(route('shop.test', { certificate }))
    expect(await certificateOf('shop.test')).toBe(new X509Certificate(certificate.chain).fingerprint256)
  }
  const shown = JSON.stringify(await createCaddyAdmin(caddy.options.adminSocket).config())
  expect(shown).toContain('load_files')
  expect(shown).not.toContain('PRIVATE KEY')
  await apply()
  expect(await certificateOf('shop.test')).not.toBe(new X509Certificate(second.chain).fingerprint256)
})

test.skipIf(!available)('a bad certificate and a route Caddy refuses harm their own host only', async () => {
  const good = makeCertificate(['h5.test'])
  const mismatched = { chain: makeCertificate(['h6.test']).chain, key: good.key }
  const refused = route('h7.test', { responseHeaders: { set: { 'X-Bad': {} as never }, remove: [] } })
  await apply(route('h5.test', { certificate: good }), route('h6.test', { certificate: mismatched }), refused, route('h8.test', { responseHeaders: { set: { 'X-Host': '8' }, remove: [] } }))
  expect([...routes.refused().keys()].sort()).toEqual(['h6.test', 'h7.test'])
  expect(await certificateOf('h5.test')).toBe(new X509Certificate(good.chain).fingerprint256)
  for (const host of ['h5.test', 'h6.test', 'h7.test', 'other.test']) expect((await get(host)).status).toBe(200)
  expect((await get('h8.test')).headers['x-host']).toBe('8')
  const reloads = routes.reloads()
  await apply(route('h5.test', { certificate: good }), route('h6.test', { certificate: mismatched }), refused, route('h8.test', { responseHeaders: { set: { 'X-Host': '8' }, remove: [] } }))
  expect(routes.reloads()).toBe(reloads)
}, 30_000)
