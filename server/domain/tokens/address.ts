import { BlockList, isIP } from 'node:net'

const family = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 6 ? 'ipv6' : 'ipv4')

/** Is the address one of these, or in one of these blocks? An unknown address is in none. */
export const addressAllowed = (allowed: readonly string[], ip: string | null): boolean => {
  if (allowed.length === 0) return true
  if (ip === null || isIP(ip) === 0) return false
  const list = new BlockList()
  for (const block of allowed) {
    const [net = '', bits] = block.split('/')
    if (bits === undefined) list.addAddress(net, family(net))
    else list.addSubnet(net, Number(bits), family(net))
  }
  return list.check(ip, family(ip)) // it knows 203.0.113.8 in ::ffff:203.0.113.8
}
