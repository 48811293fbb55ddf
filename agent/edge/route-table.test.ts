import { expect, test } from 'vitest'
import type { Instance } from '../reconcile/instance.ts'
import type { RouteDesire } from '../state/desired-table.ts'
import { remoteInstances } from './remote-instances.ts'
import { createRouteTable, type OtherNodes, type RouteTableDeps } from './route-table.ts'

const route = (host: string, spec: Partial<NonNullable<RouteDesire['spec']>> = {}, present = true): [string, RouteDesire] =>
  [host, { id: host, generation: 1, present, spec: { host, target: { instances: [] }, ...spec } }]
/** Routable where it has an address, else on its way. */
const instance = (id: string, up: boolean): [string, Instance] => [id, {
  id, vm: {}, stopping: false, desire: { desired: 'running', generation: 1, spec: { port: 80 } }, record: { phase: up ? 'running' : 'booting', health: up ? 'ok' : null, start: { generation: 1 } },
} as unknown as Instance]
const nodes = (over: Partial<OtherNodes> = {}): OtherNodes =>
  ({ addresses: () => [], own: () => '10.127.240.1', edges: () => new Map(), isSilent: () => false, isReached: () => true, mayDial: () => true, ...over })
const table = (routes: [string, RouteDesire][], over: Partial<RouteTableDeps> = {}) => createRouteTable({
  routes: () => new Map(routes), keyOf: () => 'key', instances: () => new Map([instance('web', true), instance('api', true)]), edgeAddress: ({ id }) => `10.0.0.${id === 'web' ? 1 : 2}`, others: () => nodes(),
  domain: 'console.test', appsDomain: 'apps.test', publicAuthority: false, fallbackAddress: '127.63.0.1', ...over,
})
const to = (...instances: string[]) => ({ target: { instances } })

test('a name of its own wins over the wildcard above it, which covers one label and no more', () => {
  const { resolve } = table([route('*.shop.test', to('web')), route('api.shop.test', to('api'))])
  expect([resolve('a.shop.test'), resolve('api.shop.test')]).toEqual([['10.0.0.1'], ['10.0.0.2']])
  for (const host of ['shop.test', 'a.b.shop.test', 'other.test', 'localhost']) expect(resolve(host)).toEqual(['127.63.0.1'])
})

test('paths are asked for by their place in the list, of a wildcard too', () => {
  const { resolve } = table([route('*.shop.test', { ...to('web'), paths: [{ path: '/api', strip_prefix: false, target: { instances: ['api'] } }] })])
  expect([resolve('_p0.a.shop.test'), resolve('_p1.a.shop.test'), resolve('_p0.none.test')]).toEqual([['10.0.0.2'], ['127.63.0.1'], ['127.63.0.1']])
})

test('C24: certificates are allowed for known hosts only, and with a public authority never for what only a wildcard covers', () => {
  const routes = [route('shop.test', to('web')), route('*.shop.test', to('web')), route('gone.test', to('web'), false)]
  const asked = ['console.test', 'shop.test', 'a.shop.test', 'gone.test', 'stranger.test']
  expect(asked.map(table(routes).isKnown)).toEqual([true, true, true, false, false])
  expect(asked.map(table(routes, { publicAuthority: true }).isKnown)).toEqual([true, true, false, false, false])
})

test('only hosts that want more than their instances are told to the edge one by one', () => {
  const { edgeHosts } = table([
    route('plain.test', to('web')), route('panel.test', { target: 'portal' }), route('www.test', { redirect: { to: 'https://shop.test', status: 308, keep_path: true } }),
    route('own.test', { certificate: { chain: 'PEM' } }),
  ])
  expect(edgeHosts().portalHosts).toEqual(['console.test', 'localhost', 'panel.test'])
  expect(edgeHosts().special.map(({ host, certificate }) => [host, certificate])).toEqual([['own.test', { chain: 'PEM', key: 'key' }], ['www.test', null]])
})

