/** The name servers of the private networks, wired to what they answer from. */
import type { NetworkDriver, NetworkPolicy } from '../drivers/network.ts'
import type { Instance } from '../reconcile/instance.ts'
import type { Logger } from '../runtime/log.ts'
import { egressGate } from './egress-gate.ts'
import { hostResolver } from './forward.ts'
import { GatewayDns } from './gateways.ts'
import { awayNamed, instancesNamed, privateLookup } from './private-names.ts'

export interface NameServersDeps {
  network: NetworkDriver
  instances: () => ReadonlyMap<string, Instance>
  remote: () => NetworkPolicy['remote']
  /** Before these are told to whoever asked for them by name. */
  asked: (named: readonly Instance[], away: NetworkPolicy['remote']) => Promise<void>
  log: Logger
}

export const nameServers = ({ network, instances, remote, asked, log }: NameServersDeps): GatewayDns => new GatewayDns({
  gateways: () => network.gateways(),
  lookupFor: (networkId) => privateLookup(networkId, instances, remote),
  holdFor: (networkId) => (name) => asked(instancesNamed(networkId, instances(), name), awayNamed(networkId, remote(), name)),
  resolver: hostResolver(),
  gate: egressGate(network),
  log,
})
