import type { EdgeHosts, RouteDriver } from '../route.ts'

export interface FakeRoutes extends RouteDriver { readonly applied: EdgeHosts[]; up: boolean; readonly faults: Map<string, string> }

export function createFakeRoutes(): FakeRoutes {
  const applied: EdgeHosts[] = []
  const faults = new Map<string, string>()
  return {
    applied,
    faults,
    up: true,
    async apply(hosts) { applied.push(hosts) },
    healthy() { return this.up },
    refused: () => faults,
    reloads: () => applied.length,
    close() {},
  }
}