test('a share goes to its instances together, by the names of files and now and then by our DNS; who is compared is told apart', () => {
  const shared = table([route('shop.test', { target: { instances: ['web', 'api'], share: { instances: ['api'], percent: 25 } } }), route('plain.test', to('web'))])
  const { upstreams, shares } = shared.served()
  expect([upstreams.get('shop.test'), shares?.get('shop.test'), shares?.has('plain.test')]).toEqual([['10.0.0.1', '10.0.0.2'], { addresses: ['10.0.0.2'], percent: 25 }, false])
  const answers = Array.from({ length: 2_000 }, () => shared.resolve('shop.test').join())
  expect(new Set(answers)).toEqual(new Set(['10.0.0.1', '10.0.0.2']))
  expect(Math.abs(answers.filter((one) => one === '10.0.0.2').length - 500)).toBeLessThan(150)
  expect([...shared.divided()]).toEqual(['web', 'api'])
})

const away = (address: string, state: 'serving' | 'doubtful' | 'starting', node = 'n2') => ({ id: `inst_${address}`, node_id: node, app_id: 'app', address, state })

test('instances on other nodes share with those here; nobody is asked who may be gone while another serves', () => {
  const target = { instances: ['web', 'x', 'y', 'z'], remote: [away('10.64.1.3', 'serving'), away('10.64.1.4', 'serving', 'n3'), away('10.64.1.5', 'doubtful'), away('10.64.1.6', 'starting')] }
  const routes = [route('shop.test', { target })]
  expect(table(routes).served().upstreams.get('shop.test')).toEqual(['10.0.0.1', '10.64.1.3', '10.64.1.4'])
  expect(table(routes, { others: () => nodes({ isSilent: (node) => node === 'n3' }) }).resolve('shop.test')).toEqual(['10.0.0.1', '10.64.1.3'])
  expect(table(routes, { others: () => nodes({ isSilent: () => true }), instances: () => new Map() }).resolve('shop.test')).toEqual(['10.64.1.3', '10.64.1.4', '10.64.1.5'])
})

test('of a great app each edge has twelve, its own first, and no instance is left to nobody; of a share both sides are chosen', () => {
  const nodes3 = ['n1', 'n2', 'n3']
  const edgeOf = (node: string) => `10.127.240.${node.slice(1)}`
  const all = Array.from({ length: 30 }, (_, at) => ({ ...away(`10.64.1.${at}`, 'serving', nodes3[at % 3]) }))
  const at = (own: string, share: object = {}) => {
    const target = { instances: all.map(({ id }) => id), remote: all.filter(({ node_id: node }) => node !== own), ...share }
    const here = new Map(all.filter(({ node_id: node }) => node === own).map(({ id }) => instance(id, true)))
    const { upstreams, shares } = table([route('shop.test', { target })], {
      instances: () => here, edgeAddress: ({ id }) => id.slice('inst_'.length),
      others: () => nodes({ own: () => edgeOf(own), edges: () => new Map(nodes3.filter((node) => node !== own).map((node) => [node, edgeOf(node)])) }),
    }).served()
    return { told: upstreams.get('shop.test') ?? [], some: shares?.get('shop.test')?.addresses }
  }
  const told = nodes3.map((node) => at(node).told)
  expect(told.map((some) => some.length)).toEqual([12, 12, 12])
  expect(new Set(told.flat()).size).toBe(30)
  for (const [n, node] of nodes3.entries()) {
    expect(told[n]).toEqual(expect.arrayContaining(all.filter((one) => one.node_id === node).map(({ address }) => address)))
  }
  const divided = at('n1', { share: { instances: ['inst_10.64.1.29'], percent: 5 } })
  expect([divided.some, divided.told.includes('10.64.1.29'), divided.told.length]).toEqual([['10.64.1.29'], true, 13])
})

test('a visitor waits for an instance that is on its way elsewhere, and not for one that is down', () => {
  const at = (...remote: ReturnType<typeof away>[]) => table([route('shop.test', { target: { instances: ['gone'], remote } })]).resolve('shop.test')
  expect([at(away('10.64.1.3', 'starting')), at()]).toEqual([[], ['127.63.0.1']])
})

test('an instance elsewhere is not dialled before there is a way to it, and visitors wait for that', () => {
  const target = { instances: ['gone'], remote: [away('10.64.1.3', 'serving')] }
  const asked = table([route('shop.test', { target })], { others: () => nodes({ isReached: () => false }) })
  expect([asked.served().upstreams.get('shop.test'), asked.resolve('shop.test')]).toEqual([[], []])
})

