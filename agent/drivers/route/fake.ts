import type { EdgeHosts, RouteDriver } from '../route.ts'

export interface FakeRoutes extends RouteDriver { readonly applied: EdgeHosts[]; up: boolean }

export function createFakeRoutes(): FakeRoutes {
  const applied: EdgeHosts[] = []
  return {
    applied,
    up: true,
    async apply(hosts) { applied.push(hosts) },
    healthy() { return this.up },
    reloads: () => applied.length,
    close() {},
  }
}
