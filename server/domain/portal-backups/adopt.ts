/** Takes a machine that only its node knows into the books again, as it runs: nothing starts anew for it. */
import type { ObjectStatus, VmObjectSpec } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import type { Stray } from '../../../prisma/generated/client.ts'
import { networkOf, writeNodePolicy } from '../networks/index.ts'
import { adoptObject, applyVmStatuses } from '../nodes/index.ts'

type Spec = Omit<VmObjectSpec, 'secrets'>
export const specOf = (stray: Pick<Stray, 'spec'>): Spec | null => stray.spec as unknown as Spec | null

const addressOf = (spec: Spec): string => spec.network.address.split('/')[0] ?? ''

/** Null: it can be adopted. */
export const whyNot = async (db: SystemDb, stray: Pick<Stray, 'kind' | 'spec' | 'id' | 'decision'>): Promise<string | null> => {
  const spec = specOf(stray)
  if (stray.kind !== 'vm') return 'Volumes stay on their node as they are; nothing deletes them.'
  if (spec === null) return 'Its node has not told yet what it is.'
  const org = await db.organization.findUnique({ where: { id: spec.org_id } })
  if (!org || org.deletedAt) return 'Its organization is not in the backup.'
  if (spec.volumes.length > 0) return 'It uses volumes that the backup does not know.'
  const address = addressOf(spec)
  if (networkOf(org.id, org.networkIndex, address).address !== spec.network.address) return 'Its organization has another network now.'
  if (await db.instance.findFirst({ where: { orgId: org.id, address, endedAt: null, NOT: { id: stray.id } }, select: { id: true } })) return 'Another instance has its address now.'
  const namesake = await db.app.findFirst({ where: { orgId: org.id, name: spec.app_name, deletedAt: null, NOT: { id: spec.app_id } }, select: { id: true } })
  return namesake ? `The organization has another app named ${spec.app_name}.` : null
}

const OURS = ['PORT', 'SHELLWEGO_APP', 'SHELLWEGO_RELEASE']

const settingsOf = (spec: Spec) => ({
  command: spec.command ?? [], port: spec.port, vcpu: spec.vcpu, memoryMib: spec.memory_mib, diskMib: spec.disk_mib,
  env: Object.fromEntries(Object.entries(spec.env).filter(([name]) => !OURS.includes(name)).map(([name, value]) => [name, { value }])),
  health: {
    path: spec.health.path, interval: `${Math.max(1, Math.round(spec.health.interval_s))}s`, timeout: `${Math.max(1, Math.round(spec.health.timeout_s))}s`,
    retries: spec.health.unhealthy, grace: `${spec.health.grace_s}s`, successes: spec.health.healthy,
  },
})

const ensureApp = async (db: SystemDb, spec: Spec): Promise<void> => {
  if (await db.app.findUnique({ where: { id: spec.app_id }, select: { id: true } })) return
  const { command, port, vcpu, memoryMib, diskMib, env, health } = settingsOf(spec)
  await db.app.create({ data: {
    id: spec.app_id, orgId: spec.org_id, name: spec.app_name, image: spec.image, command, port, vcpu, memoryMib, diskMib, env, health, replicas: 1,
    public: port !== null,
  } })
  if (port === null) return
  const host = `${spec.app_name}.${runtime().env.SHELLWEGO_APPS_DOMAIN}`
  await db.$executeRaw`INSERT INTO hostname (hostname, org_id, app_id) VALUES (${host}, ${spec.org_id}, ${spec.app_id}) ON CONFLICT DO NOTHING`
}

/** The release it runs; a later one than the backup knows is the one that serves. */
const ensureRelease = async (db: SystemDb, spec: Spec): Promise<string> => {
  const known = await db.release.findFirst({ where: { appId: spec.app_id, number: spec.release }, select: { id: true } })
  if (known) return known.id
  const id = newId('release')
  const digest = spec.image.split('@')[1] ?? null
  await db.release.create({ data: {
    id, orgId: spec.org_id, appId: spec.app_id, number: spec.release, image: spec.image, digest, config: settingsOf(spec),
    servedAt: new Date(),
  } })
  await db.$executeRaw`UPDATE app SET current_release_id = ${id}, release_count = greatest(release_count, ${spec.release}), version = version + 1
    WHERE id = ${spec.app_id} AND NOT EXISTS (SELECT FROM release r WHERE r.id = app.current_release_id AND r.number > ${spec.release})`
  return id
}

/** The agent told it some time ago, and tells it again only when something changes. */
const ageStatus = (stray: Stray): ObjectStatus => {
  const status = stray.status as unknown as ObjectStatus
  const elapsed = Date.now() - stray.seenAt.getTime()
  return { ...status, since_ms: status.since_ms + elapsed, running_ms: status.running_ms === null ? null : status.running_ms + elapsed }
}

export const adopt = async (db: SystemDb, stray: Stray): Promise<void> => {
  const reason = await whyNot(db, stray)
  const spec = specOf(stray)
  if (reason !== null || spec === null) throw new DomainError('state_conflict', reason ?? 'Its node has not told yet what it is.')
  await ensureApp(db, spec)
  const releaseId = await ensureRelease(db, spec)
  await db.instance.create({ data: { id: stray.id, orgId: spec.org_id, appId: spec.app_id, releaseId, nodeId: stray.nodeId, address: addressOf(spec), desired: 'running' } })
  const live = await db.instance.count({ where: { appId: spec.app_id, releaseId, endedAt: null, desired: 'running' } })
  await db.app.updateMany({ where: { id: spec.app_id, replicas: { lt: live } }, data: { replicas: live } })
  await writeNodePolicy(db, stray.nodeId)
  await adoptObject(db, stray.nodeId, { kind: 'vm', id: stray.id, generation: stray.generation, spec: stray.spec as object, sealedSecrets: stray.sealedSecrets, keyId: stray.keyId })
  await applyVmStatuses({ db, nodeId: stray.nodeId, now: runtime().clock.now() }, [ageStatus(stray)])
  const subject = { type: 'app', id: spec.app_id }
  await recordEvent(db, { orgId: spec.org_id, type: 'app.updated', subject, actor: { type: 'job', name: 'recovery' }, requestId: null, data: { adopted: stray.id } })
}
