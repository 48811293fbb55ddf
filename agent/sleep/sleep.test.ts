import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import type { Agent } from '../agent.ts'
import type { Clock } from '../runtime/clock.ts'
import { systemClock } from '../runtime/clock.ts'
import { instancesNamed } from '../dns/private-names.ts'
import { createWorld, tombstone, until, vmObject, type World } from '../testing/world.ts'

let world: World
let agents: Agent[] = []
/** Moves the agent's monotonic clock: nobody waits for a real minute. */
let aheadMs = 0
beforeEach(async () => {
  world = await createWorld()
  aheadMs = 0
})
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.stop()))
  await world.close()
})

const clock = (): Clock => {
  const real = systemClock()
  return { ...real, monotonicMs: () => real.monotonicMs() + aheadMs }
}
async function begin(): Promise<Agent> {
  const agent = world.agent({ clock: clock() })
  agents.push(agent)
  await agent.start()
  return agent
}
async function end(agent: Agent): Promise<void> {
  agents = agents.filter((other) => other !== agent)
  await agent.stop()
}
const status = (id = 'vm_1') => world.portal.status(id)
const running = (id = 'vm_1'): boolean => status(id)?.phase === 'running' && status(id)?.health === 'ok'
const asleep = (id = 'vm_1'): boolean => status(id)?.phase === 'sleeping'
const sleepy = { sleep_after_s: 60 }
const route = (instances: string[]): DesiredObject => ({ kind: 'route', id: 'shop.test', generation: 1, desired: 'present', spec: { host: 'shop.test', target: { instances }, app_id: 'app_1' } })
const served = (): number => world.routes.names?.upstreams.get('shop.test')?.length ?? 0
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

async function fallenAsleep(ids = ['vm_1']): Promise<Agent> {
  world.portal.want([...ids.map((id, at) => vmObject(id, 1, { ...sleepy, network: { id: 'net_1', address: `10.64.1.${at + 2}/24`, gateway: '10.64.1.1', mac: '02:50:0a:40:01:02' } })), route(ids)])
  const agent = await begin()
  await until('running', () => ids.every(running))
  aheadMs += 61_000
  await until('asleep', () => ids.every(asleep))
  return agent
}

test('idle for long enough it sleeps: no VM, no place in the edge, and the portal hears that it is well', async () => {
  await fallenAsleep()
  expect(world.host.machines.size).toBe(0)
  expect(world.host.asleep.size).toBe(1)
  expect(status()).toMatchObject({ phase: 'sleeping', health: 'ok', code: null })
  expect(served()).toBe(0)
})

test('twenty requests at once wake it once, and the answer waits for it', async () => {
  const agent = await fallenAsleep()
  world.host.knobs.bootDelayMs = 100
  const answers = await Promise.all(Array.from({ length: 20 }, async () => {
    await agent.sleeper.hold('shop.test')
    return agent.routes.resolve('shop.test')
  }))
  expect(answers).toEqual(Array.from({ length: 20 }, () => ['10.64.1.2']))
  expect(world.host.resumes).toEqual(['vm_1'])
  expect(world.host.starts).toEqual(['vm_1'])
  await until('told', running)
  expect(status()?.slept_ms).toBeGreaterThanOrEqual(0)
  expect(served()).toBe(1)
})

test('the first request wakes one of several instances, and the others follow', async () => {
  const ids = ['vm_1', 'vm_2', 'vm_3']
  const agent = await fallenAsleep(ids)
  await agent.sleeper.hold('shop.test')
  expect(world.host.resumes).toHaveLength(1)
  await until('all awake', () => ids.every(running))
  expect(world.host.resumes.toSorted()).toEqual(ids)
})

test('requests, connections and terminals keep it awake', async () => {
  world.portal.want([vmObject('vm_1', 1, sleepy), route(['vm_1'])])
  const agent = await begin()
  await until('running', running)
  world.connected.add('10.64.1.2')
  aheadMs += 61_000
  await pause(150)
  expect(running()).toBe(true)
  world.connected.clear()
  agent.sleeper.used('app_1')
  await pause(150)
  expect(running()).toBe(true)
  const vm = agent.reconciler.instances().get('vm_1')?.vm
  const terminal = vm?.session({ argv: ['sh'], env: {}, terminal: { columns: 80, rows: 24 }, timeoutMs: null, credit: 1000 }, { onOutput: () => {}, onTaken: () => {}, onEnd: () => {} })
  aheadMs += 61_000
  if ((vm?.openSessions() ?? 0) > 0) {
    await pause(150)
    expect(running()).toBe(true)
  }
  terminal?.hangUp()
  await until('asleep', asleep)
})

test('an app without the setting never sleeps, and a connection that comes at the last moment is noticed', async () => {
  world.portal.want([vmObject('vm_1')])
  await begin()
  await until('running', running)
  aheadMs += 10 * 86_400_000
  await pause(150)
  expect(running()).toBe(true)
})

test('who connects while it falls asleep keeps it awake', async () => {
  world.portal.want([vmObject('vm_1', 1, sleepy), route(['vm_1'])])
  const agent = await begin()
  await until('running', running)
  aheadMs += 61_000
  await until('dozing', () => agent.reconciler.instances().get('vm_1')?.dozing === true)
  world.connected.add('10.64.1.2')
  await until('awake', () => agent.reconciler.instances().get('vm_1')?.dozing === false)
  expect(world.host.asleep.size).toBe(0)
  await until('served', () => served() === 1)
})

