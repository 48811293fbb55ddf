/** Rules and rates of apps, tried from inside, through swaps, an agent's death and a change of mind. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Lab, labPossible, request, type LabHost } from '../../../testing/network-lab.ts'
import { OPEN_POLICY, type NetworkPolicy } from '../../network.ts'

const lab = new Lab('egr')
const APP = 'app_1_2'
const [ONE, TWO, NAMED] = ['203.0.113.2', '203.0.113.3', '203.0.113.4']
let host: LabHost

const policy = (egress: NetworkPolicy['apps'][number]['egress'], rate: number | null = null): NetworkPolicy => ({ ...OPEN_POLICY, apps: [{ app_id: APP, egress, rate_mbit: rate }] })
const tcp = (to: string, from: number, last = from) => ({ to, protocol: 'tcp' as const, ports: { from, to: last } })
const from = (machine: string, at: string, port: number, udp = false): Promise<string> => lab.reach(machine, { host: at, port, udp })

beforeAll(async () => {
  if (!labPossible) return
  for (const space of ['host', 'out']) lab.space(space)
  lab.cable(['host', 'uplink', '203.0.113.1/24'], ['out', 'eth0', `${ONE}/24`])
  for (const address of [TWO, NAMED]) lab.run('out', 'ip', 'addr', 'add', `${address}/24`, 'dev', 'eth0')
  host = lab.host('host')
  await host.call('restore', [], policy([tcp(`${ONE}/32`, 80, 90)]))
  await lab.machine(host, 'a1', request(1, 2))
  await lab.machine(host, 'a2', request(1, 3))
  await Promise.all([lab.serve('out', '0.0.0.0', 80, 443), lab.serve('a2', '0.0.0.0', 80)])
}, 60_000)
afterAll(() => lab.end())

const suite = test.skipIf(!labPossible)

suite('what a rule names passes, everything else is refused at once, and other apps are as free as before', async () => {
  expect(await Promise.all([from('a1', ONE, 80), from('a1', ONE, 443), from('a1', TWO, 80), from('a1', ONE, 80, true)]))
    .toEqual(['203.0.113.1', 'ECONNREFUSED', 'ECONNREFUSED', 'timeout'])
  expect(await Promise.all([from('a2', ONE, 443), from('a2', ONE, 80, true)])).toEqual(['203.0.113.1', '203.0.113.1'])
})

suite('neighbours of the same organization are reached without a rule', async () => {
  expect(await from('a1', '10.64.1.3', 80)).toBe('10.64.1.2')
})

suite('overlapping ranges and protocols go together; no rule opens what nobody may reach', async () => {
  await host.call('configure', policy([
    tcp('203.0.113.0/24', 80), tcp(`${TWO}/32`, 80, 443), { to: '0.0.0.0/0', protocol: 'udp', ports: null }, { to: '10.0.0.0/8', protocol: 'any', ports: null },
  ]))
  expect(await Promise.all([from('a1', ONE, 80), from('a1', TWO, 443), from('a1', ONE, 443), from('a1', ONE, 443, true), from('a1', '10.64.1.1', 80)]))
    .toEqual(['203.0.113.1', '203.0.113.1', 'ECONNREFUSED', '203.0.113.1', 'timeout'])
})

suite('a name opens the addresses it was answered with, only to the app of the rule, and a new agent still knows them', async () => {
  const rules = policy([tcp('api.example.com', 443), tcp('*.cdn.example.com', 80)])
  await host.call('configure', rules)
  expect(await from('a1', NAMED, 443)).toBe('ECONNREFUSED')
  expect(await host.call('mayAsk', '10.64.1.2')).toEqual(['api.example.com', '*.cdn.example.com'])
  await host.call('learned', '10.64.1.2', 'api.example.com', [{ address: NAMED, ttlS: 1 }])
  await host.call('learned', '10.64.1.2', 'evil.example.com', [{ address: ONE, ttlS: 60 }])
  await host.call('learned', '10.64.1.3', 'api.example.com', [{ address: TWO, ttlS: 60 }])
  expect(await Promise.all([from('a1', NAMED, 443), from('a1', NAMED, 80), from('a1', ONE, 443), from('a1', TWO, 443)]))
    .toEqual(['203.0.113.1', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'])
  await host.call('again')
  await host.call('restore', [request(1, 2), request(1, 3)], rules)
  expect(await Promise.all([from('a1', NAMED, 443), from('a1', ONE, 443)])).toEqual(['203.0.113.1', 'ECONNREFUSED'])
  await host.call('learned', '10.64.1.2', 'a.b.cdn.example.com', [{ address: NAMED, ttlS: 60 }])
  expect(await from('a1', NAMED, 80)).toBe('203.0.113.1')
})

suite('a tightened rule ends the connections it no longer allows', async () => {
  await host.call('configure', policy(null))
  const talk = `const s=require('node:net').connect(7000,'${ONE}');s.on('connect',()=>process.stdout.write('up'));s.on('data',d=>process.stdout.write(d));setInterval(()=>s.write('x'),100);s.on('error',e=>{process.stdout.write(e.code);process.exit(0)})`
  const echo = lab.start('out', process.execPath, '-e', `require('node:net').createServer(s=>{s.on('error',()=>{});s.pipe(s)}).listen(7000,'0.0.0.0',()=>process.stdout.write('up'))`)
  await new Promise((resolve) => echo.stdout?.once('data', resolve))
  let heard = ''
  lab.start('a1', process.execPath, '-e', talk).stdout?.on('data', (chunk: Buffer) => { heard += chunk.toString() })
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(heard).toMatch(/^upx+$/)
  await host.call('configure', policy([tcp(`${ONE}/32`, 7000)]))
  const before = heard.length
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(heard.length).toBeGreaterThan(before)
  await host.call('configure', policy([tcp(`${TWO}/32`, 7000)]))
  await new Promise((resolve) => setTimeout(resolve, 300))
  const after = heard.replace(/[A-Z]+$/, '').length
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(heard.replace(/[A-Z]+$/, '').length).toBe(after)
})

suite('a rate holds in both directions, for this app alone, and is lifted without touching the connection', async () => {
  await lab.flood('out')
  const speeds = async (machine: string): Promise<{ up: number; down: number }> => ({ up: await lab.speed(machine, ONE, 'up'), down: await lab.speed(machine, ONE, 'down') })
  await host.call('configure', policy(null, 40))
  // A rested sender may catch up for a second.
  await lab.speed('a1', ONE, 'up')
  const [limited, other] = [await speeds('a1'), await speeds('a2')]
  await host.call('configure', policy(null))
  const lifted = await speeds('a1')
  process.stdout.write(`rate of 40 Mbit/s: ${JSON.stringify(limited)}, neighbour without one ${JSON.stringify(other)}, lifted ${JSON.stringify(lifted)}\n`)
  for (const mbit of [limited.down, limited.up]) {
    expect(mbit).toBeLessThan(46)
    expect(mbit).toBeGreaterThan(20)
  }
  for (const mbit of [other.down, other.up, lifted.down, lifted.up]) expect(mbit).toBeGreaterThan(80)
}, 60_000)
