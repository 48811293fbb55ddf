/** Pure answers: a question in, the reply's packet out. Null means: not ours, ask elsewhere. */
import type { Answer, Packet, Question } from 'dns-packet'

export type Lookup = (name: string) => string[] | null

const NXDOMAIN = 3
const AUTHORITATIVE = 1 << 10
const RECURSION_AVAILABLE = 1 << 7

/** `lookup` gives the addresses of a name, an empty list for a name that exists without any, null for a name we do not know. */
export function answerFrom(query: Packet, lookup: Lookup): Packet | null {
  const question = query.questions?.[0]
  if (!question) return null
  const addresses = lookup(question.name.toLowerCase().replace(/\.$/, ''))
  if (addresses === null) return null
  const wantsA = question.type === 'A' || String(question.type) === 'ANY'
  const answers: Answer[] = wantsA ? addresses.map((data) => ({ type: 'A', class: 'IN', name: question.name, ttl: 0, data })) : []
  return reply(query, question, AUTHORITATIVE, answers)
}

const RCODES = { NXDOMAIN: NXDOMAIN | AUTHORITATIVE, SERVFAIL: 2, REFUSED: 5 } as const

export const refuse = (query: Packet, rcode: keyof typeof RCODES): Packet => reply(query, query.questions?.[0], RCODES[rcode], [])

function reply(query: Packet, question: Question | undefined, flags: number, answers: Answer[]): Packet {
  const recursionDesired = (query.flags ?? 0) & (1 << 8)
  return {
    type: 'response', id: query.id ?? 0, flags: flags | recursionDesired | RECURSION_AVAILABLE, questions: question ? [question] : [],
    answers: shuffled(answers),
  }
}

function shuffled<T>(items: T[]): T[] {
  const out = [...items]
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1))
    const [a, b] = [out[at], out[other]]
    if (a !== undefined && b !== undefined) [out[at], out[other]] = [b, a]
  }
  return out
}
