import { BlockList, isIP } from 'node:net'
import os from 'node:os'

/** Not to be reached from here: everything IANA does not list as globally reachable, and clouds' metadata services beside it. */
const REFUSED_V4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['168.63.129.16', 32], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
  ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const
/** Of global unicast: protocol assignments with Teredo, documentation, 6to4. */
const REFUSED_V6 = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const

const refused = new BlockList()
for (const [network, prefix] of REFUSED_V4) refused.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of REFUSED_V6) refused.addSubnet(network, prefix, 'ipv6')
/** All else in IPv6 embeds an IPv4 address (mapped, NAT64), or is local, private, multicast or unassigned. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

const familyOf = (address: string): 'ipv4' | 'ipv6' | null => {
  if (address.includes('%')) return null
  const family = isIP(address)
  return family === 4 ? 'ipv4' : family === 6 ? 'ipv6' : null
}

/** Whether anybody on the internet may be meant by it. */
export const isPublicAddress = (address: string): boolean => {
  const family = familyOf(address)
  if (family === null) return false
  return !refused.check(address, family) && (family === 'ipv4' || globalUnicast.check(address, 'ipv6'))
}

/** This machine's own addresses: what listens here is never meant. */
export const isOwnAddress = (address: string): boolean => {
  const family = familyOf(address)
  if (family === null) return false
  const own = new BlockList()
  for (const { address: ours, family: kind } of Object.values(os.networkInterfaces()).flatMap((list) => list ?? [])) {
    own.addAddress(ours.split('%', 1)[0] ?? ours, kind === 'IPv6' ? 'ipv6' : 'ipv4')
  }
  return own.check(address, family)
}

export interface AllowedNetwork {
  network: BlockList
  family: 'ipv4' | 'ipv6'
  /** Null = the ports open to everybody, and every one from 1024. */
  port: number | null
}

const ENTRY = /^([0-9a-fA-F.:]+)\/(\d{1,3})(?::(\d{1,5}))?$/

/** `CIDR` or `CIDR:port`, separated by commas. Throws with the entry that is none. */
export const parseAllowList = (text: string): AllowedNetwork[] =>
  text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
    const [, address = '', prefix = '', port] = ENTRY.exec(part) ?? []
    const family = familyOf(address)
    const bits = Number(prefix)
    if (family === null || bits > (family === 'ipv4' ? 32 : 128) || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
      throw new Error(`${part} is neither a CIDR block nor CIDR:port`)
    }
    const network = new BlockList()
    network.addSubnet(address, bits, family)
    return { network, family, port: port === undefined ? null : Number(port) }
  })

/** The family is compared first: a list of IPv4 blocks would otherwise also answer for IPv6 addresses that embed one. */
export const allows = (list: readonly AllowedNetwork[], address: string, port: number, openPorts: ReadonlySet<number>): boolean => {
  const family = familyOf(address)
  return list.some((entry) => entry.family === family && entry.network.check(address, entry.family)
    && (entry.port === null ? port >= 1024 || openPorts.has(port) : entry.port === port))
}
