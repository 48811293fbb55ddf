/** The console at a joined node's edge: passed on to the portal's own edge by TLS, to nobody who is somebody else, and not round and round. */
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { request } from 'node:https'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { silentLogger } from '../../../runtime/log.ts'
import { caddyPossible, createTestCaddy } from '../../../testing/caddy.ts'
import { makeCertificate } from '../../../testing/certificates.ts'
import { testWhere } from '../../../testing/test-where.ts'
import { until } from '../../../testing/world.ts'
import { portalProof } from '../../../edge/portal-proof.ts'
import { createCaddyRoutes } from './driver.ts'

const PORTS = { https: 22021, http: 22022, dns: 22023, ask: 22024, portal: 22025 }
const caddy = createTestCaddy(PORTS)
const suite = testWhere(caddyPossible, 'Caddy is needed')
const hosts = { portalHosts: ['console.localhost', 'localhost'], special: [] }
const seen: Record<string, unknown>[] = []
let portal: Server

/** As a joined node has it: another machine, and the root it was told. */
const edge = (name: string, rootFile: string | null) => createCaddyRoutes({ ...caddy.options, portalTls: portalProof({ name, rootFile }) }, silentLogger)

function visit(headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1', port: PORTS.https, path: '/login', servername: 'console.localhost', ca: caddy.root(), agent: false,
      headers: { host: 'console.localhost', ...headers },
    }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => { body += chunk.toString() }).on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    call.on('error', reject).end()
  })
}

let root = ''
beforeAll(async () => {
  if (!caddyPossible) return
  const { chain, key } = makeCertificate(['portal.test'])
  portal = createServer({ cert: chain, key }, (incoming, response) => {
    seen.push(incoming.headers)
    response.end('the console')
  })
  await new Promise<void>((resolve) => portal.listen(PORTS.portal, '127.0.0.1', resolve))
  await caddy.start()
  root = join(dirname(caddy.options.adminSocket), 'portal.pem')
  writeFileSync(root, chain)
  await edge('portal.test', root).apply(hosts)
  await until('the first certificate', () => visit().then(({ status }) => status === 200, () => false), 15_000)
}, 60_000)
afterAll(async () => {
  await caddy.close()
  portal?.close()
})

suite('it is passed on under the visitor\'s own host, and marked', async () => {
  expect(await visit({ 'x-forwarded-host': 'evil.test' })).toEqual({ status: 200, body: 'the console' })
  expect(seen.at(-1)).toMatchObject({ 'host': 'console.localhost', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https', 'shellwego-relayed': '1' })
  expect(seen.at(-1)).not.toHaveProperty('x-forwarded-host', 'evil.test')
})

suite('what an edge passed on already ends here', async () => {
  const before = seen.length
  const { status, body } = await visit({ 'shellwego-relayed': '1' })
  expect([status, body.includes('The console is not answering'), seen.length]).toEqual([508, true, before])
})

suite('another certificate, name or authority is nobody to talk to', async () => {
  const before = seen.length
  for (const [name, file] of [['other.test', root], ['portal.test', null]] as const) {
    await edge(name, file).apply(hosts)
    const { status, body } = await visit()
    expect([status, body.includes('The console is not answering')]).toEqual([502, true])
  }
  expect(seen.length).toBe(before)
}, 30_000)
