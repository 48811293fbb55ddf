import { isIP } from 'node:net'
import os from 'node:os'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allows, isOwnAddress, isPublicAddress, parseAllowList } from './address-rules.ts'

const PORTS = new Set([80, 443])

/** The same rule written down a second time, on plain numbers. */
const REFUSED = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]
const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
const inBlock = (n: number, block: string): boolean => {
  const [network = '', prefix] = block.split('/')
  const size = 2 ** (32 - Number(prefix))
  return Math.floor(n / size) === Math.floor(toNumber(network) / size)
}
const toText = (n: number): string => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.')

const anyV4 = fc.integer({ min: 0, max: 2 ** 32 - 1 })
/** Near the edges of every block, where rules go wrong. */
const edgeV4 = fc.constantFrom(...REFUSED).chain((block) => {
  const [network = '', prefix] = block.split('/')
  return fc.constantFrom(-1, 0, 1, 2 ** (32 - Number(prefix)) - 1, 2 ** (32 - Number(prefix))).map((offset) => (toNumber(network) + offset + 2 ** 32) % 2 ** 32)
})

test('an IPv4 address is public if and only if no refused block holds it', () => {
  fc.assert(fc.property(fc.oneof(anyV4, edgeV4), (n) => {
    expect(isPublicAddress(toText(n))).toBe(!REFUSED.some((block) => inBlock(n, block)))
  }), { numRuns: 5_000 })
})

const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
const v6 = (parts: number[]): string => parts.map((g) => g.toString(16)).join(':')

test('an IPv6 address is public only within 2000::/3, outside protocol assignments, documentation and 6to4', () => {
  const interesting = fc.tuple(fc.constantFrom(0, 0x2000, 0x2001, 0x2002, 0x2003, 0x3ffe, 0x3fff, 0x4000, 0x64, 0xfc00, 0xfdff, 0xfe80, 0xff02, 0x2a00), groups)
    .map(([first, rest]) => [first, ...rest.slice(1)])
  const naive = ([a = 0, b = 0]: number[]): boolean => {
    if (a < 0x2000 || a > 0x3fff || a === 0x2002) return false
    if (a === 0x2001) return b >= 0x200 && b !== 0xdb8
    return !(a === 0x3fff && b < 0x1000)
  }
  fc.assert(fc.property(fc.oneof(groups, interesting), (parts) => {
    expect(isPublicAddress(v6(parts))).toBe(naive(parts))
  }), { numRuns: 5_000 })
})

test('no IPv4 address becomes public by being written inside an IPv6 address', () => {
  fc.assert(fc.property(fc.oneof(anyV4, edgeV4), fc.constantFrom('::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '2002:'), (n, prefix) => {
    const [high, low] = [Math.floor(n / 65_536).toString(16), (n % 65_536).toString(16)]
    const address = prefix === '2002:' ? `2002:${high}:${low}::1` : `${prefix}${high}:${low}`
    expect(isIP(address)).toBe(6)
    expect(isPublicAddress(address)).toBe(false)
  }))
})

test.each(['169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', '::', '::1', '0.0.0.0', '255.255.255.255',
  '::ffff:169.254.169.254', 'ff02::1', '2001::1', 'localhost', '', '127.1', '8.8.8.8 '])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '100.63.255.255', '100.128.0.0', '172.32.0.1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('every address of this machine is its own', () => {
  const ours = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []).map((entry) => entry.address)
  expect(ours.length).toBeGreaterThan(0)
  for (const address of ours) expect(isOwnAddress(address.split('%')[0] ?? '')).toBe(true)
  expect(isOwnAddress('8.8.8.8')).toBe(false)
})

test('an entry of the allow list opens its block, on its port or on those from 1024', () => {
  const list = parseAllowList('10.1.0.0/16, 127.0.0.1/32:9000,fd12::/16')
  expect(allows(list, '10.1.2.3', 443, PORTS)).toBe(true)
  expect(allows(list, '10.1.2.3', 1024, PORTS)).toBe(true)
  expect(allows(list, '10.1.2.3', 22, PORTS)).toBe(false)
  expect(allows(list, '10.2.0.0', 443, PORTS)).toBe(false)
  expect(allows(list, '127.0.0.1', 9000, PORTS)).toBe(true)
  expect(allows(list, '127.0.0.1', 443, PORTS)).toBe(false)
  expect(allows(list, 'fd12::1', 8000, PORTS)).toBe(true)
  expect(allows(list, '::ffff:10.1.2.3', 443, PORTS)).toBe(false)
})

test.each(['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'example.com/8', '10.0.0.0/8:0', '10.0.0.0/8:65536', '1/8', '10.0.0.0/8;11.0.0.0/8'])('%s is refused as an entry of the allow list', (entry) => {
  expect(() => parseAllowList(`127.0.0.0/8,${entry}`)).toThrow(entry)
})
