import { Resolver } from 'node:dns/promises'
import { runtime } from '../../core/runtime.ts'

export interface TxtAnswer { values: string[]; fault: 'no_record' | 'unreachable' | null }

const ABSENT = new Set(['ENOTFOUND', 'ENODATA'])

/** What the resolver says: the values of a TXT record, or why there are none. Asked anew each time. */
export const resolveTxt = async (name: string): Promise<TxtAnswer> => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const servers = runtime().env.SHELLWEGO_DNS_SERVERS
  if (servers) resolver.setServers(servers.split(','))
  try {
    return { values: (await resolver.resolveTxt(name)).map((parts) => parts.join('').slice(0, 300)).slice(0, 20), fault: null }
  } catch (error) {
    return { values: [], fault: ABSENT.has(String((error as { code?: unknown }).code)) ? 'no_record' : 'unreachable' }
  }
}
