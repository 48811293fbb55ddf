import { EgressRule, UNREACHABLE_RANGES } from '../../contract/node-api/network.ts'
import type { EgressRuleInput } from '../../contract/network.ts'
import type { FieldProblem } from '../../contract/problem.ts'

interface Range { first: number; last: number; prefix: number }
type Checked = { rule: EgressRuleInput } | { faults: FieldProblem[] }

const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/
/** Addresses of pages, hosts with a port, hosts with a path: the host in them. */
const MORE_THAN_A_HOST = [/^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/:@\s]+)/, /^([^/:@\s]*\.[^/:@\s]*):\d+/, /^([^/:@\s]*\.[^/:@\s]*[a-z])\//]
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

const rangeOf = (text: string): Range | null => {
  const parts = ADDRESS.exec(text)
  if (!parts) return null
  const bytes = parts.slice(1, 5).map(Number)
  const prefix = Number(parts[5] ?? 32)
  if (prefix > 32 || bytes.some((byte) => byte > 255)) return null
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const size = 2 ** (32 - prefix)
  return { first: number - (number % size), last: number - (number % size) + size - 1, prefix }
}

const textOf = ({ first, prefix }: Range): string => `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join('.')}/${prefix}`

const isUnreachable = ({ first, last }: Range): boolean => UNREACHABLE_RANGES.some((text) => {
  const range = rangeOf(text)
  return range !== null && first >= range.first && last <= range.last
})

const toFault = (to: string): { code: string; message: string } | null => {
  const address = MORE_THAN_A_HOST.map((form) => form.exec(to)?.[1]).find(Boolean)
  if (address) return { code: 'not_a_host', message: `Enter ${address} alone: no https://, no path, and ports in their own field.` }
  if (to.includes(':')) return { code: 'ipv6', message: 'Instances speak IPv4 only. Enter an IPv4 range or a host name.' }
  const range = rangeOf(to)
  if (range) {
    if (isUnreachable(range)) return { code: 'private_range', message: `No app reaches ${to}: it lies in a private or reserved range. Apps of your organization need no rule.` }
    const start = to.replace(/\/.*/, '')
    return textOf(range).startsWith(`${start}/`) ? null : { code: 'not_a_range', message: `The range that holds ${to} is ${textOf(range)}.` }
  }
  if (/^[\d./]+$/.test(to)) return { code: 'not_a_range', message: 'Enter an IPv4 range like 203.0.113.0/24.' }
  if (to.endsWith('.internal')) return { code: 'internal_name', message: 'Apps of your organization need no rule.' }
  const labels = to.replace(/^\*\./, '').split('.')
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return { code: 'not_a_host', message: 'Enter a host name like api.example.com, or a range like 203.0.113.0/24.' }
  return null
}

const portsFault = ({ protocol, ports }: EgressRuleInput): { code: string; message: string } | null => {
  if (ports === null) return null
  if (protocol === 'icmp' || protocol === 'any') return { code: 'no_ports', message: `Leave the ports out: ${protocol === 'any' ? 'any protocol means every port' : 'ICMP has none'}.` }
  const { from, to } = portsOf(ports) ?? { from: 0, to: 0 }
  return from >= 1 && to <= 65_535 && from <= to ? null : { code: 'not_ports', message: 'Enter a port like 443 or a range like 8000-8100.' }
}

const portsOf = (text: string): { from: number; to: number } | null => {
  const [, from, to = from] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text) ?? []
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) }
}

const checked = (rule: EgressRuleInput, at: number): Checked => {
  const found = { to: toFault(rule.to), ports: portsFault(rule) }
  const faults = Object.entries(found).flatMap(([field, fault]) => (fault ? [{ pointer: `/rules/${at}/${field}`, ...fault }] : []))
  if (faults.length > 0) return { faults }
  const range = rangeOf(rule.to)
  const ports = rule.ports === null ? null : portsOf(rule.ports)
  return { rule: { to: range ? textOf(range) : rule.to, protocol: rule.protocol, ports: ports && (ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`) } }
}

/** As they are kept, and every fault at once. */
export const checkRules = (input: readonly EgressRuleInput[]): { rules: EgressRuleInput[]; faults: FieldProblem[] } => {
  const rules: EgressRuleInput[] = []
  const faults: FieldProblem[] = []
  const seen = new Set<string>()
  for (const [at, given] of input.entries()) {
    const result = checked(given, at)
    if ('faults' in result) faults.push(...result.faults)
    else if (seen.has(JSON.stringify(result.rule))) faults.push({ pointer: `/rules/${at}`, code: 'duplicate', message: 'This rule is in the list already.' })
    else rules.push(result.rule)
    if ('rule' in result) seen.add(JSON.stringify(result.rule))
  }
  return { rules, faults }
}

/** As a node takes it. */
export const toNodeRule = ({ to, protocol, ports }: EgressRuleInput): EgressRule =>
  EgressRule.parse({ to, protocol, ports: ports === null ? null : portsOf(ports) })
