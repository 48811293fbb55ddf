import type { EdgeHosts, RouteDriver, ServedNames } from '../route.ts'

export interface FakeRoutes extends RouteDriver { readonly applied: EdgeHosts[]; names: ServedNames | null; up: boolean; readonly faults: Map<string, string> }

export function createFakeRoutes(): FakeRoutes {
  const applied: EdgeHosts[] = []
  const faults = new Map<string, string>()
  return {
    applied,
    faults,
    names: null,
    up: true,
    point(names) { this.names = names },
    async apply(hosts) { applied.push(hosts) },
    healthy() { return this.up },
    refused: () => faults,
    reloads: () => applied.length,
    close() {},
  }
}
