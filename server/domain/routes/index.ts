import { subscribe } from '../../core/event.ts'
import { syncAppHosts } from './sync-app-hosts.ts'
import { syncPortalHosts } from './sync-portal-hosts.ts'

export const subscribeRoutes = (): void => {
  subscribe('brand.created', syncPortalHosts)
  subscribe('node.registered', syncPortalHosts)
  subscribe('node.registered', syncAppHosts)
}
export const operations = []
export const jobs = [syncPortalHosts, syncAppHosts]
