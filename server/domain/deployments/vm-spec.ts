import type { VmObjectSpec } from '../../contract/node-api/v1.ts'
import type { VolumeMount } from '../../contract/node-api/volume.ts'
import { plainEnv, toSeconds, type StoredEnv } from '../apps/index.ts'
import { networkOf } from '../networks/index.ts'

export interface ReleaseConfig {
  command: string[]; env: StoredEnv; port: number | null; vcpu: number; memoryMib: number; diskMib: number
  health: { path: string | null; interval: string; timeout: string; retries: number; grace: string; successes?: number }
  /** Absent in releases of an earlier version. */
  sleepAfterMinutes?: number | null
}

interface SpecInput {
  org: { id: string; networkIndex: number }
  app: { id: string; name: string }
  release: { number: number; image: string; digest: string | null; config: ReleaseConfig }
  deploymentId: string | null
  address: string
  volumes: VolumeMount[]
  /** In clear; whoever stores the spec encrypts them. */
  secrets: Record<string, string>
}

/** Desired state of one instance. */
export const vmSpec = ({ org, app, release, deploymentId, address, volumes, secrets }: SpecInput): VmObjectSpec => {
  const { config } = release
  return {
    org_id: org.id, app_id: app.id, app_name: app.name, release: release.number, deployment_id: deploymentId,
    image: release.digest ? `${withoutTag(release.image)}@${release.digest}` : release.image,
    command: config.command.length > 0 ? config.command : null,
    env: { ...(config.port ? { PORT: String(config.port) } : {}), SHELLWEGO_APP: app.name, SHELLWEGO_RELEASE: String(release.number), ...plainEnv(config.env) },
    secrets, vcpu: config.vcpu, memory_mib: config.memoryMib, disk_mib: config.diskMib, port: config.port,
    network: networkOf(org.id, org.networkIndex, address), internal_name: app.name,
    health: {
      path: config.health.path, interval_s: toSeconds(config.health.interval), timeout_s: toSeconds(config.health.timeout),
      healthy: config.health.successes ?? 1, unhealthy: config.health.retries, grace_s: toSeconds(config.health.grace),
    },
    restart: { policy: 'always', max_in_window: 5, window_s: 300 }, stop: { timeout_s: 10 }, volumes,
    // What keeps data open on a disk of its own stays awake.
    ...(config.sleepAfterMinutes && volumes.length === 0 ? { sleep_after_s: config.sleepAfterMinutes * 60 } : {}),
  }
}

const withoutTag = (image: string): string => {
  const bare = image.split('@')[0] ?? image
  const colon = bare.lastIndexOf(':')
  return colon > bare.lastIndexOf('/') ? bare.slice(0, colon) : bare
}
