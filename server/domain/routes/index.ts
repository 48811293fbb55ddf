import { subscribe } from '../../core/event.ts'
import { syncNodeHosts, syncHost } from './sync-hosts.ts'
import { syncPortalHosts } from './sync-portal-hosts.ts'

export const subscribeRoutes = (): void => {
  subscribe('brand.created', syncPortalHosts)
  subscribe('node.joined', syncNodeHosts)
}
export { sealKey } from './certificate-key.ts'
export { syncHost } from './sync-hosts.ts'
export { HOLD_MS, releaseHostnames, writeRoutesOfApp } from './write-routes.ts'
export const operations = []
export const jobs = [syncPortalHosts, syncNodeHosts, syncHost]
