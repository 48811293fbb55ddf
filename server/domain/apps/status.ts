import type { AppStatus } from '../../contract/app.ts'

export interface StatusInput {
  desired: string
  replicas: number
  activeDeployment: boolean
  lastDeploymentFailed: boolean
  /** Not ended. */
  live: number
  healthy: number
}

/** One word for an app, from what is known of its parts. */
export const statusOf = (s: StatusInput): AppStatus => {
  if (s.desired !== 'running') return s.live > 0 ? 'stopping' : 'stopped'
  if (s.activeDeployment) return 'deploying'
  if (s.healthy >= s.replicas && s.replicas > 0) return 'running'
  if (s.healthy > 0) return 'degraded'
  return s.lastDeploymentFailed || s.live > 0 ? 'error' : 'deploying'
}
