import { lookUp, proofName, type DnsAnswer } from '../../core/dns.ts'
import { randomText } from '../../core/id.ts'
import { baseOf } from './rules/hostname.ts'
import { judgePointing, type Pointing } from './rules/proof.ts'

export interface Looked { proof: DnsAnswer; pointing: Pointing }

/** Everything the DNS says of a domain; asked outside any transaction. */
export const lookAt = async (hostname: string, target: string): Promise<Looked> => {
  const base = baseOf(hostname)
  // Any name below does for a wildcard.
  const visited = hostname === base ? hostname : `any-${randomText(8)}.${base}`
  const [proof, cname, a, aaaa, ourA, ourAaaa] = await Promise.all([
    lookUp(proofName(base), 'TXT'), lookUp(visited, 'CNAME'), lookUp(visited, 'A'), lookUp(visited, 'AAAA'), lookUp(target, 'A'), lookUp(target, 'AAAA'),
  ])
  const pointing = judgePointing(target, { cname: cname.values, addresses: [...a.values, ...aaaa.values], ours: [...ourA.values, ...ourAaaa.values] })
  return { proof, pointing }
}
