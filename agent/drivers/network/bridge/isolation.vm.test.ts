/** The table of docs/operations/isolation.md, tried from inside: for each thing an instance must not reach, the attempt and its end. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPEN_POLICY } from '../../network.ts'
import { Lab, labPossible, request, type Target } from '../../../testing/network-lab.ts'

const lab = new Lab('iso')
const PUBLIC = '203.0.113.1'
/** Stand for the portal with its node API, the edge, its admin API, the agent's ask and DNS ports, PostgreSQL, SSH. */
const HOST_PORTS = [3000, 443, 2019, 10081, 10053, 5432, 22]
const FORWARDED_RANGES = ['10.0.0.9', '100.64.0.9', '172.16.0.9', '192.168.77.2', '198.18.0.9', '169.254.169.254', '10.64.3.9']

beforeAll(async () => {
  if (!labPossible) return
  for (const space of ['host', 'out']) lab.space(space)
  lab.cable(['host', 'uplink', `${PUBLIC}/24`], ['out', 'eth0', '203.0.113.2/24'])
  lab.run('host', 'ip', 'addr', 'add', '192.168.77.1/24', 'dev', 'uplink')
  for (const address of FORWARDED_RANGES) {
    lab.run('out', 'ip', 'addr', 'add', `${address}/32`, 'dev', 'eth0')
    lab.run('host', 'ip', 'route', 'add', `${address}/32`, 'dev', 'uplink')
  }
  lab.run('out', 'ip', 'route', 'add', 'default', 'via', PUBLIC)
  const host = lab.host('host')
  await host.call('restore', [], OPEN_POLICY)
  await lab.machine(host, 'a1', request(1, 2))
  await lab.machine(host, 'a2', request(1, 3))
  await lab.machine(host, 'b1', request(2, 2))
  await Promise.all([
    lab.serve('a2', '0.0.0.0', 8080), lab.serve('b1', '0.0.0.0', 8080), lab.serve('out', '0.0.0.0', 80, 8080),
    lab.serve('host', '0.0.0.0', 53, ...HOST_PORTS), lab.serve('a1', '0.0.0.0', 8080),
  ])
}, 60_000)
afterAll(() => lab.end())

const suite = test.skipIf(!labPossible)
const all = (space: string, targets: Target[]): Promise<string[]> => Promise.all(targets.map((target) => lab.reach(space, target)))
/** Both protocols; over TCP nothing answers, not even with a refusal. */
const both = (host: string, ports: readonly number[]): Target[] => ports.flatMap((port) => [{ host, port }, { host, port, udp: true }])

suite('what it may reach answers: its neighbour, its DNS, the outside', async () => {
  expect(await all('a1', [...both('10.64.1.3', [8080]), ...both('10.64.1.1', [53])])).toEqual(['10.64.1.2', '10.64.1.2', '10.64.1.2', '10.64.1.2'])
  expect(await all('a1', both('203.0.113.2', [8080]))).toEqual([PUBLIC, PUBLIC])
})

suite('other organizations: no instance, no gateway, no DNS of theirs', async () => {
  const answers = await all('a1', [...both('10.64.2.2', [8080, 10080]), ...both('10.64.2.1', [53, 3000])])
  expect(new Set(answers)).toEqual(new Set(['timeout']))
})

suite('another organization is not reached by pretending that it is on the same cable', async () => {
  lab.run('a1', 'ip', 'route', 'add', '10.64.2.2/32', 'dev', 'eth0')
  lab.run('a1', 'ip', 'neigh', 'replace', '10.64.2.2', 'lladdr', '02:50:0a:40:02:02', 'dev', 'eth0', 'nud', 'permanent')
  const answers = await all('a1', both('10.64.2.2', [8080]))
  lab.run('a1', 'ip', 'route', 'del', '10.64.2.2/32')
  expect(new Set(answers)).toEqual(new Set(['timeout']))
})

suite('the host: no service at its gateway address, its public address or another bridge', async () => {
  const answers = await all('a1', [PUBLIC, '192.168.77.1', '10.64.1.1'].flatMap((host) => both(host, HOST_PORTS)))
  expect(new Set(answers)).toEqual(new Set(['timeout']))
})

suite('the host: not its loopback either, where portal, edge and database listen', async () => {
  lab.run('a1', 'sysctl', '-qw', 'net.ipv4.conf.all.route_localnet=1', 'net.ipv4.conf.eth0.route_localnet=1')
  lab.run('a1', 'ip', 'addr', 'del', '127.0.0.1/8', 'dev', 'lo')
  lab.run('a1', 'ip', 'route', 'add', '127.0.0.1/32', 'via', '10.64.1.1', 'src', '10.64.1.2')
  const answers = await all('a1', both('127.0.0.1', HOST_PORTS))
  lab.run('a1', 'ip', 'route', 'del', '127.0.0.1/32')
  lab.run('a1', 'ip', 'addr', 'add', '127.0.0.1/8', 'dev', 'lo')
  expect(answers.filter((answer) => answer !== 'timeout' && answer !== 'EINVAL')).toEqual([])
})

