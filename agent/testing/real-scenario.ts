/**
 * Runs inside a network namespace that plays a whole node: real QEMU, images from a real registry, real bridges and Caddy, the agent as
 * the bundle that is shipped; only the portal is pretended. Prints what it found. Started by `real-agent.vm.test.ts`.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { buildGuest } from '../guest/build.ts'
import { processStart } from '../runtime/lock.ts'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { buildBuiltinImages } from '../../scripts/images/build.ts'
import { lastLine, lastWords, makeOutside, rulesFor, settled, tryingCommand } from './real-egress.ts'
import { FakePortal } from './fake-portal.ts'
import { tombstone, until, vmObject } from './world.ts'

const PORTS = { registry: 22010, portal: 22011, https: 22012, http: 22013, dns: 22014, ask: 22015 }
const REPOSITORY = join(import.meta.dirname, '../..')
const data = mkdtempSync(join(tmpdir(), 'shellwego-node-'))
chmodSync(data, 0o711)
const found: Record<string, unknown> = {}
const children: ChildProcess[] = []
const portal = new FakePortal()
const bundle = join(data, 'agent.mjs')
const adminSocket = join(data, 'edge', 'admin.sock')

const environment = {
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

const startAgent = (): ChildProcess => {
  const child = spawn(process.execPath, ['--max-semi-space-size=1', '--optimize-for-size', bundle, 'run'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  child.stdout?.on('data', (chunk: Buffer) => { if (process.env['VERBOSE']) process.stderr.write(chunk) })
  return child
}

const startCaddy = (): ChildProcess => {
  rmSync(adminSocket, { force: true })
  return start(['caddy', 'run', '--config', join(data, 'edge', 'first.json')], { ...process.env, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data })
}

async function killed(child: ChildProcess): Promise<void> {
  await new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
}

function get(host: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1', port: PORTS.https, servername: host, headers: { host }, agent: false, timeout: 15_000,
      ca: readFileSync(join(data, 'edge/storage/pki/authorities/local/root.crt')),
    })
    call.on('error', reject)
    call.on('timeout', () => call.destroy(new Error('timeout')))
    call.on('response', (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => { body += chunk.toString() })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    call.end()
  })
}

const answers = (host: string, text = ''): Promise<boolean> => get(host).then((a) => a.status === 200 && a.body.includes(text), () => false)
const timed = async (what: string, condition: () => Promise<boolean>): Promise<number> => {
  const begin = performance.now()
  await until(what, condition, 40_000)
  return Math.round(performance.now() - begin)
}

const instance = (id: string, generation: number, org: number, last: number, name: string, more: object = {}): DesiredObject => vmObject(id, generation, {
  org_id: `org_${org}`, app_name: name, internal_name: name, network: {
    id: `net_${org}`, address: `10.64.${org}.${last}/24`, gateway: `10.64.${org}.1`, mac: `02:50:0a:40:0${org}:0${last}`,
  }, ...more,
})
const route = (host: string, id: string): DesiredObject =>
  ({ kind: 'route', id: host, generation: 1, desired: 'present', spec: { host, target: { instances: [id] } } })

async function prepare(): Promise<void> {
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

/** The same guest under rules, and then without any: the VM is not restarted for that. */
async function egress(others: DesiredObject[]): Promise<void> {
  const outside = await makeOutside()
  children.push(outside.child)
  try {
    const guest = instance('vm_3', 1, 3, 2, 'trying', { app_id: 'app_3', command: tryingCommand(), port: null })
    portal.want([guest, rulesFor('app_3', 1, [{ to: '203.0.113.2/32', protocol: 'tcp', ports: { from: 80, to: 80 } }]), ...others])
    await until('the guest tried everything', () => settled(lastWords(portal, 'vm_3', 0), ['named']), 90_000)
    found['underRules'] = lastWords(portal, 'vm_3', 0)
    const started = portal.status('vm_3')?.vm_start_id
    portal.want([guest, rulesFor('app_3', 2, null), ...others])
    const since = lastLine(portal, 'vm_3') + 6
    await until('the guest tried everything again', () => settled(lastWords(portal, 'vm_3', since), ['named', 'unnamed']), 90_000)
    found['withoutRules'] = lastWords(portal, 'vm_3', since)
    found['restartedForRules'] = portal.status('vm_3')?.vm_start_id !== started
    portal.want([tombstone('vm_3', 2), ...others])
    await until('the guest is gone', () => portal.status('vm_3')?.phase === 'absent', 30_000)
  } finally {
    outside.end()
  }
}

