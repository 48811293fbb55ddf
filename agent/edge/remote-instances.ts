/** Pure: the instances on other nodes that routes lead to, each once. */
import type { RemoteInstance } from '../../server/contract/node-api/v1.ts'
import type { RouteDesire } from '../state/desired-table.ts'

export function remoteInstances(routes: ReadonlyMap<string, RouteDesire>): RemoteInstance[] {
  const found = new Map<string, RemoteInstance>()
  for (const { present, spec } of routes.values()) {
    if (!present || !spec) continue
    for (const target of [spec.target, ...(spec.paths ?? []).map((path) => path.target)]) {
      if (target !== 'portal') for (const one of target.remote ?? []) found.set(one.address, one)
    }
  }
  return [...found.values()]
}
