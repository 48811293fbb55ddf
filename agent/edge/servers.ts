/** What the edge asks of us, on loopback: names that no file names, waiting for their apps, pages for those that are down, certificates, proofs of others. */
import type { Server } from 'node:http'
import { startDnsServer, type DnsServer } from '../dns/server.ts'
import type { EdgeConfig } from '../config.ts'
import { startAskServer } from './ask-server.ts'
import { ChallengeRelay } from './challenge-relay.ts'
import { startFallbackServer } from './fallback-server.ts'
import type { Peers } from './peers.ts'
import type { RouteTable } from './route-table.ts'
import { WaitingRoom } from './waiting-room.ts'

export interface OwnEdge extends Pick<EdgeConfig, 'domain' | 'appsDomain' | 'askPort' | 'httpPort' | 'acme'> { dnsPort: number; fallbackAddress: string }

/** `call`: somebody wants what is behind the name; it returns when that is awake, or after a while. */
export async function startEdgeServers(
  edge: OwnEdge, routes: RouteTable, peers: Peers, call: (name: string) => Promise<void>,
): Promise<{ servers: Server[]; dns: DnsServer }> {
  const isKnown = (host: string): boolean => routes.isKnown(host)
  const relay = edge.acme ? new ChallengeRelay({ peers: () => peers.addresses(), port: edge.httpPort, isKnown }) : null
  const room = new WaitingRoom({ call, standing: (name, again) => routes.standing(name, again) })
  const servers = [await startAskServer(edge.fallbackAddress, edge.askPort, { isKnown, relay, room }), await startFallbackServer(edge.fallbackAddress, routes)]
  const dns = await startDnsServer({ address: '127.0.0.1', port: edge.dnsPort, lookup: (name) => routes.resolve(name), ownSuffix: '', resolver: null })
  return { servers, dns }
}
