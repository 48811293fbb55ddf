/** What the portal is told of each route; of thousands only those with news are marked. */
import type { RouteDriver } from '../drivers/route.ts'
import { absentStatus } from '../reconcile/status.ts'
import type { RouteDesire } from '../state/desired-table.ts'
import type { RouteSync } from './route-sync.ts'

export interface RouteReportDeps {
  routes: () => ReadonlyMap<string, RouteDesire>
  driver: RouteDriver | null
  sync: () => Pick<RouteSync, 'fault'>
  changed: (id: string) => void
}

export class RouteReport {
  readonly #deps: RouteReportDeps
  /** News last marked, by route. */
  readonly #told = new Map<string, string>()

  constructor(deps: RouteReportDeps) {
    this.#deps = deps
  }

  refresh(): void {
    for (const route of this.#deps.routes().values()) {
      const news = `${route.generation} ${route.present} ${this.#fault(route.id)}`
      if (this.#told.get(route.id) === news) continue
      this.#told.set(route.id, news)
      this.#deps.changed(route.id)
    }
  }

  status(id: string) {
    const route = this.#deps.routes().get(id)
    if (!route) return null
    const base = absentStatus('route', id, route.generation)
    if (!route.present) return base
    const fault = this.#fault(id)
    return fault === null ? { ...base, phase: 'running' as const } : { ...base, phase: 'failed' as const, code: 'route_failed' as const, reason: fault }
  }

  #fault(id: string): string | null {
    return this.#deps.sync().fault() ?? this.#deps.driver?.refused().get(id) ?? null
  }
}
