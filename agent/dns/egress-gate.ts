/** An instance with rules may ask for the names in them, and reaches what they stand for; nothing can be carried out by other names. */
import { decode } from 'dns-packet'
import { matchesName, type NamedAddress, type NetworkDriver } from '../drivers/network.ts'
import type { DnsGate } from './server.ts'

export const egressGate = (network: NetworkDriver): DnsGate => ({
  mayAsk: (peer, name) => network.mayAsk(peer)?.some((pattern) => matchesName(pattern, plain(name))) ?? true,
  async answered(peer, name, answer) {
    if (network.mayAsk(peer) === null) return
    const found = addressesIn(answer)
    if (found.length > 0) await network.learned(peer, plain(name), found)
  },
})

const plain = (name: string): string => name.replace(/\.$/, '')

const addressesIn = (answer: Buffer): NamedAddress[] =>
  (decode(answer).answers ?? []).flatMap((one) => (one.type === 'A' ? [{ address: one.data, ttlS: one.ttl ?? 0 }] : []))
