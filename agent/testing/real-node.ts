/** One whole node inside a network namespace: real QEMU, images from a real registry, real bridges and Caddy, the agent as the bundle that is shipped. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { buildGuest } from '../guest/build.ts'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { buildBuiltinImages } from '../../scripts/images/build.ts'
import { FakePortal } from './fake-portal.ts'
import { until, vmObject } from './world.ts'

const PORTS = { registry: 22010, portal: 22011, https: 22012, http: 22013, dns: 22014, ask: 22015 }
const REPOSITORY = join(import.meta.dirname, '../..')
export const data = mkdtempSync(join(tmpdir(), 'shellwego-node-'))
chmodSync(data, 0o711)
export const found: Record<string, unknown> = {}
export const children: ChildProcess[] = []
export const portal = new FakePortal()
export const bundle = join(data, 'agent.mjs')
const adminSocket = join(data, 'edge', 'admin.sock')

export const environment = {
  ...process.env, SHELLWEGO_DATA: data, SHELLWEGO_PORTAL_URL: `http://127.0.0.1:${PORTS.portal}`, SHELLWEGO_JOIN_TOKEN_FILE: join(data, 'token'),
  SHELLWEGO_BUILTIN_REGISTRY: `127.0.0.1:${PORTS.registry}`, SHELLWEGO_EDGE_ADMIN: adminSocket, SHELLWEGO_EDGE_STORAGE: join(data, 'edge', 'storage'),
  SHELLWEGO_HTTPS_PORT: String(PORTS.https), SHELLWEGO_HTTP_PORT: String(PORTS.http), SHELLWEGO_DNS_PORT: String(PORTS.dns),
  SHELLWEGO_ASK_PORT: String(PORTS.ask), SHELLWEGO_LOG_LEVEL: 'debug',
}

function start(argv: string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const child = spawn(argv[0] ?? '', argv.slice(1), { env, stdio: 'ignore' })
  children.push(child)
  return child
}

export const startAgent = (): ChildProcess => {
  const child = spawn(process.execPath, ['--max-semi-space-size=1', '--optimize-for-size', bundle, 'run'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  child.stdout?.on('data', (chunk: Buffer) => { if (process.env['VERBOSE']) process.stderr.write(chunk) })
  return child
}

export const startCaddy = (): ChildProcess => {
  rmSync(adminSocket, { force: true })
  return start(['caddy', 'run', '--config', join(data, 'edge', 'first.json')], { ...process.env, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data })
}

export async function killed(child: ChildProcess): Promise<void> {
  await new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
}

export const toEdge = (host: string) => ({
  host: '127.0.0.1', port: PORTS.https, servername: host, agent: false as const, timeout: 15_000,
  ca: readFileSync(join(data, 'edge/storage/pki/authorities/local/root.crt')),
})

export function get(host: string, post?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = post === undefined ? {} : { 'content-length': String(Buffer.byteLength(post)) }
    const call = request({ ...toEdge(host), method: post === undefined ? 'GET' : 'POST', headers: { host, ...sent } })
    call.on('error', reject)
    call.on('timeout', () => call.destroy(new Error('timeout')))
    call.on('response', (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => { body += chunk.toString() })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    call.end(post)
  })
}

export const answers = (host: string, text = ''): Promise<boolean> => get(host).then((a) => a.status === 200 && a.body.includes(text), () => false)
export const timed = async (what: string, condition: () => Promise<boolean>): Promise<number> => {
  const begin = performance.now()
  await until(what, condition, 40_000)
  return Math.round(performance.now() - begin)
}

export const instance = (
  id: string, generation: number, org: number, last: number, name: string, more: object = {},
): DesiredObject => vmObject(id, generation, {
  org_id: `org_${org}`, app_name: name, internal_name: name, network: {
    id: `net_${org}`, address: `10.64.${org}.${last}/24`, gateway: `10.64.${org}.1`, mac: `02:50:0a:40:0${org}:0${last}`,
  }, ...more,
})
export const route = (host: string, id: string): DesiredObject =>
  ({ kind: 'route', id: host, generation: 1, desired: 'present', spec: { host, target: { instances: [id] } } })

export async function prepare(): Promise<void> {
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  for (const folder of ['edge/storage', 'registry', 'guest']) mkdirSync(join(data, folder), { recursive: true })
  writeFileSync(join(data, 'token'), 'join_token')
  writeFileSync(join(data, 'edge', 'first.json'), JSON.stringify({ admin: { listen: `unix/${adminSocket}` } }))
  writeFileSync(join(data, 'registry.yml'), `version: 0.1\nstorage: {filesystem: {rootdirectory: ${join(data, 'registry')}}}\nhttp: {addr: "127.0.0.1:${PORTS.registry}"}\nlog: {level: error, accesslog: {disabled: true}}\n`)
  start(['docker-registry', 'serve', join(data, 'registry.yml')])
  await buildGuest({ outDir: join(data, 'guest'), cacheDir: join(tmpdir(), 'shellwego-test-packages') })
  await until('registry', () => fetch(`http://127.0.0.1:${PORTS.registry}/v2/`).then((r) => r.ok, () => false), 10_000)
  await buildBuiltinImages({ workDir: join(data, 'work'), registry: `127.0.0.1:${PORTS.registry}` })
  await build({
    entryPoints: [join(REPOSITORY, 'agent/main.ts')], outfile: bundle, bundle: true, platform: 'node', format: 'esm', logLevel: 'error', minifySyntax: true,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  })
  await portal.listen(PORTS.portal)
}

export const edgeIsUp = (): Promise<void> => until('caddy', () => existsSync(adminSocket), 10_000)

export function report(): never {
  try {
    execFileSync(process.execPath, [bundle, 'shutdown'], { env: environment, stdio: 'ignore' })
  } catch { /* reported by the assertions */ }
  for (const child of children) child.kill('SIGKILL')
  if (process.env['KEEP'] === undefined) rmSync(data, { recursive: true, force: true })
  process.stdout.write(JSON.stringify(found, null, 1))
  process.exit(0)
}