test('whatever routes lead elsewhere to is named once, paths included, those that are gone left out', () => {
  const target = { instances: [], remote: [away('10.64.1.3', 'serving')] }
  const routes = new Map([
    route('a.test', { target, paths: [{ path: '/api', strip_prefix: false, target: { instances: [], remote: [away('10.64.1.4', 'starting')] } }] }),
    route('b.test', { target }), route('c.test', { target: { instances: [], remote: [away('10.64.1.9', 'serving')] } }, false), route('console.test', { target: 'portal' }),
  ])
  expect(remoteInstances(routes).map(({ address }) => address)).toEqual(['10.64.1.3', '10.64.1.4'])
})

test('one elsewhere that may sleep is dialled only by its node\'s word; until then it is worth a wait, and where its machine is not there it has a page', () => {
  const remote = [{ id: 'far', node_id: 'node_2', app_id: 'app_1', address: '10.64.7.3', state: 'serving' as const, sleeps: true as const }]
  const [word, silent] = [{ now: false }, { now: false }]
  const { resolve, served, elsewhere } = table([route('shop.test', { target: { instances: ['far'], remote } })], {
    others: () => nodes({ mayDial: () => word.now, isSilent: () => silent.now }),
  })
  const both = () => [resolve('shop.test'), served().upstreams.get('shop.test')]
  expect([...both(), elsewhere('shop.test')]).toEqual([[], [], remote])
  word.now = true
  expect(both()).toEqual([['10.64.7.3'], ['10.64.7.3']])
  silent.now = true
  expect(both(), 'it was awake a moment ago: its machine may be there after all').toEqual([['10.64.7.3'], ['10.64.7.3']])
  word.now = false
  expect(both()).toEqual([['127.63.0.1'], []])
})

test('where one is awake the other, that may sleep, gets nothing', () => {
  const remote = [{ id: 'far', node_id: 'node_2', app_id: 'app_1', address: '10.64.7.3', state: 'serving' as const, sleeps: true as const }]
  const { resolve } = table([route('shop.test', { target: { instances: ['web', 'far'], remote } })], { others: () => nodes({ mayDial: () => false }) })
  expect(resolve('shop.test')).toEqual(['10.0.0.1'])
})

test('a visitor waits for what starts; who was dialled in vain is not dialled again, unless somebody is sure of it', () => {
  const over = { others: () => nodes({ isSilent: (node) => node === 'dead', mayDial: (address) => address !== '10.0.9.3' }) }
  const remote = (...all: ReturnType<typeof away>[]) => ({ target: { instances: [], remote: all } })
  const { standing } = table([
    route('here.test', to('web')), route('paused.test'), route('dead.test', remote(away('10.0.9.1', 'serving', 'dead'))),
    route('one-dead.test', remote(away('10.0.9.1', 'serving', 'dead'), away('10.0.9.2', 'serving'))),
    route('moves.test', remote(away('10.0.9.1', 'serving', 'dead'), away('10.0.9.2', 'starting'))),
    route('sleeps.test', remote({ ...away('10.0.9.3', 'serving'), sleeps: true } as ReturnType<typeof away>)),
  ], over)
  const both = (host: string) => [standing(host, false), standing(host, true)]
  expect(['here.test', 'paused.test', 'none.test', 'one-dead.test'].map(both)).toEqual(Array.from({ length: 4 }, () => ['ready', 'ready']))
  expect([both('dead.test'), both('moves.test'), both('sleeps.test')]).toEqual([['ready', 'gone'], ['ready', 'starting'], ['starting', 'starting']])
})

test('who crashed for the first time is waited for, who does again is not', () => {
  const crashed = (id: string, times: number): [string, Instance] => {
    const one = instance(id, false)[1]
    return [id, { ...one, vm: null, record: { ...one.record, phase: 'backoff', exitsMs: Array.from({ length: times }, () => 0) } }]
  }
  const { standing, resolve } = table([route('once.test', to('once')), route('twice.test', to('twice'))], { instances: () => new Map([crashed('once', 1), crashed('twice', 2)]) })
  expect(['once.test', 'twice.test'].map((host) => [standing(host, false), resolve(host)])).toEqual([['starting', []], ['ready', ['127.63.0.1']]])
})
