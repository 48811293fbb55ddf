import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../../../agent/testing/certificates.ts'
import { setDnsResolver } from '../../core/dns.ts'
import { randomText } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, metaFor } from '../../testing/actors.ts'
import { createFakeResolver } from '../../testing/dns.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp } from '../apps/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { listDesired } from '../nodes/index.ts'
import { insertNode } from '../nodes/testing.ts'
import { addDomain, getDomain, removeCertificate, setIssuing, updateDomain, uploadCertificate, verifyDomain } from './index.ts'
import { obtainCertificates } from './obtain-certificates.ts'
import { challengeLabel } from './rules/challenge.ts'
import { checkCertificate } from './rules/certificate.ts'
import { watchCertificates } from './watch-certificates.ts'

withRuntime()
const dns = createFakeResolver()
const sql = async (text: string, values: unknown[] = []) => (await runtime().databases.systemPool.query<Record<string, unknown>>(text, values)).rows
let owner: Awaited<ReturnType<typeof makeOwner>>
let appId: string
let node: string
beforeAll(async () => {
  setPlainMail()
  setDnsResolver(dns.resolver)
  owner = await makeOwner()
  node = await insertNode()
  appId = (await owner.call(createApp, { name: 'web', image: 'builtin/hello:v1' })).id
})

const proven = async (hostname = `c${randomText(8)}.com`) => {
  const domain = await owner.call(addDomain, { hostname, app_id: appId })
  dns.set(domain.record.name, 'TXT', [domain.record.value])
  await verifyDomain.handle(metaFor(owner.actor, owner.brand), { domain_id: domain.id })
  return domain
}
const routeOf = async (hostname: string) => (await listDesired(node)).objects.find((o) => o.kind === 'route' && o.id === hostname)
const given = (chain: string, key: string, more = '') => ({ certificate: chain, private_key: key, chain: more })
const faultsOf = (work: Promise<unknown>) => work.then(() => [], (error: { errors: { pointer: string; code: string }[] }) => error.errors.map((e) => `${e.pointer} ${e.code}`))

test('an uploaded certificate reaches the edges with its key, which nobody else is ever shown', async () => {
  const domain = await proven()
  const { chain, key } = makeCertificate([domain.hostname, `www.${domain.hostname}`])
  const answer = await owner.call(uploadCertificate, { domain_id: domain.id, ...given(chain, key) })
  expect(answer).toMatchObject({ tls_status: 'active', certificate: { source: 'upload', names: [domain.hostname, `www.${domain.hostname}`], issuer: domain.hostname } })
  await drainJobs()
  const route = await routeOf(domain.hostname)
  expect(route?.spec).toMatchObject({ certificate: { chain: chain }, org_id: owner.organization.id, secrets: { certificate_key: expect.stringContaining('PRIVATE KEY') as string } })
  const body = key.split('\n')[1] ?? ''
  for (const table of ['domain', 'node_object', 'event']) expect(JSON.stringify(await sql(`SELECT * FROM ${table}`))).not.toContain(body)
  expect(JSON.stringify(await owner.call(getDomain, { domain_id: domain.id }))).not.toContain(body)
  expect(await owner.call(removeCertificate, { domain_id: domain.id })).toMatchObject({ tls_status: 'automatic', certificate: null })
  await drainJobs()
  expect((await routeOf(domain.hostname))?.spec).toEqual({ host: domain.hostname, target: { instances: [] }, app_id: expect.any(String) as string })
})