async function live(): Promise<void> {
  let caddy = startCaddy()
  await until('caddy', () => existsSync(adminSocket), 10_000)
  let agent = startAgent()
  await until('joined', () => portal.lastStatus !== null, 20_000)
  const one = instance('vm_1', 1, 1, 2, 'one', { env: { HELLO_WHO: 'first' } })
  const two = instance('vm_2', 1, 2, 2, 'two')
  const routes = [route('one.apps.localhost', 'vm_1'), route('two.apps.localhost', 'vm_2')]
  portal.want([one, ...routes])
  found['deployMs'] = await timed('the app answers', () => answers('one.apps.localhost', 'first'))
  portal.want([one, two, ...routes])
  found['secondDeployMs'] = await timed('the second app answers', () => answers('two.apps.localhost'))
  await egress([one, two, ...routes])
  found['privateName'] = execFileSync('dig', ['+short', '+time=2', '@10.64.1.1', 'one.internal'], { encoding: 'utf8' }).trim()
  found['foreignName'] = execFileSync('dig', ['+noall', '+comments', '+time=2', '@10.64.1.1', 'two.internal'], { encoding: 'utf8' }).match(/status: (\w+)/)?.[1]
  found['agentRssMib'] = rss(agent)
  const start1 = portal.status('vm_1')?.vm_start_id
  await killed(agent)
  const asked = performance.now()
  portal.history.length = 0
  const meanwhile = Promise.all(Array.from({ length: 20 }, () => get('one.apps.localhost').then(({ status }) => status, (error: Error) => error.message)))
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  agent = startAgent()
  found['failedWithoutAgent'] = (await meanwhile).filter((status) => status !== 200)
  found['heldMs'] = Math.round(performance.now() - asked)
  found['agentBackMs'] = await timed('reported again', async () => portal.history.some((o) => o.id === 'vm_1' && o.phase === 'running'))
  found['readinessFlips'] = portal.history.filter((o) => o.kind === 'vm' && o.phase !== 'absent' && o.health !== 'ok')
  found['dnsBackMs'] = await timed('served again', () => answers('one.apps.localhost'))
  found['sameStart'] = portal.status('vm_1')?.vm_start_id === start1
  await killed(caddy)
  caddy = startCaddy()
  found['caddyBackMs'] = await timed('caddy serves again', () => answers('one.apps.localhost'))
  portal.want([instance('vm_1', 2, 1, 2, 'one', { env: { HELLO_WHO: 'second' } }), two, ...routes])
  found['replaceMs'] = await timed('the new generation answers', () => answers('one.apps.localhost', 'second'))
  await until('usage', () => portal.usage.some((record) => record.cum.cpu_us > 0 && record.cum.net_tx > 0), 30_000)
  found['logLines'] = [...portal.logs.values()].length
  found['conditions'] = portal.lastStatus?.node.conditions
  portal.want([tombstone('vm_2', 2), instance('vm_1', 2, 1, 2, 'one', { env: { HELLO_WHO: 'second' } }), ...routes])
  await until('deleted', () => portal.status('vm_2')?.phase === 'absent', 20_000)
  found['foldersOfDeleted'] = ['vms', 'disks'].map((folder) => execFileSync('ls', [join(data, folder)], { encoding: 'utf8' })).join(' ').includes('vm_2')
  found['agentRssAfterMib'] = rss(agent)
}

interface NodeStatus { running: boolean; vms: { pid: number | null }[] }
const nodeStatus = (): NodeStatus => JSON.parse(execFileSync(process.execPath, [bundle, 'status', '--json'], { env: environment, encoding: 'utf8' })) as NodeStatus
const machines = (): number[] => nodeStatus().vms.flatMap((vm) => vm.pid ?? [])
const alive = (pids: number[]): number => pids.filter((pid) => processStart(pid) !== null).length

const rss = (child: ChildProcess): number => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024)

async function end(): Promise<void> {
  const before = machines()
  found['machinesBefore'] = alive(before)
  const begin = performance.now()
  execFileSync(process.execPath, [bundle, 'shutdown'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
  found['shutdownMs'] = Math.round(performance.now() - begin)
  found['statusAfter'] = nodeStatus()
  found['linksAfter'] = execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' }).match(/swg[bt]\w+/g) ?? []
  found['rulesAfter'] = execFileSync('nft', ['list', 'ruleset'], { encoding: 'utf8' }).trim()
  found['machinesAfter'] = alive(before)
  const agent = startAgent()
  found['backAfterShutdownMs'] = await timed('back after shutdown', () => answers('one.apps.localhost', 'second'))
  agent.kill('SIGTERM')
  await new Promise((resolve) => agent.once('exit', (code) => {
    found['sigtermExit'] = code
    resolve(null)
  }))
  found['machinesAfterSigterm'] = alive(machines())
  execFileSync(process.execPath, [bundle, 'shutdown'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
}

try {
  await prepare()
  await live()
  await end()
} catch (error) {
  found['error'] = error instanceof Error ? error.stack : String(error)
  found['statuses'] = [...portal.statuses.values()]
} finally {
  try {
    execFileSync(process.execPath, [bundle, 'shutdown'], { env: environment, stdio: 'ignore' })
  } catch { /* reported by the assertions */ }
  for (const child of children) child.kill('SIGKILL')
  if (process.env['KEEP'] === undefined) rmSync(data, { recursive: true, force: true })
}
process.stdout.write(JSON.stringify(found, null, 1))
process.exit(0)
