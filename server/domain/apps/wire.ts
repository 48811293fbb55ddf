import type { z } from 'zod'
import type { App, Instance } from '../../contract/app.ts'
import { Strategy } from '../../contract/strategy.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { publicEnv, type StoredEnv } from './environment.ts'
import { fromMib } from './sizes.ts'
import { statusOf } from './status.ts'

/** What one app's row is read with; `toApp` needs all of it. */
export const APP_PARTS = {
  hostnames: { where: { releasedAt: null }, orderBy: { createdAt: 'asc' } },
  deployments: { orderBy: { createdAt: 'desc' }, take: 1 },
  instances: { where: { endedAt: null }, orderBy: { createdAt: 'asc' }, include: { release: { select: { number: true } } } },
  releases: { orderBy: { number: 'desc' }, take: 1 },
  currentRelease: { select: { number: true, digest: true } },
  autoscaling: { select: { enabled: true, policy: true } },
  secrets: { where: { deletedAt: null }, select: { name: true }, orderBy: { name: 'asc' } },
} as const

export interface InstanceRow {
  id: string; nodeId: string; address: string; phase: string; health: string | null; routed: boolean; code: string | null; reason: string | null
  restarts: number; desired: string; nodeLost: boolean; startedAt: Date | null; phaseSince: Date | null; createdAt: Date
  releaseId: string; release: { number: number }
}

interface AppRow {
  id: string; orgId: string; name: string; image: string; command: string[]; env: unknown; port: number | null; vcpu: number; memoryMib: number
  diskMib: number; replicas: number; public: boolean; health: unknown; desired: string; version: number; installId: string | null; createdAt: Date
  updatedAt: Date; hostnames: { hostname: string }[]; deployments: { id: string; state: string }[]; releases: { number: number; digest: string | null }[];
    instances: InstanceRow[]; secrets: { name: string }[]; currentRelease: { number: number; digest: string | null } | null
  strategy: unknown; sleepAfterMinutes: number | null; standbyReleaseId: string | null; standbyUntil: Date | null
  autoscaling: { enabled: boolean; policy: unknown } | null
}

/** It waits to be gone back to and counts for nothing meanwhile. */
const isParked = (a: Pick<AppRow, 'standbyReleaseId'>, i: InstanceRow): boolean => i.releaseId === a.standbyReleaseId && !i.routed && i.desired === 'running'

/** The release whose instances still run and wait; none when they are gone. */
export const parkedReleaseId = (a: Pick<AppRow, 'standbyReleaseId' | 'instances'>): string | null =>
  (a.instances.some((i) => isParked(a, i)) ? a.standbyReleaseId : null)

const standbyOf = (a: AppRow): z.input<typeof App>['standby'] => {
  const parked = a.instances.find((i) => isParked(a, i))
  return parked && a.standbyUntil ? { release: parked.release.number, until: toInstant(a.standbyUntil) } : null
}

const boundsOf = ({ min, max }: { min: number; max: number }) => ({ min, max })

export const isHealthy = (i: { phase: string; health: string | null; nodeLost?: boolean }): boolean => (i.phase === 'running' || i.phase === 'sleeping') && i.health === 'ok' && i.nodeLost !== true

const LOST = 'Its machine is not answering. Without volumes it is started on another one; with volumes its data is there, and it goes on when the machine is back.'

const phaseOf = (i: InstanceRow): string => (i.desired !== 'running' ? 'stopping' : i.nodeLost ? 'lost' : i.phase)

export const toInstance = (i: InstanceRow): Instance => ({
  id: i.id, release: i.release.number, node_id: i.nodeId, address: i.address, phase: phaseOf(i), health: i.nodeLost ? null : i.health,
  routed: i.routed, code: i.code, reason: i.nodeLost ? LOST : i.reason, restarts: i.restarts,
  started_at: toInstantOrNull(i.startedAt), created_at: toInstant(i.createdAt),
})

const asleepSince = (instances: readonly InstanceRow[]): ReturnType<typeof toInstantOrNull> => {
  const live = instances.filter((i) => i.desired === 'running')
  if (live.length === 0 || live.some((i) => i.phase !== 'sleeping')) return null
  return toInstantOrNull(live.map((i) => i.phaseSince ?? i.createdAt).reduce((a, b) => (a > b ? a : b)))
}

export const toApp = (a: AppRow, urlOf: (hostname: string) => string): z.input<typeof App> => {
  const inUse = a.instances.filter((i) => !isParked(a, i))
  const healthy = inUse.filter((i) => isHealthy(i) && i.desired === 'running').length
  const last = a.deployments[0]
  const shown = a.currentRelease ?? a.releases[0]
  const hostnames = a.hostnames.map((h) => h.hostname)
  return {
    id: a.id, organization_id: a.orgId, name: a.name,
    status: statusOf({
      desired: a.desired, replicas: a.replicas, activeDeployment: last?.state === 'queued' || last?.state === 'running',
      lastDeploymentFailed: last?.state === 'failed' || last?.state === 'cancelled', live: a.instances.length, healthy,
    }),
    image: a.image, image_digest: shown?.digest ?? null, command: a.command,
    env: publicEnv(a.env as StoredEnv, a.secrets.map((s) => s.name)), port: a.port,
    resources: { memory: fromMib(a.memoryMib), cpu: String(a.vcpu), disk: fromMib(a.diskMib) }, public: a.public,
    replicas: { desired: a.desired === 'running' ? a.replicas : 0, current: inUse.filter((i) => i.desired === 'running').length, healthy },
    health_check: { successes: 1, ...(a.health as Omit<z.input<typeof App>['health_check'], 'successes'>) },
    autoscaling: a.autoscaling?.enabled ? boundsOf(a.autoscaling.policy as { min: number; max: number }) : null,
    strategy: Strategy.parse(a.strategy), sleep_after_minutes: a.sleepAfterMinutes, asleep_since: asleepSince(inUse), standby: standbyOf(a),
    url: a.public && hostnames[0] ? urlOf(hostnames[0]) : null, hostnames, release: shown?.number ?? null, deployment_id: last?.id ?? null,
    install_id: a.installId, version: a.version, created_at: toInstant(a.createdAt), updated_at: toInstant(a.updatedAt),
  }
}
