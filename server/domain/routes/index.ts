import { subscribe } from '../../core/event.ts'
import { syncAppHosts } from './sync-app-hosts.ts'
import { syncPortalHosts } from './sync-portal-hosts.ts'

export const subscribeRoutes = (): void => {
  subscribe('brand.created', syncPortalHosts)
  subscribe('node.joined', syncPortalHosts)
  subscribe('node.joined', syncAppHosts)
}
export const operations = []
export const jobs = [syncPortalHosts, syncAppHosts]
