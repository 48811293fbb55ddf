/** Port: what the public DNS says. Asked anew each time, and never inside a transaction. */
export type DnsType = 'TXT' | 'A' | 'AAAA' | 'CNAME'
/** `no_record` is an answer; `unreachable` is none and proves nothing. */
export interface DnsAnswer { values: string[]; fault: 'no_record' | 'unreachable' | null }
export interface DnsResolver { lookup(name: string, type: DnsType): Promise<DnsAnswer> }

let resolver: DnsResolver | null = null

export const setDnsResolver = (chosen: DnsResolver): void => {
  resolver = chosen
}

export const lookUp = (name: string, type: DnsType): Promise<DnsAnswer> => {
  if (!resolver) throw new Error('no resolver was chosen')
  return resolver.lookup(name, type)
}

/** What proves a name: a TXT record beside it that only its owner can make. */
export const proofName = (domain: string): string => `_shellwego-challenge.${domain}`
export const proofValue = (token: string): string => `shellwego-domain=${token}`

/** Why the answer does not prove it; null when it does. */
export const proofFault = ({ values, fault }: DnsAnswer, wanted: string): string | null => {
  if (values.includes(wanted)) return null
  if (fault === 'unreachable') return 'The name servers did not answer. Try again in a minute.'
  return fault === 'no_record' ? 'There is no such record yet. A new one may take some minutes to be seen.' : 'The record exists, but holds another value.'
}
