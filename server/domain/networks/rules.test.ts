import { expect, test } from 'vitest'
import { AppNetworkInput } from '../../contract/network.ts'
import { checkRules, toNodeRule } from './rules.ts'

const check = (...rules: object[]) => checkRules(AppNetworkInput.parse({ egress: 'restricted', rules }).rules)

test.each([
  ['1.2.3.4', '1.2.3.4/32'], ['203.0.113.0/24', '203.0.113.0/24'], ['0.0.0.0/0', '0.0.0.0/0'], ['Api.Example.COM', 'api.example.com'], ['*.example.com', '*.example.com'],
])('%s is kept as %s', (to, kept) => {
  expect(check({ to })).toEqual({ rules: [{ to: kept, protocol: 'tcp', ports: null }], faults: [] })
})

test.each([
  ['10.0.0.0/8', 'private_range'], ['10.64.1.2', 'private_range'], ['169.254.169.254', 'private_range'], ['127.0.0.1', 'private_range'], ['224.0.0.1', 'private_range'],
  ['203.0.113.5/24', 'not_a_range'], ['300.1.1.1', 'not_a_range'], ['1.2.3.4/33', 'not_a_range'], ['1.2.3', 'not_a_range'], ['2001:db8::/32', 'ipv6'],
  ['web.internal', 'internal_name'], ['localhost', 'not_a_host'], ['a..b', 'not_a_host'], ['https://example.com', 'ipv6'], ['exa mple.com', 'not_a_host'], ['*.com.*', 'not_a_host'],
])('%s is refused as %s, with its place', (to, code) => {
  expect(check({ to: 'example.com' }, { to }).faults).toEqual([expect.objectContaining({ pointer: '/rules/1/to', code })])
})

test.each([
  [{ ports: '443' }, '443'], [{ ports: '8000-8100' }, '8000-8100'], [{ ports: '80-80' }, '80'], [{ protocol: 'udp', ports: '53' }, '53'],
])('%o are ports', (rule, ports) => {
  expect(check({ to: 'example.com', ...rule }).rules[0]?.ports).toBe(ports)
})

test.each([[{ ports: '0' }, 'not_ports'], [{ ports: '90-80' }, 'not_ports'], [{ ports: '65536' }, 'not_ports'], [{ ports: 'http' }, 'not_ports'],
  [{ protocol: 'icmp', ports: '1' }, 'no_ports'], [{ protocol: 'any', ports: '80' }, 'no_ports']])('%o are refused', (rule, code) => {
  expect(check({ to: 'example.com', ...rule }).faults).toEqual([expect.objectContaining({ pointer: '/rules/0/ports', code })])
})

test('all faults are told at once, and the same rule twice is one too many', () => {
  expect(check({ to: '10.0.0.1', ports: 'x' }, { to: '1.1.1.1' }, { to: '1.1.1.1/32' }).faults.map((fault) => fault.pointer)).toEqual(['/rules/0/to', '/rules/0/ports', '/rules/2'])
  expect(AppNetworkInput.safeParse({ egress: 'restricted', rules: Array.from({ length: 51 }, () => ({ to: '1.1.1.1' })) }).error?.issues[0]?.path).toEqual(['rules'])
})

test('what passes here a node takes', () => {
  for (const rule of check({ to: '0.0.0.0/0', protocol: 'any' }, { to: '*.a-b.example.com', ports: '1-65535' }, { to: '_x.example.com', protocol: 'icmp' }).rules) {
    expect(() => toNodeRule(rule)).not.toThrow()
  }
})
