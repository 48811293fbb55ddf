import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { lockHolder } from '../../agent/runtime/lock.ts'
import { run } from '../host/run.ts'
import { makeProduct, type Product } from '../test/product.ts'
import { testWhere } from '../../agent/testing/test-where.ts'

const possible = process.getuid?.() === 0 && ['ip', 'nft', 'curl', 'caddy', 'qemu-system-x86_64'].every((tool) => spawnSync('which', [tool]).status === 0)
const real = testWhere(possible, 'root and network namespaces are needed')

/** Another machine: its own network, a name for the console, a data folder. */
const space = `swg2n${process.pid}`
const [HERE, THERE] = ['10.213.77.1', '10.213.77.2']
const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-second-'))
const inside = (...argv: string[]): Promise<string> => run(['ip', 'netns', 'exec', space, ...argv], { cwd: data })
const OPERATOR = { email: 'operator@second.test', password: 'second-operator-password' }
let product: Product
let keeper: ChildProcess | undefined
let headers: Record<string, string>
let nodeId = ''

async function makeMachine(): Promise<void> {
  const [near, far] = [`${space.slice(0, 12)}a`, `${space.slice(0, 12)}b`]
  mkdirSync(`/etc/netns/${space}`, { recursive: true })
  writeFileSync(`/etc/netns/${space}/hosts`, `127.0.0.1 localhost\n${HERE} console.test\n`)
  for (const words of [
    `netns add ${space}`, `-n ${space} link set lo up`, `link add ${near} type veth peer name ${far}`, `link set ${far} netns ${space}`, `addr add ${HERE}/30 dev ${near}`,
    `link set ${near} up`, `-n ${space} addr add ${THERE}/30 dev ${far}`, `-n ${space} link set ${far} up`, `-n ${space} route add default via ${HERE}`,
  ]) await run(['ip', ...words.split(' ')])
}

