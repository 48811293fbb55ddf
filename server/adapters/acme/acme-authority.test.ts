import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { testWhere } from '../../../agent/testing/test-where.ts'
import { startNameServer, type NameServer } from '../../domain/sso/testing/name-server.ts'
import { checkCertificate } from '../../domain/domains/rules/certificate.ts'
import { accountKeyOf, createAcmeAuthority } from './acme-authority.ts'
import { signingRequest } from './der.ts'

const has = (command: string): boolean => {
  try {
    execFileSync('which', [command], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
/** Debian's package `pebble`: the test authority of Let's Encrypt's own people. */
const available = has('pebble') && has('openssl')
const PORTS = { acme: 24_860, management: 24_861 }
const dir = mkdtempSync(path.join(tmpdir(), 'pebble-'))
let pebble: ChildProcess
let dns: NameServer
const accountKey = accountKeyOf('a secret of the installation')
const authority = () => createAcmeAuthority({
  directory: `https://127.0.0.1:${PORTS.acme}/dir`, email: 'ops@example.com', accountKey, trust: readFileSync(path.join(dir, 'c.pem'), 'utf8'), pollMs: 100, limitMs: 20_000,
})

beforeAll(async () => {
  if (!available) return
  dns = await startNameServer()
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', 'k.pem', '-out', 'c.pem', '-subj', '/CN=pebble',
    '-addext', 'subjectAltName=IP:127.0.0.1'], { cwd: dir, stdio: 'ignore' })
  writeFileSync(path.join(dir, 'p.json'), JSON.stringify({ pebble: {
    listenAddress: `127.0.0.1:${PORTS.acme}`, managementListenAddress: `127.0.0.1:${PORTS.management}`, certificate: path.join(dir, 'c.pem'), privateKey: path.join(dir, 'k.pem'),
    httpPort: 24_862, tlsPort: 24_863, ocspResponderURL: '', externalAccountBindingRequired: false,
  } }))
  // A third of the nonces is refused, as the real one may at any time.
  pebble = spawn('pebble', ['-config', path.join(dir, 'p.json'), '-dnsserver', dns.address], {
    stdio: 'ignore', env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '30' },
  })
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`https://127.0.0.1:${PORTS.acme}/dir`).then(() => true, (error: { cause?: { code?: string } }) => error.cause?.code !== 'ECONNREFUSED')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}, 30_000)
afterAll(async () => {
  pebble?.kill('SIGKILL')
  await dns?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const inDns = (name: string) => ({
  publish: async (value: string) => void dns.records.set(`_acme-challenge.${name}`, [...(dns.records.get(`_acme-challenge.${name}`) ?? []), value]),
  withdraw: async () => void dns.records.delete(`_acme-challenge.${name}`),
})

testWhere(available, 'pebble is not installed')('a wildcard certificate is obtained by DNS-01, fits, and its proof is taken away again', async () => {
  const first = await authority().obtain({ name: '*.shop.example', ...inDns('shop.example') })
  const pair = checkCertificate({ certificate: first.chain, private_key: first.key, chain: '' }, '*.shop.example', new Date())
  expect(pair).toMatchObject({ names: ['*.shop.example'] })
  expect(dns.records.has('_acme-challenge.shop.example')).toBe(false)
  const renewed = await authority().obtain({ name: '*.shop.example', ...inDns('shop.example') })
  expect(new X509Certificate(renewed.chain).serialNumber).not.toBe(new X509Certificate(first.chain).serialNumber)
}, 60_000)

testWhere(available, 'pebble is not installed')('a proof that is not there, or is another one, is refused in the authority\'s own words', async () => {
  const withdrawn: string[] = []
  const order = { name: '*.none.example', publish: () => Promise.resolve(), withdraw: async (value: string) => void withdrawn.push(value) }
  await expect(authority().obtain(order)).rejects.toThrow(/TXT|DNS|record/i)
  expect(withdrawn).toHaveLength(1)
}, 60_000)

testWhere(has('openssl'), 'openssl is not installed')('openssl reads and verifies the request, for many and long names', () => {
  for (const names of [['*.a.example'], Array.from({ length: 40 }, (_, at) => `${'x'.repeat(50)}${at}.example`)]) {
    const der = signingRequest(names, generateKeyPairSync('ec', { namedCurve: 'P-256' }))
    const text = execFileSync('openssl', ['req', '-inform', 'DER', '-noout', '-text', '-verify'], { input: der }).toString()
    for (const name of names) expect(text).toContain(`DNS:${name}`)
  }
})
