/** What the edge asks of us, on loopback: names that no file names, pages for apps that are down, certificates, proofs of other edges. */
import type { Server } from 'node:http'
import { startDnsServer, type DnsServer } from '../dns/server.ts'
import type { EdgeConfig } from '../config.ts'
import { startAskServer } from './ask-server.ts'
import { ChallengeRelay } from './challenge-relay.ts'
import { startFallbackServer } from './fallback-server.ts'
import type { Peers } from './peers.ts'
import type { RouteTable } from './route-table.ts'

export interface OwnEdge extends Pick<EdgeConfig, 'domain' | 'appsDomain' | 'askPort' | 'httpPort' | 'acme'> { dnsPort: number; fallbackAddress: string }

/** `hold` is waited for before a name is answered: what sleeps there wakes meanwhile. */
export async function startEdgeServers(
  edge: OwnEdge, routes: RouteTable, peers: Peers, hold: (name: string) => Promise<void>,
): Promise<{ servers: Server[]; dns: DnsServer }> {
  const isKnown = (host: string): boolean => routes.isKnown(host)
  const relay = edge.acme ? new ChallengeRelay({ peers: () => peers.addresses(), port: edge.httpPort, isKnown }) : null
  const servers = [await startAskServer(edge.fallbackAddress, edge.askPort, isKnown, relay), await startFallbackServer(edge.fallbackAddress, routes)]
  const dns = await startDnsServer({ address: '127.0.0.1', port: edge.dnsPort, lookup: (name) => routes.resolve(name), hold, ownSuffix: '', resolver: null })
  return { servers, dns }
}