test('a command wakes it', async () => {
  const agent = await fallenAsleep()
  expect((await agent.sleeper.awake('vm_1'))?.identity.id).toBe('vm_1')
  expect(running() || world.host.machines.size === 1).toBe(true)
})

test('a damaged snapshot costs a cold boot, and nothing counts as a crash', async () => {
  const agent = await fallenAsleep()
  world.host.knobs.damagedSnapshots = 1
  await agent.sleeper.hold('shop.test')
  await until('running anew', running)
  expect(world.host.starts).toEqual(['vm_1', 'vm_1'])
  expect(world.host.machines.size).toBe(1)
  expect(status()).toMatchObject({ restarts: 0, code: null })
})

test('a new release, a stop and a deletion end the sleep and leave no snapshot', async () => {
  await fallenAsleep()
  world.portal.want([vmObject('vm_1', 2, { ...sleepy, env: { HELLO_A: '2' } }), route(['vm_1'])])
  await until('new release', () => running() && status()?.generation === 2)
  expect(world.host.asleep.size).toBe(0)
  aheadMs += 61_000
  await until('asleep again', asleep)
  world.portal.want([tombstone('vm_1', 3)])
  await until('gone', () => status()?.phase === 'absent')
  expect([world.host.asleep.size, world.host.folders.size, world.network.taps.size]).toEqual([0, 0, 0])
})

test('a new agent finds it asleep, tells so, and wakes it for the next request', async () => {
  const first = await fallenAsleep()
  await end(first)
  const second = await begin()
  await until('told', asleep)
  expect(world.host.machines.size).toBe(0)
  await second.sleeper.hold('shop.test')
  await until('awake', running)
  expect(world.host.starts).toEqual(['vm_1'])
})

test('whoever asks for its private name wakes it, and keeps it awake', async () => {
  const agent = await fallenAsleep()
  const named = instancesNamed('net_1', agent.reconciler.instances(), 'web.internal')
  expect(named.map(({ id }) => id)).toEqual(['vm_1'])
  await agent.sleeper.asked(named)
  expect(world.host.machines.size).toBe(1)
  await until('told', running)
  aheadMs += 50_000
  await agent.sleeper.asked(named)
  aheadMs += 50_000
  await pause(150)
  expect(running()).toBe(true)
})

test('what came to it by way of another node is use of it, and keeps it awake as long', async () => {
  world.portal.want([vmObject('vm_1', 1, sleepy), route(['vm_1'])])
  await begin()
  await until('running', running)
  world.network.visits.set('vm_1', 20_000)
  aheadMs += 61_000
  await pause(150)
  expect([running(), world.network.closed.size]).toEqual([true, 0])
  world.network.visits.set('vm_1', 61_000)
  aheadMs += 39_000
  await pause(150)
  expect(running(), 'twenty seconds had gone by when it was looked at first').toBe(true)
  aheadMs += 2_000
  await until('asleep', asleep)
})

test('where an edge is that cannot wake others nothing sleeps, and what sleeps wakes when such a one comes', async () => {
  await fallenAsleep()
  const peer = { node_id: 'node_2', public_key: 'k'.repeat(42) + 'A=', endpoint: '192.0.2.1:51820', address: '10.127.240.2' }
  const network = (generation: number, peers: object[]): DesiredObject =>
    ({ kind: 'network', id: 'network', generation, desired: 'present', spec: { apps: [], remote: [], peers: peers as never } })
  const wish = (generation: number, peers: object[]) => world.portal.want([vmObject('vm_1', 1, sleepy), route(['vm_1']), network(generation, peers)])
  wish(1, [peer])
  await until('awake', running)
  aheadMs += 61_000
  await pause(150)
  expect(running()).toBe(true)
  wish(2, [{ ...peer, wakes: true }])
  await until('asleep', asleep)
})

test('a connection from another node at the last moment keeps it awake, and their edges may dial it again', async () => {
  world.portal.want([vmObject('vm_1', 1, sleepy), route(['vm_1'])])
  const agent = await begin()
  await until('running', running)
  aheadMs += 61_000
  await until('dozing', () => agent.reconciler.instances().get('vm_1')?.dozing === true)
  await until('shut', () => world.network.closed.has('vm_1'))
  world.network.visits.set('vm_1', 0)
  await until('awake', () => agent.reconciler.instances().get('vm_1')?.dozing === false)
  expect([world.host.asleep.size, world.network.closed.size]).toEqual([0, 0])
})

test('while it sleeps edges of other nodes are refused, by a new agent too; asked for by one it wakes, and they may dial', async () => {
  await end(await fallenAsleep())
  expect([...world.network.closed]).toEqual(['vm_1'])
  world.network.closed.clear()
  const agent = await begin()
  await until('told', asleep)
  expect([...world.network.closed]).toEqual(['vm_1'])
  expect(await agent.sleeper.called('10.64.9.9')).toBeNull()
  expect(await agent.sleeper.called('10.64.1.2')).toBe(true)
  expect([world.network.closed.size, world.host.machines.size]).toEqual([0, 1])
})

test('one that does not wake in time is said to be on its way; one that cannot be waited for is not', async () => {
  const agent = await fallenAsleep()
  world.host.knobs.bootDelayMs = 4_500
  expect(await agent.sleeper.called('10.64.1.2')).toBe(false)
  await until('awake', () => world.host.machines.size === 1)
  world.portal.want([vmObject('vm_1', 2, sleepy, 'stopped'), route(['vm_1'])])
  await until('stopped', () => status()?.phase === 'stopped')
  expect(await agent.sleeper.called('10.64.1.2')).toBeNull()
}, 15_000)
