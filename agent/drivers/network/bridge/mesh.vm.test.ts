/** Two hosts with the real driver, joined by a cable: instances of one organization reach each other, through whatever happens to the way. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'
import { Lab, meshLabPossible as possible, request, type LabHost, type Target } from '../../../testing/network-lab.ts'
import { OPEN_POLICY, type NetworkPolicy } from '../../network.ts'
import { MESH } from '../names.ts'
import { testWhere } from '../../../testing/test-where.ts'

const lab = new Lab('mesh')
const policies = { one: OPEN_POLICY, two: OPEN_POLICY }
const AT = { one: '203.0.113.1', two: '203.0.113.2' }
let one: LabHost
let two: LabHost

const remote = (node: string, third: number, last: number) => ({ network_id: `net_${third}`, node_id: node, address: `10.64.${third}.${last}`, name: 'web', serving: true })
const peer = async (node: 'one' | 'two') => ({ node_id: node, public_key: await (node === 'one' ? one : two).call<string>('meshKey'), endpoint: `${AT[node]}:51820` })

beforeAll(async () => {
  if (!possible) return
  for (const space of ['one', 'two']) lab.space(space)
  lab.cable(['one', 'wan', `${AT.one}/24`], ['two', 'wan', `${AT.two}/24`])
  one = lab.host('one')
  two = lab.host('two')
  for (const host of [one, two]) await host.call('restore', [], OPEN_POLICY)
  await lab.machine(one, 'a1', request(1, 2))
  await lab.machine(one, 'b1', request(2, 2))
  await lab.machine(two, 'a2', request(1, 3))
  await lab.machine(two, 'b2', request(2, 3))
  await lab.machine(two, 'c2', request(3, 2))
  await Promise.all(['a1', 'b1', 'a2', 'b2', 'c2'].map((space) => lab.serve(space, '0.0.0.0', 8080)))
  policies.one = { ...OPEN_POLICY, remote: [remote('two', 1, 3), remote('two', 2, 3)], peers: [await peer('two')] }
  policies.two = { ...OPEN_POLICY, remote: [remote('one', 1, 2), remote('one', 2, 2)], peers: [await peer('one')] }
  await one.call('configure', policies.one)
  await two.call('configure', policies.two)
}, 90_000)
afterAll(() => lab.end())

const suite = testWhere(possible, 'root and WireGuard are needed')
const both = (host: string): Target[] => [{ host, port: 8080 }, { host, port: 8080, udp: true }]
const all = (space: string, ...hosts: string[]): Promise<string[]> => Promise.all(hosts.flatMap(both).map((target) => lab.reach(space, target)))
/** The first packets wait for keys to be agreed, and what they waited for may have given up. */
const soon = async (space: string, host: string): Promise<string> => {
  for (const end = performance.now() + 20_000; performance.now() < end;) {
    const answer = await lab.reach(space, { host, port: 8080 })
    if (answer.startsWith('10.')) return answer
  }
  return 'never'
}
const programs = (host: string): number => lab.pids(host).filter((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('wireguard')).length

suite('instances of one organization reach each other across nodes, under their own addresses', async () => {
  expect(await soon('a1', '10.64.1.3')).toBe('10.64.1.2')
  expect(await all('a1', '10.64.1.3')).toEqual(['10.64.1.2', '10.64.1.2'])
  expect(await all('a2', '10.64.1.2')).toEqual(['10.64.1.3', '10.64.1.3'])
  expect(await all('b2', '10.64.2.2')).toEqual(['10.64.2.3', '10.64.2.3'])
}, 30_000)

suite('a peer may speak for the instances the portal named, one by one, and for nothing else', () => {
  expect(lab.run('one', 'ip', 'addr', 'show', 'dev', MESH)).not.toContain('inet ')
  expect(lab.wg('one', 'allowed-ips').trim().split(/\s+/).slice(1).sort()).toEqual(['10.64.1.3/32', '10.64.2.3/32'])
  expect(lab.run('one', 'ip', 'route', 'show', 'dev', MESH).match(/^\S+/gm)?.sort()).toEqual(['10.64.1.3', '10.64.2.3'])
})

suite('more than one packet\'s worth passes, over TCP and over UDP', async () => {
  await lab.flood('a2')
  expect(await lab.speed('a1', '10.64.1.3', 'up', 500)).toBeGreaterThan(5)
  expect(await lab.speed('a1', '10.64.1.3', 'down', 500)).toBeGreaterThan(5)
  expect(await lab.reach('a1', { host: '10.64.1.3', port: 8080, udp: true, bytes: 4_000 })).toBe('10.64.1.2')
}, 20_000)

suite('a new agent keeps the ways and the sessions on them; an app with rules still reaches its own network', async () => {
  const rules: NetworkPolicy = { ...policies.one, apps: [{ app_id: 'app_1_2', egress: [], rate_mbit: null }] }
  const before = lab.wg('one', 'latest-handshakes')
  await one.call('again')
  await one.call('restore', [request(1, 2), request(2, 2)], rules)
  expect(await all('a1', '10.64.1.3')).toEqual(['10.64.1.2', '10.64.1.2'])
  expect(lab.wg('one', 'latest-handshakes')).toBe(before)
})

suite('an interface that is gone comes back by itself', async () => {
  lab.run('one', 'ip', 'link', 'del', MESH)
  expect(await lab.reach('a1', { host: '10.64.1.3', port: 8080 })).not.toMatch(/^10/)
  await one.call('tend')
  expect(await soon('a1', '10.64.1.3')).toBe('10.64.1.2')
}, 40_000)

suite('a node with another address is followed', async () => {
  lab.run('two', 'ip', 'addr', 'add', '203.0.113.7/24', 'dev', 'wan')
  await one.call('configure', { ...policies.one, peers: [{ ...await peer('two'), endpoint: '203.0.113.7:51820' }] })
  expect(lab.wg('one', 'endpoints')).toContain('203.0.113.7:51820')
  expect(await soon('a1', '10.64.1.3')).toBe('10.64.1.2')
  await one.call('configure', policies.one)
}, 40_000)

suite('what the mesh cannot do holds up nothing else, and is told until it can', async () => {
  await one.call('configure', { ...policies.one, peers: [{ ...await peer('two'), public_key: `${'A'.repeat(42)}B=` }] })
  expect(await one.call('fault')).toContain('Instances on other nodes are not reached')
  await lab.machine(one, 'a9', request(1, 9))
  expect(await lab.reach('a9', { host: '10.64.1.2', port: 8080 })).toBe('10.64.1.9')
  await one.call('configure', policies.one)
  expect(await one.call('fault')).toBeNull()
  expect(await soon('a1', '10.64.1.3')).toBe('10.64.1.2')
}, 40_000)

suite('an instance or a node that left the list is reached no more, in neither direction, and leaves no peer', async () => {
  await one.call('configure', { ...policies.one, remote: policies.one.remote.filter((entry) => entry.network_id !== 'net_1') })
  const gone = [...await all('a1', '10.64.1.3'), ...await all('a2', '10.64.1.2')]
  expect(gone.filter((answer) => answer.startsWith('10.'))).toEqual([])
  expect(await all('b1', '10.64.2.3')).toEqual(['10.64.2.2', '10.64.2.2'])
  await one.call('configure', OPEN_POLICY)
  expect((await all('b2', '10.64.2.2')).filter((answer) => answer.startsWith('10.'))).toEqual([])
  expect(lab.run('one', 'ip', '-o', 'link')).not.toContain(MESH)
  expect(lab.run('one', 'ip', 'neigh', 'show', 'proxy')).toBe('')
  expect(programs('one')).toBe(0)
}, 30_000)

suite('shutdown leaves no interface and no program', async () => {
  await two.call('shutdown')
  expect(lab.run('two', 'ip', '-o', 'link')).not.toContain('swg')
  expect(programs('two')).toBe(0)
})
