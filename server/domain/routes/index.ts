import { subscribe } from '../../core/event.ts'
import { syncAppHosts, syncHost, syncInstance, syncNodeInstances } from './sync-app-hosts.ts'
import { syncPortalHosts } from './sync-portal-hosts.ts'

export const subscribeRoutes = (): void => {
  subscribe('brand.created', syncPortalHosts)
  subscribe('node.joined', syncPortalHosts)
  for (const type of ['node.joined', 'node.moved']) subscribe(type, syncAppHosts)
  subscribe('instance.changed', syncInstance)
  for (const type of ['node.ready', 'node.unreachable', 'node.moved']) subscribe(type, syncNodeInstances)
}
export { sealKey } from './certificate-key.ts'
export { syncHost } from './sync-app-hosts.ts'
export { HOLD_MS, releaseHostnames, writeRoutesOfApp } from './write-routes.ts'
export const operations = []
export const jobs = [syncPortalHosts, syncAppHosts, syncHost, syncInstance, syncNodeInstances]
