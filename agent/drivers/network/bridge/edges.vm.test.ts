/** Two hosts with the real driver: the edge of one reaches the instances of the other, of any organization, and nobody else does by that way. */
import { afterAll, beforeAll, expect } from 'vitest'
import { Lab, meshLabPossible as possible, request, type LabHost } from '../../../testing/network-lab.ts'
import { CALL_PORT, EDGE_PORT, OPEN_POLICY, type EdgeTarget, type NetworkPolicy } from '../../network.ts'
import { MESH } from '../names.ts'
import { testWhere } from '../../../testing/test-where.ts'

const suite = testWhere(possible, 'root and WireGuard are needed')
const lab = new Lab('edges')
const AT = { one: '203.0.113.1', two: '203.0.113.2' }
const IN_MESH = { one: '10.127.240.1', two: '10.127.240.2' }
const TARGETS: EdgeTarget[] = [{ nodeId: 'two', address: '10.64.1.3' }, { nodeId: 'two', address: '10.64.2.3' }, { nodeId: 'two', address: '10.64.2.4' }]
let one: LabHost
let two: LabHost
let policies: { one: NetworkPolicy; two: NetworkPolicy }

beforeAll(async () => {
  if (!possible) return
  for (const space of ['one', 'two']) lab.space(space)
  lab.cable(['one', 'wan', `${AT.one}/24`], ['two', 'wan', `${AT.two}/24`])
  one = lab.host('one')
  two = lab.host('two')
  const keys = { one: await one.call<string>('meshKey'), two: await two.call<string>('meshKey') }
  const peer = (node: 'one' | 'two') => ({ node_id: node, public_key: keys[node], endpoint: `${AT[node]}:51820`, address: IN_MESH[node] })
  policies = { one: { ...OPEN_POLICY, address: IN_MESH.one, peers: [peer('two')] }, two: { ...OPEN_POLICY, address: IN_MESH.two, peers: [peer('one')] } }
  await one.call('restore', [], policies.one)
  await two.call('restore', [], policies.two)
  // Organization 1 is on both, 2 on the second only, and one of its instances serves nothing.
  await lab.machine(one, 'a1', request(1, 2))
  await lab.machine(two, 'a2', request(1, 3))
  await lab.machine(two, 'b2', request(2, 3, { appId: 'app_locked' }))
  await lab.machine(two, 'n2', request(2, 4, { port: null }))
  await Promise.all(['a1', 'a2', 'b2', 'n2'].map((space) => lab.serve(space, '0.0.0.0', 8080)))
  await one.call('reach', TARGETS)
}, 90_000)
afterAll(() => lab.end())

const soon = async (space: string, host: string, port: number): Promise<string> => {
  for (const end = performance.now() + 20_000; performance.now() < end;) {
    const answer = await lab.reach(space, { host, port })
    if (answer.startsWith('10.')) return answer
  }
  return 'never'
}

suite('the edge of one node reaches the instances of another at its own port, whatever organization is here', async () => {
  expect(await soon('one', '10.64.1.3', EDGE_PORT)).toBe(IN_MESH.one)
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).toBe(IN_MESH.one)
}, 30_000)

suite('an app whose way out is shut still answers', async () => {
  await two.call('configure', { ...policies.two, apps: [{ app_id: 'app_locked', egress: [], rate_mbit: 100 }] })
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).toBe(IN_MESH.one)
  await two.call('configure', policies.two)
})

suite('what does not serve is refused at once, so that the edge goes on to another; a node that lives says so', async () => {
  expect(await lab.reach('one', { host: '10.64.2.4', port: EDGE_PORT })).toBe('ECONNREFUSED')
  expect(await lab.reach('one', { host: IN_MESH.two, port: EDGE_PORT })).toBe('ECONNREFUSED')
})