async function ask<T = Record<string, unknown>>(method: string, route: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${product.run().api}/v1${route}`, {
    method, headers: { 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as T
}

const agentPid = (): number | undefined => lockHolder(path.join(data, 'agent/lock'))?.pid
const vmPid = (): number => {
  const found = spawnSync('pgrep', ['-f', 'qemu-system.*shellwego'], { encoding: 'utf8' }).stdout.trim().split('\n')
  const there = found.find((pid) => spawnSync('ip', ['netns', 'identify', pid], { encoding: 'utf8' }).stdout.trim() === space)
  if (there === undefined) throw new Error('no machine runs there')
  return Number(there)
}
const page = (): Promise<string> => inside('curl', '-sk', '--max-time', '10', '--resolve', 'second.apps.test:443:127.0.0.1', 'https://second.apps.test/').catch(() => '')

beforeAll(async () => {
  if (!possible) return
  chmodSync(data, 0o711)
  product = await makeProduct({ SHELLWEGO_DOMAIN: 'console.test', SHELLWEGO_APPS_DOMAIN: 'apps.test', SHELLWEGO_SETUP: `${OPERATOR.email}:${OPERATOR.password}` })
  await product.start()
  await makeMachine()
  headers = { authorization: `Bearer ${(await ask<{ token: string }>('POST', '/auth/token', OPERATOR)).token}` }
  headers['shellwego-organization'] = (await ask<{ id: string }>('POST', '/organizations', { name: 'Second' })).id
}, 300_000)

afterAll(async () => {
  if (!possible) return
  const agent = path.join(data, 'releases/current/agent.js')
  if (existsSync(agent)) await inside(path.join(data, 'releases/current/node'), agent, 'uninstall', '--data', data, '--purge').catch(() => '')
  keeper?.kill('SIGTERM')
  await product.remove()
  await run(['ip', 'netns', 'del', space]).catch(() => '')
  rmSync(`/etc/netns/${space}`, { recursive: true, force: true })
  rmSync(data, { recursive: true, force: true })
}, 120_000)

real('the line of the console makes the machine a node, and the token is on no command line', async () => {
  const made = await ask<{ token: string; command: string; join_id: string }>('POST', '/nodes/join-tokens', { region: 'lagos', zone: 'rack-1' })
  const token = path.join(data, 'token')
  writeFileSync(token, `${made.token}\n`, { mode: 0o600 })
  const line = `${made.command.replace('sudo ', '')} --token-file ${token} --data ${data} --set SHELLWEGO_VM_UID_BASE=2500000`
  expect(line).not.toContain(made.token)
  expect(await inside('sh', '-c', line)).toContain('has no systemd')
  expect(await inside('sh', '-c', line.replace(/--ca-sha256 ./, '--ca-sha256 g')).catch((error: Error) => error.message)).toContain('64 digits')
  expect(await inside('sh', '-c', line.replace(/--ca-sha256 \w{64}/, `--ca-sha256 ${'0'.repeat(64)}`)).catch((error: Error) => error.message)).toContain('not the one this line was made for')
  keeper = spawn('ip', ['netns', 'exec', space, path.join(data, 'launch'), 'keep'], { stdio: 'ignore' })
  await expect.poll(async () => (await ask<{ state: string }>('GET', `/nodes/join-tokens/${made.join_id}`)).state, { timeout: 60_000 }).toBe('joined')
  const { node } = await ask<{ node: { id: string; region: string; zone: string; release: string } }>('GET', `/nodes/join-tokens/${made.join_id}`)
  expect(node).toMatchObject({ region: 'lagos', zone: 'rack-1', release: readlinkSync(path.join(data, 'releases/current')) })
  nodeId = node.id
}, 180_000)

real('an app is placed there and served by its edge, with an image of the product', async () => {
  for (const { id } of (await ask<{ data: { id: string }[] }>('GET', '/nodes')).data) if (id !== nodeId) await ask('POST', `/nodes/${id}/cordon`, {})
  await ask('POST', '/apps', { name: 'second', image: 'builtin/hello:v1' })
  await expect.poll(page, { timeout: 120_000, interval: 1_000 }).toContain('served from inside its own virtual machine')
}, 150_000)

real('the agent is killed and comes back; the machine does not notice', async () => {
  const [agent, vm] = [agentPid(), vmPid()]
  process.kill(agent ?? 0, 'SIGKILL')
  await expect.poll(agentPid, { timeout: 30_000 }).not.toBeOneOf([agent, undefined])
  expect(vmPid()).toBe(vm)
  expect(await page()).toContain('virtual machine')
}, 60_000)

real('another release comes to it in place, though the agent is killed meanwhile; the machine does not notice', async () => {
  const [before, vm] = [readlinkSync(path.join(data, 'releases/current')), vmPid()]
  appendFileSync(path.join(product.data, 'guest/guest.json'), '\n')
  const { release } = await ask<{ release: string }>('POST', '/nodes/upgrades', {})
  expect(release).not.toBe(before)
  await expect.poll(() => existsSync(path.join(data, `releases/order-${release}`)), { timeout: 90_000, interval: 50 }).toBe(true)
  const pid = agentPid()
  if (pid) process.kill(pid, 'SIGKILL')
  const state = async () => (await ask<{ upgrade: { state: string } }>('GET', '/nodes/upgrades')).upgrade.state
  await expect.poll(state, { timeout: 150_000, interval: 500 }).toBe('done')
  expect(readlinkSync(path.join(data, 'releases/current'))).toBe(release)
  expect(vmPid()).toBe(vm)
  expect(await page()).toContain('virtual machine')
}, 260_000)

real('what is installed is closed to others', () => {
  expect(readFileSync(path.join(data, 'agent.env'), 'utf8')).not.toContain('join_')
  const world = spawnSync('find', [path.join(data, 'agent'), path.join(data, 'agent.env'), '-perm', '/077', '-not', '-name', 'portal-ca.pem'], { encoding: 'utf8' }).stdout
  expect(world.split('\n').filter((file) => file.endsWith('.env') || file.endsWith('join-token') || file.endsWith('node.key') || file.endsWith('/agent'))).toEqual([])
})