test('a certificate that does not match its key, host or date is refused with each fault at its field', async () => {
  const domain = await proven()
  const [right, other] = [makeCertificate([domain.hostname]), makeCertificate(['other.example'])]
  const upload = (chain: string, key: string, more = '') => faultsOf(owner.call(uploadCertificate, { domain_id: domain.id, ...given(chain, key, more) }))
  expect(await upload('nothing', right.key)).toEqual(['/certificate unreadable'])
  expect(await upload(right.chain, 'nothing')).toEqual(['/private_key unreadable'])
  expect(await upload(right.chain, other.key)).toEqual(['/private_key mismatch'])
  expect(await upload(other.chain, right.key)).toEqual(['/private_key mismatch', '/certificate wrong_host'])
  expect(await upload(right.chain, right.key, other.chain)).toEqual(['/chain broken'])
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1_024 })
  expect(await upload(right.chain, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toEqual(['/private_key weak'])
  const locked = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()
  expect(await upload(right.chain, locked)).toEqual(['/private_key encrypted'])
  const at = (days: number) => checkCertificate(given(right.chain, right.key), domain.hostname, new Date(Date.now() + days * 86_400_000))
  expect(at(91)).toMatchObject({ faults: [{ pointer: '/certificate', code: 'expired' }] })
  expect(at(-1)).toMatchObject({ faults: [{ code: 'not_yet_valid' }] })
  expect(checkCertificate(given(right.chain, right.key), `*.${domain.hostname}`, new Date())).toMatchObject({ faults: [{ code: 'wrong_host' }] })
  const wild = makeCertificate(['*.a.example'])
  expect(checkCertificate(given(wild.chain, wild.key), 'b.a.example', new Date())).toMatchObject({ names: ['*.a.example'] })
  expect(checkCertificate(given(wild.chain, wild.key), 'c.b.a.example', new Date())).toMatchObject({ faults: [{ code: 'wrong_host' }] })
})

test('a chain is taken in order, and only in order', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'chain-'))
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  run('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/O=Trust Ltd/CN=Root', '-days', '90')
  run('req', '-new', ...ec, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=leaf')
  writeFileSync(path.join(dir, 'ext'), 'subjectAltName=DNS:shop.example')
  run('x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'ext', '-days', '30', '-out', 'leaf.pem')
  const [leaf, ca, key] = ['leaf.pem', 'ca.pem', 'leaf.key'].map((name) => readFileSync(path.join(dir, name), 'utf8'))
  expect(checkCertificate(given(leaf ?? '', key ?? '', ca), 'shop.example', new Date())).toMatchObject({ issuer: 'Trust Ltd', chain: expect.stringMatching(/(BEGIN CERTIFICATE[^]*){2}/) as string })
  expect(checkCertificate(given(`${leaf}${ca}`, key ?? ''), 'shop.example', new Date())).toMatchObject({ issuer: 'Trust Ltd' })
  expect(checkCertificate(given(`${ca}${leaf}`, key ?? ''), 'shop.example', new Date())).toMatchObject({ faults: expect.arrayContaining([expect.objectContaining({ code: 'broken' })]) as object[] })
})

test('owners are told two weeks before an uploaded certificate ends, and once when it has', async () => {
  const domain = await proven()
  const { chain, key } = makeCertificate([domain.hostname], 10)
  expect(await owner.call(uploadCertificate, { domain_id: domain.id, ...given(chain, key) })).toMatchObject({ tls_status: 'expiring' })
  await watchCertificates.run({})
  await watchCertificates.run({})
  await sql("UPDATE domain SET certificate_until = now() - interval '1 hour' WHERE id = $1", [domain.id])
  await watchCertificates.run({})
  await watchCertificates.run({})
  expect(await owner.call(getDomain, { domain_id: domain.id })).toMatchObject({ tls_status: 'expired' })
  const told = await sql("SELECT type FROM event WHERE subject_id = $1 AND type LIKE 'domain.certificate_e%' ORDER BY seq", [domain.id])
  expect(told.map((row) => row.type)).toEqual(['domain.certificate_expiring', 'domain.certificate_expired'])
  await drainJobs()
  expect(await sql("SELECT 1 FROM mail WHERE dedupe_key LIKE 'domain-trouble:certificate%'")).toHaveLength(2)
})