suite('one that sleeps is refused at once and thereby asked for; what is open goes on, and what came from elsewhere is remembered over everything', async () => {
  const ago = (): Promise<number | null> => two.call('visitedAgo', 'vm_2_3')
  expect(await ago()).toBeLessThan(60_000)
  await two.call('shut', 'vm_2_3', true)
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).toBe('ECONNREFUSED')
  expect(await lab.reach('one', { host: '10.64.1.3', port: EDGE_PORT })).toBe(IN_MESH.one)
  expect(await lab.reach('two', { host: '10.64.2.3', port: EDGE_PORT }), 'here the edge needs no gate').toMatch(/^10/)
  await two.call('configure', { ...policies.two, apps: [{ app_id: 'app_locked', egress: null, rate_mbit: 100 }] })
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT }), 'other rules leave it shut').toBe('ECONNREFUSED')
  const before = Number(await ago())
  await new Promise((resolve) => { setTimeout(resolve, 2_500) })
  await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })
  expect(await ago(), 'who was refused did not use it').toBeGreaterThanOrEqual(before + 2_000)
  await two.call('again')
  await two.call('restore', [request(1, 3), request(2, 3, { appId: 'app_locked', shut: true }), request(2, 4, { port: null })], policies.two)
  expect(await ago(), 'a new agent').toBeGreaterThanOrEqual(before + 2_000)
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).toBe('ECONNREFUSED')
  await two.call('shut', 'vm_2_3', false)
  await two.call('shut', 'vm_2_3', false)
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).toBe(IN_MESH.one)
  expect(await ago()).toBeLessThan(2_000)
  expect(await two.call('visitedAgo', 'vm_2_4'), 'what nobody came to').toBeNull()
}, 30_000)

suite('another node may ask for instances here; nobody else may', async () => {
  await lab.serve('two', IN_MESH.two, CALL_PORT)
  expect(await lab.reach('one', { host: IN_MESH.two, port: CALL_PORT })).toBe(IN_MESH.one)
  for (const space of ['a1', 'b2', 'a2']) expect(await lab.reach(space, { host: IN_MESH.two, port: CALL_PORT })).not.toMatch(/^10/)
}, 30_000)

suite('nothing but the port of edges: not the app\'s own, no UDP, not the node', async () => {
  const tries = [{ host: '10.64.2.3', port: 8080 }, { host: '10.64.2.3', port: EDGE_PORT, udp: true }, { host: IN_MESH.two, port: 22 }, { host: IN_MESH.two, port: 53, udp: true }]
  for (const target of tries) expect(await lab.reach('one', target)).toBe('timeout')
})

suite('instances do not get there: neither to other organizations nor to nodes, at whatever port', async () => {
  const strangers = { a1: '10.64.2.3', b2: '10.64.1.2' }
  const answers = await Promise.all((['a1', 'b2'] as const).flatMap((space) => [strangers[space], IN_MESH.one, IN_MESH.two].flatMap((host) =>
    [EDGE_PORT, 8080, 443].flatMap((port) => [lab.reach(space, { host, port }), lab.reach(space, { host, port, udp: true })]))))
  expect(answers.filter((answer) => answer.startsWith('10.') || answer === 'ECONNREFUSED')).toEqual([])
}, 30_000)

suite('a new agent keeps the ways; an instance or a node that left is reached no more', async () => {
  const before = lab.wg('one', 'latest-handshakes')
  await one.call('again')
  await one.call('reach', TARGETS)
  await one.call('restore', [request(1, 2)], policies.one)
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).toBe(IN_MESH.one)
  expect(lab.wg('one', 'latest-handshakes')).toBe(before)
  await one.call('reach', TARGETS.slice(0, 1))
  expect(await lab.reach('one', { host: '10.64.1.3', port: EDGE_PORT })).toBe(IN_MESH.one)
  expect(await lab.reach('one', { host: '10.64.2.3', port: EDGE_PORT })).not.toMatch(/^10/)
  await one.call('configure', OPEN_POLICY)
  expect(lab.run('one', 'ip', '-o', 'link')).not.toContain(MESH)
})

suite('a node that joined anew under another address is known by that one alone', async () => {
  await one.call('configure', { ...policies.one, address: '10.127.240.9' })
  await one.call('configure', { ...policies.one, address: '10.127.241.7' })
  expect(lab.run('one', 'ip', '-o', '-4', 'addr', 'show', 'dev', MESH).match(/inet \S+/g)).toEqual(['inet 10.127.241.7/20'])
})
