import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesiredObject, RemoteInstance } from '../../server/contract/node-api/v1.ts'
import { OPEN_POLICY } from '../drivers/network.ts'
import { silentLogger } from '../runtime/log.ts'
import { createWorld, until, vmObject, type World } from '../testing/world.ts'
import type { Agent } from '../agent.ts'
import { Peers } from './peers.ts'

let world: World
let agent: Agent
beforeEach(async () => {
  world = await createWorld()
  agent = world.keep()
})
afterEach(() => world.close())

const away = (address: string, state: RemoteInstance['state'] = 'serving'): RemoteInstance => ({ id: `inst_${address}`, node_id: 'node_2', app_id: 'app_1', address, state })
const route = (generation: number, ...remote: RemoteInstance[]): DesiredObject =>
  ({ kind: 'route', id: 'shop.test', generation, desired: 'present', spec: { host: 'shop.test', target: { instances: ['vm_1', 'vm_2'], remote } } })
const served = (): readonly string[] => world.routes.names?.upstreams.get('shop.test') ?? []

test('an instance elsewhere is served beside the one here, and the network is told the way to it', async () => {
  world.portal.want([vmObject('vm_1'), route(1, away('10.64.7.3'))])
  await agent.start()
  await until('both', () => served().length === 2)
  expect(served()).toContain('10.64.7.3')
  expect(world.network.targets).toEqual([{ nodeId: 'node_2', address: '10.64.7.3' }])
  world.portal.want([vmObject('vm_1'), route(2)])
  await until('one', () => served().length === 1)
  expect(world.network.targets).toEqual([])
})

test('a new agent asks for the same ways before anything else of the network', async () => {
  world.portal.want([vmObject('vm_1'), route(1, away('10.64.7.3'))])
  await agent.start()
  await until('both', () => served().length === 2)
  await world.end(agent)
  const calls: string[] = []
  const network = { ...world.drivers().network }
  const [reach, restore] = [network.reach, network.restore]
  network.reach = (targets) => { calls.push(`reach ${targets.length}`); return reach(targets) }
  network.restore = (requests, policy) => { calls.push('restore'); return restore(requests, policy) }
  agent = world.keep({ drivers: { network } })
  await agent.start()
  expect(calls.slice(0, 2)).toEqual(['reach 1', 'restore'])
  expect(served()).toHaveLength(2)
})

test('what is open to a node that fell silent is ended, once, after the edge was told of others', async () => {
  const [dead, calls] = [{ now: false }, [] as string[]]
  const policy = { ...OPEN_POLICY, peers: [{ node_id: 'node_2', public_key: 'k', endpoint: '192.0.2.1:1', address: '10.127.240.2' }] }
  const desire = { id: 'shop.test', generation: 1, present: true, spec: { host: 'shop.test', target: { instances: [], remote: [away('10.64.7.3')] } } }
  const peers = new Peers({
    network: { reach: async () => {}, abandon: async (addresses) => { calls.push(`end ${addresses.join()}`) } }, log: silentLogger, policy: () => policy,
    routes: () => new Map([['shop.test', desire]]), moved: () => { calls.push(`silent ${peers.isSilent('node_2')}`) }, called: async () => null, watch: { ask: async () => !dead.now, everyMs: 10 },
  })
  peers.changed()
  peers.start()
  dead.now = true
  await until('it is given up', () => calls.some((call) => call.startsWith('end')))
  expect(peers.fault()).toContain('does not reach node_2.')
  dead.now = false
  await until('it is back', () => !peers.isSilent('node_2'))
  peers.stop()
  expect(peers.fault()).toBeNull()
  expect(calls.slice(-3)).toEqual(['silent true', 'end 10.64.7.3', 'silent false'])
})

test('of an app in use those elsewhere that may sleep are asked for, once for a while, at the node that has them; the edge then hears that they may be dialled', async () => {
  const [asked, moved] = [[] as string[], { count: 0 }]
  const policy = { ...OPEN_POLICY, peers: [{ node_id: 'node_2', public_key: 'k', endpoint: '192.0.2.1:1', address: '10.127.240.2' }] }
  const remote: RemoteInstance[] = [{ ...away('10.64.7.3'), sleeps: true }, { ...away('10.64.7.4'), app_id: 'app_2', sleeps: true }, away('10.64.7.5')]
  const desire = { id: 'shop.test', generation: 1, present: true, spec: { host: 'shop.test', target: { instances: [], remote } } }
  const peers = new Peers({
    network: { reach: async () => {}, abandon: async () => {} }, log: silentLogger, policy: () => policy, called: async () => null,
    routes: () => new Map([['shop.test', desire]]), moved: () => { moved.count += 1 },
    ask: async (node, address) => { asked.push(`${node} ${address}`); return 'awake' },
  })
  peers.changed()
  for (let count = 0; count < 20; count += 1) peers.used('app_1')
  peers.used('app_9')
  await until('it may be dialled', () => peers.mayDial('10.64.7.3'))
  expect([asked, peers.mayDial('10.64.7.4')]).toEqual([['10.127.240.2 10.64.7.3'], false])
  const before = moved.count
  await peers.call(remote)
  expect([asked.slice(1), moved.count - before], 'nobody asks for what never sleeps').toEqual([['10.127.240.2 10.64.7.4'], 1])
  expect(peers.allWake()).toBe(false)
})
