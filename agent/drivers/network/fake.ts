import { parseAddress, type EdgeTarget, type NetworkDriver, type NetworkPolicy, type NetworkRequest } from '../network.ts'

export interface FakeNetwork extends NetworkDriver {
  readonly taps: Map<string, NetworkRequest>
  /** As last configured. */
  readonly policies: NetworkPolicy[]
  /** As last told. */
  readonly targets: EdgeTarget[]
  readonly abandoned: string[]
}

/** `taps` stands for the host: hand the same map to the next agent. */
export function createFakeNetwork(taps = new Map<string, NetworkRequest>()): FakeNetwork {
  const policies: NetworkPolicy[] = []
  const targets: EdgeTarget[] = []
  const abandoned: string[] = []
  return {
    mode: 'bridge',
    taps,
    policies,
    targets,
    async abandon(addresses) { abandoned.push(...addresses) },
    abandoned,
    async reach(wanted) { targets.splice(0, targets.length, ...wanted) },
    async restore(_, policy) { policies.push(policy) },
    async configure(policy) { policies.push(policy) },
    mayAsk: () => null,
    async learned() {},
    async attach(request) {
      taps.set(request.vmId, request)
      return { kind: 'tap', ifname: `swgt${request.slot}`, mac: request.mac, address: request.address, gateway: request.gateway, dns: request.gateway }
    },
    async detach(vmId) { taps.delete(vmId) },
    endpoint: (request) => (request.port === null ? null : { host: '127.0.0.1', port: request.port }),
    edgeAddress: (request) => parseAddress(request.address).ip,
    counters: async () => ({ rxBytes: 1000, txBytes: 2000 }),
    gateways: () => [...new Map([...taps.values()].map((tap) => [tap.networkId, { networkId: tap.networkId, address: tap.gateway }])).values()],
    async tend() {},
    fault: () => null,
    async shutdown() { taps.clear() },
  }
}

