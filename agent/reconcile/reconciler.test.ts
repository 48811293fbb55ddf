import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeVmmDriver } from '../drivers/vmm/fake.ts'
import { systemClock } from '../runtime/clock.ts'
import { createWorld, tombstone, until, vmObject, vmSpec, type World } from '../testing/world.ts'

let world: World
beforeEach(async () => { world = await createWorld() })
afterEach(() => world.close())

const status = () => world.portal.status('vm_1')
const running = (): boolean => status()?.phase === 'running' && status()?.health === 'ok'
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const machine = () => world.host.machines.get('vm_1')

test('an exit restarts after a second, and the reason says why', async () => {
  world.portal.want([vmObject('vm_1')])
  await world.begin()
  await until('running', running)
  world.host.crash('vm_1', { kind: 'process', code: 3, signal: null, oom: false })
  await until('backoff', () => status()?.phase === 'backoff')
  expect(status()).toMatchObject({ code: 'process_exited', restarts: 1, reason: expect.stringContaining('exit code 3') })
  await until('running again', running)
  expect(world.host.starts).toHaveLength(2)
})

test('an app that keeps ending is called a crash loop', async () => {
  world.host.knobs.programs['/app/start.sh'] = (process) => process.exit(1)
  world.portal.want([vmObject('vm_1', 1, { restart: { policy: 'always', max_in_window: 1, window_s: 600 } })])
  await world.begin()
  await until('crash loop', () => status()?.code === 'crash_loop')
  expect(status()?.phase).toBe('backoff')
})

test('a clean exit of a job stays stopped', async () => {
  world.host.knobs.programs['/app/start.sh'] = (process) => process.exit(0)
  world.portal.want([vmObject('vm_1', 1, { restart: { policy: 'on-failure', max_in_window: 1, window_s: 600 } })])
  await world.begin()
  await until('stopped', () => status()?.phase === 'stopped')
  await pause(100)
  expect(world.host.starts).toHaveLength(1)
})

test.each([
  [{ image: 'builtin/none:v1' }, 'image_not_found'],
  [{ image: 'builtin/fixtures/noentry:v1' }, 'no_command'],
  [{ memory_mib: 64 }, 'memory_too_small'],
])('%o fails for good as %s, until there is a new generation', async (spec, code) => {
  world.portal.want([vmObject('vm_1', 1, spec)])
  await world.begin()
  await until('failed', () => status()?.phase === 'failed')
  expect(status()).toMatchObject({ code, reason: expect.stringMatching(/\w/) })
  expect(world.host.machines.size + world.network.taps.size).toBe(0)
  world.portal.want([vmObject('vm_1', 2)])
  await until('running', running)
})

test('a registry that is away is asked again, and its return needs no new generation', async () => {
  world.images.fail('registry_unavailable')
  world.portal.want([vmObject('vm_1')])
  const agent = await world.begin()
  await until('backoff', () => status()?.phase === 'backoff')
  expect(status()?.code).toBe('registry_unavailable')
  world.images.fail(null)
  const instance = agent.reconciler.instances().get('vm_1')
  if (instance?.record.hold) instance.record.hold.untilMs = 0
  agent.reconciler.kick('vm_1')
  await until('running', running)
})

test('below the floor of free space nothing new starts, what runs goes on, and the node says so', async () => {
  world.portal.want([vmObject('vm_1')])
  const first = await world.begin()
  await until('running', running)
  world.disks.free = 50
  const other = vmObject('vm_2', 1, { network: { ...vmSpec().network, address: '10.64.1.3/24' } })
  world.portal.want([vmObject('vm_1'), other])
  await until('refused', () => world.portal.status('vm_2')?.code === 'no_space')
  expect(machine()).toBeDefined()
  await world.end(first)
  await world.begin()
  await until('condition', () => world.portal.lastStatus?.node.conditions.some((condition) => condition.type === 'disk_pressure') === true)
})

test('an app that never answers is reported after its grace time, keeps running, and recovers by itself', async () => {
  world.healthy.ok = false
  world.portal.want([vmObject('vm_1', 1, { health: { ...vmSpec().health, grace_s: 1 } })])
  await world.begin()
  await until('bad', () => status()?.health === 'bad')
  expect(status()).toMatchObject({ phase: 'running', code: 'health_timeout', reason: expect.stringContaining('0.0.0.0:8080') })
  world.healthy.ok = true
  await until('ok', running)
  expect(status()?.code).toBeNull()
  expect(world.host.starts).toHaveLength(1)
})

test('a VM that ended while no agent watched is started again', async () => {
  world.portal.want([vmObject('vm_1')])
  const first = await world.begin()
  await until('running', running)
  await world.end(first)
  world.host.machines.delete('vm_1')
  await world.begin()
  await until('restarted', () => world.host.starts.length === 2 && running())
  expect(status()?.restarts).toBe(1)
})

test('after a reboot of the host everything starts again without counting as a crash', async () => {
  world.portal.want([vmObject('vm_1')])
  const first = await world.begin()
  await until('running', running)
  await world.end(first)
  world.host.machines.clear()
  const clock = systemClock()
  await world.begin({ clock: { ...clock, bootId: () => 'another-boot' } })
  await until('restarted', () => world.host.starts.length === 2 && running())
  expect(status()?.restarts).toBe(0)
})

test('a VM the ledger never heard of is stopped once a list was seen, not before', async () => {
  const quiet = { onStarted: () => {}, onLog: () => {}, onExit: () => {} }
  const process = { argv: ['/x'], env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM' }
  const network = { kind: 'tap' as const, ifname: 't', mac: '', address: '', gateway: '', dns: '' }
  const spec = { id: 'vm_9', startId: 's9', hostname: 'x', vcpu: 1, memoryMib: 128, rootfs: '/r', scratch: '/s', volumes: [], volumeKeys: {}, network, process, uid: null }
  const stray = await new FakeVmmDriver(world.host).start(spec, {}, quiet)
  stray.detach()
  world.portal.fault = '500'
  await world.begin()
  await pause(150)
  expect(world.host.machines.has('vm_9')).toBe(true)
  world.portal.fault = 'none'
  await until('gone', () => !world.host.machines.has('vm_9'), 10_000)
})

test('a restored database neither deletes nor restarts what it wants unchanged', async () => {
  world.portal.want([vmObject('vm_1', 7)])
  let offset = 0
  const clock = systemClock()
  await world.begin({ clock: { ...clock, monotonicMs: () => clock.monotonicMs() + offset } })
  await until('running', running)
  world.portal.epoch = 'e2'
  world.portal.index = 1
  world.portal.want([tombstone('vm_1', 8)])
  await until('seen', () => world.portal.calls.get('/node/v1/desired') !== undefined)
  await pause(300)
  expect(machine()).toBeDefined()
  world.portal.want([vmObject('vm_1', 3)])
  offset = 20_000
  await until('the older number is taken over', () => status()?.generation === 3 && running(), 15_000)
  expect(world.host.starts).toHaveLength(1)
}, 30_000)
