/** Trial mode without root: the VMM's own network stack, cut off from everything but one forwarded port on a loopback address. */
import { EDGE_PORT, NetworkError, type NetworkDriver, type NetworkRequest } from '../network.ts'

/** `space` (0 to 63) keeps two agents on one machine apart. */
export function createUserNetwork(space: number): NetworkDriver {
  const loopbackOf = (slot: number): string => loopbackAddress(space, slot)
  return {
    mode: 'user',
    async restore() {},
    async configure() {},
    async reach() {},
    async abandon() {},
    async shut() {},
    visitedAgo: async () => null,
    mayAsk: () => null,
    async learned() {},
    async attach(request) {
      if (request.needsPrivateNetwork) {
        throw new NetworkError('needs_root_networking', 'This app talks to other instances by name, which needs root networking. Run ShellWeGo as root on this node to use it.')
      }
      const forward = { listenAddress: loopbackOf(request.slot), listenPort: EDGE_PORT, guestPort: request.port ?? EDGE_PORT }
      return { kind: 'user', mac: request.mac, forward }
    },
    async detach() {},
    endpoint: (request) => (request.port === null ? null : { host: loopbackOf(request.slot), port: EDGE_PORT }),
    edgeAddress: (request: NetworkRequest) => loopbackOf(request.slot),
    counters: async () => null,
    gateways: () => [],
    async tend() {},
    fault: () => null,
    async shutdown() {},
  }
}

export function loopbackAddress(space: number, slot: number): string {
  if (slot < 1 || slot > 0xfffe) throw new NetworkError('network_failed', 'This node has no free loopback address left.')
  return `127.${64 + (space & 63)}.${slot >> 8}.${slot & 255}`
}
