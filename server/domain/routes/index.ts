import { subscribe } from '../../core/event.ts'
import { syncHost, syncInstance, syncNodeHosts, syncNodeInstances } from './sync-hosts.ts'
import { syncPortalHosts } from './sync-portal-hosts.ts'

export const subscribeRoutes = (): void => {
  subscribe('brand.created', syncPortalHosts)
  for (const type of ['node.joined', 'node.moved']) subscribe(type, syncNodeHosts)
  subscribe('instance.changed', syncInstance)
  for (const type of ['node.ready', 'node.unreachable', 'node.moved']) subscribe(type, syncNodeInstances)
}
export { sealKey } from './certificate-key.ts'
export { syncHost } from './sync-hosts.ts'
export { HOLD_MS, lateEdges, releaseHostnames, writeRoutesOfApp } from './write-routes.ts'
export const operations = []
export const jobs = [syncPortalHosts, syncNodeHosts, syncHost, syncInstance, syncNodeInstances]