suite('the host: not by broadcast', async () => {
  const answers = await all('a1', ['255.255.255.255', '10.64.1.255'].map((host) => ({ host, port: 3000, udp: true, broadcast: true })))
  expect(new Set(answers)).toEqual(new Set(['timeout']))
})

suite('the metadata address and every private range beyond the host', async () => {
  const answers = await all('a1', FORWARDED_RANGES.flatMap((host) => both(host, [80])))
  expect(new Set(answers)).toEqual(new Set(['timeout']))
})

suite('IPv6 goes nowhere', async () => {
  lab.run('host', 'ip', 'addr', 'add', '2001:db8:5::1/64', 'dev', 'uplink', 'nodad')
  await lab.serve('host', '::', 8443)
  lab.run('a1', 'ip', '-6', 'route', 'add', 'default', 'dev', 'eth0')
  expect(['timeout', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']).toContain(await lab.reach('a1', { host: '2001:db8:5::1', port: 8443 }))
  expect(lab.run('host', 'ip', '-6', 'addr', 'show', 'type', 'bridge')).toBe('')
})

suite('nobody from outside reaches an instance, even with a route to it', async () => {
  expect(await all('out', [...both('10.64.1.2', [8080, 10080]), ...both('10.64.1.1', [53])])).toEqual(Array(6).fill('timeout'))
})

suite('a forged sender address passes neither to a neighbour nor out', async () => {
  lab.run('a1', 'ip', 'addr', 'add', '10.64.1.77/24', 'dev', 'eth0')
  lab.run('a1', 'ip', 'addr', 'add', '10.64.2.2/32', 'dev', 'eth0')
  const from = ['10.64.1.77', '10.64.2.2']
  const answers = await all('a1', from.flatMap((own) => [{ host: '10.64.1.3', port: 8080, from: own }, { host: '203.0.113.2', port: 8080, from: own, udp: true }]))
  for (const own of from) lab.run('a1', 'ip', 'addr', 'del', own === '10.64.2.2' ? `${own}/32` : `${own}/24`, 'dev', 'eth0')
  expect(answers.filter((answer) => !['timeout', 'EHOSTUNREACH'].includes(answer))).toEqual([])
})

/** The most gullible victim there is: it believes every announcement. */
const announce = async (claimed: string): Promise<{ host: string; neighbour: string }> => {
  for (const space of ['a2', 'host']) lab.run(space, 'sysctl', '-qw', 'net.ipv4.conf.all.arp_accept=1', 'net.ipv4.conf.default.arp_accept=1')
  lab.run('a1', 'sysctl', '-qw', 'net.ipv4.conf.eth0.arp_notify=1')
  lab.run('a1', 'ip', 'addr', 'add', `${claimed}/24`, 'dev', 'eth0')
  lab.run('a1', 'ip', 'link', 'set', 'eth0', 'down')
  lab.run('a1', 'ip', 'link', 'set', 'eth0', 'up')
  lab.run('a1', 'ip', 'route', 'replace', 'default', 'via', '10.64.1.1')
  await lab.reach('a1', { host: '10.64.1.3', port: 8080, from: claimed })
  lab.run('a1', 'ip', 'addr', 'del', `${claimed}/24`, 'dev', 'eth0')
  const seen = (space: string): string => lab.run(space, 'ip', 'neigh', 'show', claimed)
  return { host: seen('host'), neighbour: seen('a2') }
}

suite('forged ARP convinces neither host nor neighbour that another address lives here', async () => {
  for (const claimed of ['10.64.1.1', '10.64.1.3', '10.64.1.66']) {
    const { host, neighbour } = await announce(claimed)
    expect(`${host}${neighbour}`).not.toContain('02:50:0a:40:01:02')
  }
  expect(await lab.reach('a1', { host: '10.64.1.3', port: 8080 })).toBe('10.64.1.2')
}, 30_000)

suite('a forged MAC passes nothing', async () => {
  lab.run('a1', 'ip', 'link', 'set', 'eth0', 'address', '02:50:0a:40:01:03')
  const answers = await all('a1', [...both('10.64.1.3', [8080]), ...both('203.0.113.2', [8080])])
  lab.run('a1', 'ip', 'link', 'set', 'eth0', 'address', '02:50:0a:40:01:02')
  expect(answers.filter((answer) => !['timeout', 'EHOSTUNREACH'].includes(answer))).toEqual([])
})
