import { parseAddress, type EdgeTarget, type NetworkDriver, type NetworkPolicy, type NetworkRequest } from '../network.ts'

export interface FakeNetwork extends NetworkDriver {
  readonly taps: Map<string, NetworkRequest>
  /** As last configured. */
  readonly policies: NetworkPolicy[]
  /** As last told. */
  readonly targets: EdgeTarget[]
  readonly abandoned: string[]
  /** Instances that edges of other nodes are refused at. */
  readonly closed: Set<string>
  /** Milliseconds since something came from another node. */
  readonly visits: Map<string, number>
}

/** `taps` stands for the host: hand the same map to the next agent. */
export function createFakeNetwork(taps = new Map<string, NetworkRequest>()): FakeNetwork {
  const policies: NetworkPolicy[] = []
  const targets: EdgeTarget[] = []
  const abandoned: string[] = []
  const [closed, visits] = [new Set<string>(), new Map<string, number>()]
  return {
    mode: 'bridge',
    taps,
    policies,
    targets,
    async abandon(addresses) { abandoned.push(...addresses) },
    abandoned,
    async reach(wanted) { targets.splice(0, targets.length, ...wanted) },
    async restore(requests, policy) {
      policies.push(policy)
      for (const { vmId, shut = false } of requests) closed[shut ? 'add' : 'delete'](vmId)
    },
    async configure(policy) { policies.push(policy) },
    closed,
    visits,
    async shut(vmId, shut) { closed[shut ? 'add' : 'delete'](vmId) },
    visitedAgo: async (vmId) => visits.get(vmId) ?? null,
    mayAsk: () => null,
    async learned() {},
    async attach(request) {
      taps.set(request.vmId, request)
      closed[request.shut ? 'add' : 'delete'](request.vmId)
      return { kind: 'tap', ifname: `swgt${request.slot}`, mac: request.mac, address: request.address, gateway: request.gateway, dns: request.gateway }
    },
    async detach(vmId) {
      taps.delete(vmId)
      closed.delete(vmId)
    },
    endpoint: (request) => (request.port === null ? null : { host: '127.0.0.1', port: request.port }),
    edgeAddress: (request) => parseAddress(request.address).ip,
    counters: async () => ({ rxBytes: 1000, txBytes: 2000 }),
    gateways: () => [...new Map([...taps.values()].map((tap) => [tap.networkId, { networkId: tap.networkId, address: tap.gateway }])).values()],
    async tend() {},
    fault: () => null,
    async shutdown() { taps.clear() },
  }
}

