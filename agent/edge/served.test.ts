import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import type { Agent } from '../agent.ts'
import { createWorld, until, vmObject, type World } from '../testing/world.ts'

let world: World
let agent: Agent
beforeEach(async () => {
  world = await createWorld()
  agent = world.keep()
})
afterEach(() => world.close())

const route = (host: string, instances: string[], generation = 1): DesiredObject => ({ kind: 'route', id: host, generation, desired: 'present', spec: { host, target: { instances } } })
const served = (host: string): readonly string[] | undefined => world.routes.names?.upstreams.get(host)

test('the edge is told the moment an instance can take requests, and the moment it cannot', async () => {
  world.portal.want([vmObject('vm_1'), route('shop.test', ['vm_1']), route('*.shop.test', ['vm_1'])])
  await agent.start()
  await until('served', () => served('shop.test')?.length === 1)
  const address = served('shop.test')
  expect([served('_w.shop.test'), world.routes.names?.certificates.includes('shop.test'), world.routes.names?.certificates.includes('*.shop.test')]).toEqual([address, true, false])
  world.healthy.ok = false
  await until('no longer', () => served('shop.test')?.length === 0)
  world.healthy.ok = true
  await until('again', () => served('shop.test')?.length === 1)
  world.portal.want([vmObject('vm_1', 2, {}, 'stopped'), route('shop.test', ['vm_1']), route('*.shop.test', ['vm_1'])])
  await until('stopped', () => served('shop.test')?.length === 0)
})

test('what the edge was told stays when the agent ends: it serves on without us', async () => {
  world.portal.want([vmObject('vm_1'), route('shop.test', ['vm_1'])])
  await agent.start()
  await until('served', () => served('shop.test')?.length === 1)
  await world.end(agent)
  expect(served('shop.test')).toHaveLength(1)
  const told: number[] = []
  const point = world.routes.point.bind(world.routes)
  world.routes.point = (names) => {
    told.push(names.upstreams.get('shop.test')?.length ?? 0)
    point(names)
  }
  agent = world.keep()
  await agent.start()
  await until('told', () => told.length > 2)
  expect(told.every((count) => count === 1)).toBe(true)
})

test('a share is told with its addresses: of instances that can take requests, and of nobody once it is over', async () => {
  const shared = (share: { instances: string[]; percent: number } | undefined, generation: number): DesiredObject => ({
    kind: 'route', id: 'shop.test', generation, desired: 'present',
    spec: { host: 'shop.test', target: { instances: ['vm_1', 'vm_2'], ...(share ? { share } : {}) } },
  })
  world.portal.want([vmObject('vm_1'), vmObject('vm_2'), shared({ instances: ['vm_2'], percent: 5 }, 1)])
  await agent.start()
  await until('served', () => served('shop.test')?.length === 2)
  const share = world.routes.names?.shares?.get('shop.test')
  expect([share?.percent, share?.addresses.length, served('shop.test')?.includes(share?.addresses[0] ?? '')]).toEqual([5, 1, true])
  world.portal.want([vmObject('vm_1'), vmObject('vm_2'), shared(undefined, 2)])
  await until('over', () => world.routes.names?.shares?.has('shop.test') === false)
})
