import { Resolver } from 'node:dns/promises'
import type { DnsAnswer, DnsResolver, DnsType } from '../../core/dns.ts'

const ABSENT = new Set(['ENOTFOUND', 'ENODATA'])
const MAX_VALUES = 20
const MAX_LENGTH = 300

/** The name servers of `servers` (`address:port` with commas, asked for at each look-up), or the machine's own. */
export const createSystemResolver = (servers: () => string | undefined): DnsResolver => ({
  async lookup(name, type) {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 })
    const chosen = servers()
    if (chosen) resolver.setServers(chosen.split(','))
    try {
      return { values: (await ask(resolver, name, type)).map((value) => value.slice(0, MAX_LENGTH)).slice(0, MAX_VALUES), fault: null }
    } catch (error) {
      return { values: [], fault: ABSENT.has(String((error as { code?: unknown }).code)) ? 'no_record' : 'unreachable' } satisfies DnsAnswer
    }
  },
})

const ask = async (resolver: Resolver, name: string, type: DnsType): Promise<string[]> => {
  switch (type) {
    case 'TXT': return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
    case 'A': return resolver.resolve4(name)
    case 'AAAA': return resolver.resolve6(name)
    case 'CNAME': return resolver.resolveCname(name)
  }
}
