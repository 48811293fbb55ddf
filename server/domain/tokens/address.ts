import { BlockList, isIP } from 'node:net'

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i
const plain = (ip: string): string => MAPPED.exec(ip)?.[1] ?? ip
const family = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 6 ? 'ipv6' : 'ipv4')

/** Is the address one of these, or in one of these blocks? An unknown address is in none. */
export const addressAllowed = (allowed: readonly string[], ip: string | null): boolean => {
  if (allowed.length === 0) return true
  const address = plain(ip ?? '')
  if (isIP(address) === 0) return false
  const list = new BlockList()
  for (const block of allowed) {
    const [net = '', bits] = block.split('/')
    if (bits === undefined) list.addAddress(net, family(net))
    else list.addSubnet(net, Number(bits), family(net))
  }
  return list.check(address, family(address))
}
