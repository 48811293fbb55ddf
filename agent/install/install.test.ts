import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { manifestText, type DistFile } from '../../server/contract/node-api/dist.ts'
import type { Fetch } from '../release/fetch.ts'
import { Releases, releaseName, sha256Of } from '../release/layout.ts'
import type { Host } from './host.ts'
import { install, InstallError, type InstallOptions } from './install.ts'
import type { Services } from './services.ts'
import { uninstall } from './uninstall.ts'
import { environmentText, unitsOf, type Unit } from './units.ts'

const root = mkdtempSync(join(tmpdir(), 'install-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Stands for systemd: what was written, and what runs. */
class FakeServices implements Services {
  units: Unit[] = []
  starts = 0
  readonly #systemd: boolean

  constructor(systemd = true) {
    this.#systemd = systemd
  }

  present = (): boolean => this.#systemd
  install = (units: readonly Unit[]): Promise<void> => {
    this.units = [...units]
    this.starts += 1
    return Promise.resolve()
  }
  remove = (): Promise<void> => {
    this.units = []
    return Promise.resolve()
  }
}

const host: Host = {
  isRoot: () => true, packages: () => Promise.resolve(), own: () => {},
  user: () => Promise.resolve({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }),
}
const contents = new Map<string, string>()
const releaseOf = (version: string): string => {
  const files = ['agent.js', 'launch', 'node', 'guest/vmlinux'].map((name): DistFile => {
    const text = `${name} of ${version}`
    contents.set(sha256Of(text), text)
    return { name, arch: name === 'node' ? 'x64' : 'any', sha256: sha256Of(text), bytes: Buffer.byteLength(text), executable: name !== 'agent.js' }
  })
  const manifest = manifestText({ version, files })
  contents.set(sha256Of(manifest), manifest)
  return sha256Of(manifest)
}
let fetched: string[] = []
const fetch: Fetch = (_source, sha) => {
  fetched.push(sha)
  const message = new IncomingMessage(new Socket())
  message.statusCode = 200
  message.push(contents.get(sha))
  message.push(null)
  return Promise.resolve(message)
}
let number = 0
let options: InstallOptions
let services: FakeServices
const ports = () => ({ host, services, fetch, say: () => {} })

beforeEach(() => {
  fetched = []
  number += 1
  services = new FakeServices()
  const ca = join(root, 'ca.pem')
  writeFileSync(ca, 'PEM')
  options = {
    data: join(root, `data-${number}`), portal: 'https://console.test', ca, console: { domain: 'console.test', appsDomain: 'apps.test' }, manifest: releaseOf('0.1.0'),
    files: null, token: 'join_x', edge: true, settings: { SHELLWEGO_HTTPS_PORT: '8443' }, arch: 'x64',
  }
})

test('a node is installed whole, and closed to others; again it changes nothing but starts anew', async () => {
  const first = await install(options, ports())
  expect(first).toMatchObject({ release: releaseName(options.manifest), version: '0.1.0', changed: true, supervised: true })
  const { layout } = first
  expect(statSync(layout.data).mode & 0o777).toBe(0o711)
  for (const folder of [layout.agentDir, layout.edge]) expect(statSync(folder).mode & 0o077, folder).toBe(0)
  for (const file of [layout.environment, layout.token]) expect(statSync(file).mode & 0o777, file).toBe(0o600)
  expect(readFileSync(layout.environment, 'utf8')).toContain('SHELLWEGO_PORTAL_URL="https://console.test"\n')
  expect(readFileSync(layout.environment, 'utf8')).not.toContain('join_x')
  expect(readFileSync(layout.launch, 'utf8')).toBe('launch of 0.1.0')
  expect(services.units.map((unit) => unit.name)).toEqual(['shellwego-agent.service', 'shellwego-fence.service', 'shellwego-edge.service'])
  fetched = []
  expect(await install(options, ports())).toMatchObject({ changed: false })
  expect([fetched, services.starts]).toEqual([[], 2])
})

test('another release replaces it, fetching only what changed, and the one before stays', async () => {
  await install(options, ports())
  const files = options.manifest
  fetched = []
  const next = releaseOf('0.2.0')
  const { layout } = await install({ ...options, manifest: next, token: null, files: null }, { ...ports(), host }).catch((error: unknown) => {
    // Without a token only where it has joined.
    expect(error).toBeInstanceOf(InstallError)
    mkdirSync(join(options.data, 'agent'), { recursive: true })
    writeFileSync(join(options.data, 'agent', 'ledger.db'), '')
    return install({ ...options, manifest: next, token: null }, ports())
  })
  const releases = new Releases(layout.releases)
  expect(releases.named('current')).toBe(releaseName(next))
  expect(releases.has(releaseName(files))).toBe(true)
})

test('files that the install script fetched are not fetched again', async () => {
  const files = join(root, `files-${number}`)
  mkdirSync(files)
  writeFileSync(join(files, 'node'), 'node of 0.1.0')
  await install({ ...options, files }, ports())
  expect(fetched).not.toContain(sha256Of('node of 0.1.0'))
  expect(readdirSync(options.data)).not.toContain('files')
})

test('bad input changes nothing', async () => {
  const refused = async (over: Partial<InstallOptions>, how: Partial<ReturnType<typeof ports>> = {}) =>
    install({ ...options, ...over }, { ...ports(), ...how }).then(() => '', (error: Error) => error.message)
  expect(await refused({}, { host: { ...host, isRoot: () => false } })).toContain('sudo')
  expect(await refused({ token: null })).toContain('join token')
  expect(await refused({ settings: { PATH: '/tmp' } })).toContain('SHELLWEGO_')
  expect(await refused({ settings: { SHELLWEGO_DOMAIN: '$(reboot)' } })).toContain('character')
  expect(await refused({ data: '/tmp/with space' })).toContain('data folder')
  expect(existsSync(options.data)).toBe(false)
  mkdirSync(join(options.data, 'pg'), { recursive: true })
  expect(await refused({})).toContain('The console itself runs on this machine')
  expect(readdirSync(options.data)).toEqual(['pg'])
})

test('without systemd nothing is started; without an edge there is none', async () => {
  services = new FakeServices(false)
  const { layout, supervised } = await install({ ...options, edge: false }, ports())
  expect([supervised, services.starts, existsSync(layout.edge)]).toEqual([false, 0, false])
  expect(readFileSync(layout.environment, 'utf8')).not.toContain('EDGE')
})

test('uninstalled: VMs are stopped in order and the data stays, unless it is to go', async () => {
  await install(options, ports())
  const order: string[] = []
  const take = (purge: boolean) => uninstall({ data: options.data, purge }, {
    services: { ...services, present: () => true, install: services.install, remove: () => Promise.resolve(void order.push('services')) }, isRoot: () => true, say: () => {},
    shutdown: (file) => {
      expect(existsSync(file)).toBe(true)
      order.push('machines')
      return Promise.resolve()
    },
  })
  await take(false)
  expect(order).toEqual(['services', 'machines'])
  expect([existsSync(join(options.data, 'agent')), existsSync(join(options.data, 'releases'))]).toEqual([true, false])
  await expect(take(true)).rejects.toThrow('No node is installed')
  await install(options, ports())
  await take(true)
  expect(existsSync(options.data)).toBe(false)
})

test('the environment is words for a shell, and no more', () => {
  const text = environmentText({ SHELLWEGO_DATA: '/var/lib/shellwego', SHELLWEGO_MESH_ENDPOINT: '[2001:db8::1]:51820' })
  const file = join(root, 'words.env')
  writeFileSync(file, text)
  const out = spawnSync('sh', ['-c', `set -a; . ${file}; printf %s "$SHELLWEGO_MESH_ENDPOINT"`], { encoding: 'utf8' }).stdout
  expect(out).toBe('[2001:db8::1]:51820')
  for (const bad of ['a"b', 'a$b', 'a`b', 'a\nb', 'a b', 'a\\b']) expect(() => environmentText({ SHELLWEGO_X: bad }), bad).toThrow()
})

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0
test('nothing in the unit of the agent reaches a process that it leaves behind', () => {
  const agent = unitsOf('/var/lib/shellwego', true).find(({ name }) => name === 'shellwego-agent.service')?.text.split('\n') ?? []
  expect(agent).toEqual(expect.arrayContaining(['KillMode=process', 'OOMPolicy=continue', 'Delegate=yes', 'Restart=always']))
  const ends = /^(ExecStop|ExecStopPost|PIDFile|RuntimeMaxSec|MemoryMax|MemoryHigh|ManagedOOM\w*|BindsTo|PartOf|RuntimeDirectory|PrivateTmp|PrivateUsers|PrivateNetwork|DynamicUser)=/
  expect(agent.filter((line) => ends.test(line)), 'stops, limits or namespaces that VMs would share').toEqual([])
})

test.skipIf(!analyze)('systemd takes the units; stopping one ends no VM', () => {
  const folder = join(root, 'units')
  mkdirSync(folder)
  const launch = join(folder, 'launch')
  writeFileSync(launch, '#!/bin/sh\n', { mode: 0o755 })
  const units = unitsOf(folder, true)
  for (const { name, text } of units) writeFileSync(join(folder, name), text)
  const told = execFileSync('systemd-analyze', ['verify', '--man=no', ...units.map(({ name }) => join(folder, name))], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  expect(told).toBe('')
  expect(units[0]?.text).toContain('KillMode=process')
  expect(unitsOf('/home/ops/node', true)[0]?.text).not.toContain('ProtectHome')
})