test('certificates of proven wildcards are obtained, renewed a month before their end, and one that fails harms no other', async () => {
  const published: string[] = []
  const bad = await proven(`*.bad${randomText(6)}.com`)
  const orders: string[] = []
  setIssuing({
    zone: { name: 'acme.cloud.example', setTxt: async (label, value) => void published.push(`${label} ${value}`), removeTxt: async () => {} },
    authority: {
      async obtain({ name, publish, withdraw }) {
        orders.push(name)
        await publish('proof')
        await withdraw('proof')
        if (name === bad.hostname) throw new Error('CAA record forbids it')
        return makeCertificate([name])
      },
    },
  })
  const good = await proven(`*.good${randomText(6)}.com`)
  await proven()
  await drainJobs()
  const [ok, failed] = await Promise.all([good, bad].map(({ id }) => owner.call(getDomain, { domain_id: id })))
  expect(ok).toMatchObject({
    tls_status: 'active', certificate: { source: 'acme', names: [good.hostname] },
    challenge: { type: 'CNAME', name: `_acme-challenge.${good.hostname.slice(2)}`, value: `${challengeLabel(good.id)}.acme.cloud.example` },
  })
  expect(published).toContain(`${challengeLabel(good.id)} proof`)
  expect(failed).toMatchObject({ tls_status: 'failed', certificate_fault: 'CAA record forbids it' })
  expect((await routeOf(good.hostname))?.spec).toMatchObject({ secrets: { certificate_key: expect.stringContaining('PRIVATE KEY') as string } })
  expect([...new Set(orders)].sort()).toEqual([bad.hostname, good.hostname].sort())
  orders.length = 0
  await obtainCertificates.run({})
  expect(orders).toEqual([bad.hostname])
  expect(await sql("SELECT 1 FROM event WHERE subject_id = $1 AND type = 'domain.certificate_failed'", [bad.id])).toHaveLength(1)
  await sql("UPDATE domain SET certificate_until = now() + interval '29 days' WHERE id = $1", [good.id])
  await obtainCertificates.run({})
  const renewed = await owner.call(getDomain, { domain_id: good.id })
  expect(new Date(renewed.certificate?.expires_at ?? 0).getTime()).toBeGreaterThan(Date.now() + 80 * 86_400_000)
  setIssuing(null)
})

test('paths, redirect and headers reach the edges; what leads nowhere or back is refused', async () => {
  const domain = await proven()
  const api = await owner.call(createApp, { name: `api-${randomText(5)}`, image: 'builtin/hello:v1' })
  const change = (changes: object) => owner.call(updateDomain, { domain_id: domain.id, ...changes })
  expect(await change({ paths: [{ path: '/api', app_id: api.name, strip_prefix: true }], response_headers: { set: { 'X-A': 'b' } } }))
    .toMatchObject({ paths: [{ path: '/api', app_id: api.id, strip_prefix: true }], response_headers: { set: { 'X-A': 'b' }, remove: [] } })
  await drainJobs()
  expect((await routeOf(domain.hostname))?.spec).toEqual({
    host: domain.hostname, target: { instances: [] }, app_id: expect.any(String) as string, paths: [{ path: '/api', strip_prefix: true, target: { instances: [] } }], response_headers: { set: { 'X-A': 'b' }, remove: [] },
  })
  await change({ paths: [], response_headers: { set: {}, remove: [] }, redirect: { to: 'https://www.example.com' } })
  await drainJobs()
  expect((await routeOf(domain.hostname))?.spec).toEqual({
    host: domain.hostname, target: { instances: [] }, app_id: expect.any(String) as string, redirect: { to: 'https://www.example.com', status: 308, keep_path: true },
  })
  const twice = [{ path: '/a', app_id: api.id }, { path: '/a', app_id: appId }]
  for (const [changes, fault] of [
    [{ redirect: { to: `https://${domain.hostname}/x` } }, '/redirect/to loop'], [{ paths: twice }, '/paths/1/path duplicate'], [{ paths: [{ path: '/a', app_id: 'app_none' }] }, '/paths/0/app_id not_found'],
    [{ paths: [{ path: 'a/', app_id: api.id }] }, '/paths/0/path invalid_format'], [{ paths: [{ path: '/a/../b', app_id: api.id }] }, '/paths/0/path custom'],
    [{ redirect: { to: 'javascript:alert(1)' } }, '/redirect/to invalid_format'], [{ redirect: { to: 'https://{env.HOME}.com' } }, '/redirect/to invalid_format'],
    [{ request_headers: { set: { Host: 'x' } } }, '/request_headers/set/Host invalid_key'], [{ response_headers: { set: { 'X-A': 'a\r\nb: c' } } }, '/response_headers/set/X-A invalid_format'],
    [{ request_headers: { set: { 'X-A': '{env.SECRET}' } } }, '/request_headers/set/X-A invalid_format'],
  ] as const) expect([changes, (await faultsOf(change(changes)))[0]]).toEqual([changes, fault])
})
