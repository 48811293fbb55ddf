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
  ['web.internal', 'internal_name'], ['localhost', 'not_a_host'], ['a..b', 'not_a_host'], ['2001:db8::1', 'ipv6'], ['::ffff:8.8.8.8', 'ipv6'], ['https://example.com', 'not_a_host'], ['//example.com/a', 'not_a_host'], ['example.com/path', 'not_a_host'],
  ['example.com:443', 'not_a_host'], ['8.8.8.8:53', 'not_a_host'], ['user@example.com', 'not_a_host'], ['example.com.', 'not_a_host'], ['*', 'not_a_host'], ['*.com', 'not_a_host'],
  ['bücher.de', 'not_a_host'], ['0x7f.0.0.1; drop', 'not_a_host'], ['010.0.0.1', 'private_range'], ['8.8.8.08', 'not_a_range'], ['8.8.8.0/024', 'not_a_range'], ['/24', 'not_a_range'],
  [`${'a'.repeat(64)}.com`, 'not_a_host'], ['203.0.113.0/24\n1.1.1.1', 'not_a_host'], ['a.com } accept', 'not_a_host'],
  ['exa mple.com', 'not_a_host'], ['*.com.*', 'not_a_host'],
])('%s is refused as %s, with its place', (to, code) => {
  expect(check({ to: 'example.com' }, { to }).faults).toEqual([expect.objectContaining({ pointer: '/rules/1/to', code })])
})

test.each([
  [{ ports: '443' }, '443'], [{ ports: '8000-8100' }, '8000-8100'], [{ ports: '80-80' }, '80'], [{ protocol: 'udp', ports: '53' }, '53'],
])('%o are ports', (rule, ports) => {
  expect(check({ to: 'example.com', ...rule }).rules[0]?.ports).toBe(ports)
})

test.each([[{ ports: '0' }, 'not_ports'], [{ ports: '90-80' }, 'not_ports'], [{ ports: '65536' }, 'not_ports'], [{ ports: 'http' }, 'not_ports'], [{ ports: '' }, 'not_ports'], [{ ports: '-1' }, 'not_ports'],
  [{ ports: '80,443,8080' }, 'not_ports'], [{ ports: '8000-' }, 'not_ports'], [{ ports: '443; accept' }, 'not_ports'],
  [{ protocol: 'icmp', ports: '1' }, 'no_ports'], [{ protocol: 'any', ports: '80' }, 'no_ports']])('%o are refused', (rule, code) => {
  expect(check({ to: 'example.com', ...rule }).faults).toEqual([expect.objectContaining({ pointer: '/rules/0/ports', code })])
})

test('all faults are told at once, and the same rule twice is one too many', () => {
  expect(check({ to: '10.0.0.1', ports: 'x' }, { to: '1.1.1.1' }, { to: '1.1.1.1/32' }).faults.map((fault) => fault.pointer)).toEqual(['/rules/0/to', '/rules/0/ports', '/rules/2'])
  expect(AppNetworkInput.safeParse({ egress: 'restricted', rules: Array.from({ length: 51 }, () => ({ to: '1.1.1.1' })) }).error?.issues[0]?.path).toEqual(['rules'])
})

test('the host that was meant is named', () => {
  const told = (to: string) => check({ to }).faults[0]?.message
  expect(told('https://api.example.com/v1')).toBe('Enter api.example.com alone: no https://, no path, and ports in their own field.')
  expect(told('example.com:443')).toBe('Enter example.com alone: no https://, no path, and ports in their own field.')
})

test.each([{ protocol: 'sctp' }, { port: 443 }, { to: '' }, { to: 'a'.repeat(254) }, { ports: 443 }, { to: null }])('%o is no rule at all', (rule) => {
  expect(AppNetworkInput.safeParse({ egress: 'restricted', rules: [{ to: 'example.com', ...rule }] }).success).toBe(false)
})

test('what passes here a node takes', () => {
  for (const rule of check({ to: '0.0.0.0/0', protocol: 'any' }, { to: '*.a-b.example.com', ports: '1-65535' }, { to: '_x.example.com', protocol: 'icmp' }).rules) {
    expect(() => toNodeRule(rule)).not.toThrow()
  }
})
