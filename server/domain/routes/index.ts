import { subscribe } from '../../core/event.ts'
import { syncAppHosts, syncHost } from './sync-app-hosts.ts'
import { syncPortalHosts } from './sync-portal-hosts.ts'

export const subscribeRoutes = (): void => {
  subscribe('brand.created', syncPortalHosts)
  subscribe('node.joined', syncPortalHosts)
  subscribe('node.joined', syncAppHosts)
}
export { sealKey } from './certificate-key.ts'
export { syncHost } from './sync-app-hosts.ts'
export { HOLD_MS, releaseHostnames, writeRoutesOfApp } from './write-routes.ts'
export const operations = []
export const jobs = [syncPortalHosts, syncAppHosts, syncHost]
