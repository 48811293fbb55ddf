/** Pure: where instances may go beyond their own network, as nftables parts. One chain per app with rules, found by a map. */
import type { EgressRule } from '../../../../server/contract/node-api/network.ts'
import { parseAddress, type NetworkPolicy, type NetworkRequest } from '../../network.ts'
import { shortHash } from '../names.ts'

/** Seconds left per address, by the name of its set. */
export type LearnedSets = ReadonlyMap<string, ReadonlyMap<string, number>>

export interface EgressParts { definitions: string; dispatch: string[]; marks: string[] }

export const isName = (rule: EgressRule): boolean => !rule.to.includes('/')
export const namedSet = (appId: string, name: string): string => `named_${shortHash(`${appId} ${name}`)}`

/** Connections made under a set of rules carry its mark; when the rules change, each has to pass the new ones. */
const markOf = (appId: string, rules: readonly EgressRule[]): string =>
  `0x${((Number.parseInt(shortHash(`${appId} ${JSON.stringify(rules)}`).slice(0, 8), 16) & 0x7fffffff) | 1).toString(16)}`

export function egressParts(requests: readonly NetworkRequest[], policy: NetworkPolicy, learned: LearnedSets): EgressParts {
  const parts: EgressParts = { definitions: '', dispatch: [], marks: [] }
  for (const { app_id: appId, egress } of policy.apps) {
    const own = requests.filter((request) => request.appId === appId)
    if (!egress || own.length === 0) continue
    const [chain, mark] = [`egress_${shortHash(appId)}`, markOf(appId, egress)]
    const names = [...new Set(egress.filter(isName).map((rule) => rule.to))]
    parts.definitions += names.map((name) => setOf(namedSet(appId, name), learned)).join('')
    parts.definitions += chainOf(chain, egress.map((rule) => `${matchOf(appId, rule)} ct mark set ${mark} accept`))
    for (const { address } of own) {
      parts.dispatch.push(`${parseAddress(address).ip} : goto ${chain}`)
      parts.marks.push(`${parseAddress(address).ip} . ${mark}`)
    }
  }
  return parts
}

const setOf = (name: string, learned: LearnedSets): string => {
  const known = [...(learned.get(name) ?? [])].map(([address, seconds]) => `${address} timeout ${seconds}s`)
  return `  set ${name} {\n    type ipv4_addr\n    flags timeout\n${known.length === 0 ? '' : `    elements = { ${known.join(', ')} }\n`}  }\n`
}

const chainOf = (name: string, rules: readonly string[]): string =>
  `  chain ${name} {\n${rules.map((rule) => `    ${rule.trim()}\n`).join('')}    meta l4proto tcp reject with tcp reset\n    reject with icmpx admin-prohibited\n  }\n`

function matchOf(appId: string, rule: EgressRule): string {
  const to = isName(rule) ? `ip daddr @${namedSet(appId, rule.to)}` : rule.to.endsWith('/0') ? '' : `ip daddr ${rule.to}`
  if (rule.protocol === 'any') return to
  if (rule.protocol === 'icmp' || rule.ports === null) return `${to} meta l4proto ${rule.protocol}`
  return `${to} ${rule.protocol} dport ${rule.ports.from}-${rule.ports.to}`
}
