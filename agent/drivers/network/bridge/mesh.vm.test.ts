/** Two hosts with the real driver, joined by a cable that anybody may listen on: who reaches whom across them. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Lab, labPossible, request, type LabHost, type Target } from '../../../testing/network-lab.ts'
import { OPEN_POLICY, type NetworkPolicy } from '../../network.ts'

const possible = labPossible && ((): boolean => {
  try {
    execFileSync('wg', ['--version'])
    return true
  } catch {
    return false
  }
})()
const lab = new Lab('mesh')
const hosts: { one?: LabHost; two?: LabHost } = {}
const policies: Record<string, NetworkPolicy> = {}
const [FIRST, SECOND] = ['203.0.113.1', '203.0.113.2']

const remote = (node: string, third: number, last: number, serving = true) =>
  ({ network_id: `net_${third}`, node_id: node, address: `10.64.${third}.${last}`, name: 'web', serving })

beforeAll(async () => {
  if (!possible) return
  for (const space of ['one', 'two']) lab.space(space)
  lab.cable(['one', 'wan', `${FIRST}/24`], ['two', 'wan', `${SECOND}/24`])
  const [one, two] = [lab.host('one'), lab.host('two')]
  Object.assign(hosts, { one, two })
  for (const host of [one, two]) await host.call('restore', [], OPEN_POLICY)
  await lab.machine(one, 'a1', request(1, 2))
  await lab.machine(one, 'b1', request(2, 2))
  await lab.machine(two, 'a2', request(1, 3))
  await lab.machine(two, 'a3', request(1, 4))
  await lab.machine(two, 'b2', request(2, 3))
  await lab.machine(two, 'c2', request(3, 2))
  const [keyOne, keyTwo] = [await one.call<string>('meshKey'), await two.call<string>('meshKey')]
  policies['one'] = { ...OPEN_POLICY, remote: [remote('node_2', 1, 3), remote('node_2', 2, 3), remote('node_2', 3, 2)], peers: [{ node_id: 'node_2', public_key: keyTwo, endpoint: `${SECOND}:51820` }] }
  policies['two'] = { ...OPEN_POLICY, remote: [remote('node_1', 1, 2), remote('node_1', 2, 2)], peers: [{ node_id: 'node_1', public_key: keyOne, endpoint: `${FIRST}:51820` }] }
  await one.call('configure', policies['one'])
  await two.call('configure', policies['two'])
  await Promise.all([...['a1', 'a2', 'a3', 'b1', 'b2', 'c2'].map((space) => lab.serve(space, '0.0.0.0', 8080)), ...['one', 'two'].map((space) => lab.serve(space, '0.0.0.0', 53, 8000, 10080))])
}, 90_000)
afterAll(() => lab.end())

const suite = test.skipIf(!possible)
const both = (host: string, ...ports: number[]): Target[] => ports.flatMap((port) => [{ host, port }, { host, port, udp: true }])
const all = (space: string, targets: Target[]): Promise<string[]> => Promise.all(targets.map((target) => lab.reach(space, target)))

suite('instances of one organization reach each other across nodes, under their own addresses', async () => {
  expect(await all('a1', both('10.64.1.3', 8080))).toEqual(['10.64.1.2', '10.64.1.2'])
  expect(await all('a2', both('10.64.1.2', 8080))).toEqual(['10.64.1.3', '10.64.1.3'])
  expect(await all('b2', both('10.64.2.2', 8080))).toEqual(['10.64.2.3', '10.64.2.3'])
})

suite('another organization is not reached across nodes: no instance, no gateway, no host', async () => {
  const answers = await all('a1', [...both('10.64.2.3', 8080), ...both('10.64.3.2', 8080), ...both('10.64.2.1', 53), ...both(FIRST, 8000, 53)])
  expect(new Set(answers)).toEqual(new Set(['timeout']))
  expect(new Set(await all('c2', [...both('10.64.1.2', 8080), ...both('10.64.2.2', 8080)]))).toEqual(new Set(['timeout']))
})

suite('a forged sender does not get into the other organization by way of the mesh', async () => {
  lab.run('a1', 'ip', 'addr', 'add', '10.64.2.2/32', 'dev', 'eth0')
  const answers = await all('a1', both('10.64.2.3', 8080).map((target) => ({ ...target, from: '10.64.2.2' })))
  lab.run('a1', 'ip', 'addr', 'del', '10.64.2.2/32', 'dev', 'eth0')
  expect(answers.filter((answer) => !['timeout', 'EHOSTUNREACH'].includes(answer))).toEqual([])
})

suite('an instance the portal has not named to the other node is not there', async () => {
  expect(['timeout', 'EHOSTUNREACH']).toContain(await lab.reach('a1', { host: '10.64.1.4', port: 8080 }))
})

suite('a node that turned bad speaks for its own instances only, and reaches nothing of the other host', async () => {
  const bad = ['10.64.1.3', '10.64.1.2', '10.64.1.99', '10.64.2.2']
  for (const address of bad) lab.run('two', 'ip', 'addr', 'add', `${address}/32`, 'dev', 'swgmesh')
  const foreign = await all('two', bad.slice(2).flatMap((from) => both('10.64.1.2', 8080).map((target) => ({ ...target, from }))))
  lab.run('two', 'ip', 'route', 'replace', '10.64.1.1/32', 'dev', 'swgmesh', 'table', '77')
  lab.run('two', 'ip', 'rule', 'add', 'to', '10.64.1.1/32', 'lookup', '77', 'priority', '10')
  const host = await all('two', both('10.64.1.1', 53, 8000).map((target) => ({ ...target, from: '10.64.1.3' })))
  lab.run('two', 'ip', 'rule', 'del', 'priority', '10')
  for (const address of bad) lab.run('two', 'ip', 'addr', 'del', `${address}/32`, 'dev', 'swgmesh')
  expect([...foreign, ...host].filter((answer) => !['timeout', 'EHOSTUNREACH', 'ENETUNREACH'].includes(answer))).toEqual([])
})

suite('who stands on the cable reaches no instance and sees no name', async () => {
  lab.run('two', 'ip', 'rule', 'add', 'to', '10.64.1.0/24', 'lookup', '78', 'priority', '9')
  lab.run('two', 'ip', 'route', 'add', '10.64.1.0/24', 'via', FIRST, 'dev', 'wan', 'table', '78')
  const answers = await all('two', [...both('10.64.1.2', 8080, 10080), ...both('10.64.1.1', 53)].map((target) => ({ ...target, from: SECOND })))
  lab.run('two', 'ip', 'rule', 'del', 'priority', '9')
  expect(new Set(answers)).toEqual(new Set(['timeout']))
})

suite('a new agent keeps the ways, an app with rules reaches its own network, and one taken from the list is gone', async () => {
  await hosts.one?.call('again')
  const rules = { ...OPEN_POLICY, ...policies['one'], apps: [{ app_id: 'app_1_2', egress: [], rate_mbit: null }] }
  await hosts.one?.call('restore', [request(1, 2), request(2, 2)], rules)
  expect(await lab.reach('a1', { host: '10.64.1.3', port: 8080 })).toBe('10.64.1.2')
  await hosts.one?.call('configure', { ...rules, remote: rules.remote.filter((one) => one.network_id !== 'net_1') })
  expect(['timeout', 'EHOSTUNREACH']).toContain(await lab.reach('a1', { host: '10.64.1.3', port: 8080 }))
  expect(await lab.reach('b1', { host: '10.64.2.3', port: 8080 })).toBe('10.64.2.2')
})

suite('shutdown leaves no interface', async () => {
  await hosts.one?.call('shutdown')
  expect(lab.run('one', 'ip', '-o', 'link')).not.toContain('swg')
})
