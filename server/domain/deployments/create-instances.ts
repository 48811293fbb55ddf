import type { Facts } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { freeAddress, writeNodePolicy } from '../networks/index.ts'
import { setDesired } from '../nodes/index.ts'
import { holdVolumes, nodeOfVolumes } from '../volumes/index.ts'
import { markDelivered, openReleaseSecrets } from '../secrets/index.ts'
import type { Loaded } from './load-state.ts'
import { place, type Candidate } from './place.ts'
import { vmSpec, type ReleaseConfig } from './vm-spec.ts'

export interface Refusal { code: 'no_capacity' | 'secret_unreadable'; detail: string }

/** Places and writes the instances; returns why the first one that did not fit was refused. One placement at a time keeps reservations true. */
export const createInstances = async (db: SystemDb, { app, active }: Loaded, releaseId: string, count: number): Promise<Refusal | null> => {
  const secrets = await openSecrets(app.orgId, releaseId)
  if ('code' in secrets) return secrets
  await db.$executeRaw`SELECT pg_advisory_xact_lock(81632404)`
  const release = await db.release.findUniqueOrThrow({ where: { id: releaseId } })
  const used = new Set((await db.instance.findMany({ where: { orgId: app.orgId, endedAt: null }, select: { address: true } })).map((i) => i.address))
  const mayBeEmulated = app.org.trusted || runtime().env.SHELLWEGO_MODE === 'sandbox'
  const bound = await nodeOfVolumes(db, app.id)
  const ever = await db.instance.count({ where: { orgId: app.orgId } })
  for (let n = 0; n < count; n++) {
    const nodes = await candidates(db, app.id)
    const eligible = bound === null ? nodes : nodes.filter((node) => node.id === bound)
    const placement = place(eligible, (release.config as unknown as ReleaseConfig).memoryMib, { regions: app.org.regions, mayBeEmulated })
    if ('refusal' in placement) return noCapacity(bound === null ? placement.refusal : `The app's volumes are on one node, and it cannot run there now. ${placement.refusal}`)
    const address = freeAddress(app.org.networkIndex, used, ever + n)
    if (!address) return noCapacity('The organization\'s network has no free address. Stop some instances first.')
    used.add(address)
    const id = newId('instance')
    const deploymentId = active?.releaseId === releaseId ? active.id : null
    await db.instance.create({ data: { id, orgId: app.orgId, appId: app.id, releaseId, deploymentId, nodeId: placement.nodeId, address, desired: 'running' } })
    const frozen = { ...release, config: release.config as unknown as ReleaseConfig }
    const spec = vmSpec({ org: app.org, app, release: frozen, deploymentId, address, volumes: await holdVolumes(db, app, id), secrets: secrets.values })
    // The rules of its network come in the same list as the instance.
    await writeNodePolicy(db, placement.nodeId)
    await setDesired(db, placement.nodeId, { kind: 'vm', id, desired: 'running', spec })
  }
  await markDelivered(db, app.orgId, releaseId)
  return null
}

const noCapacity = (detail: string): Refusal => ({ code: 'no_capacity', detail })

/** Before any lock is taken: on a cold start a key provider is asked. A damaged secret ends the deployment, a silent provider only delays it. */
const openSecrets = async (orgId: string, releaseId: string): Promise<{ values: Record<string, string> } | Refusal> => {
  try {
    return { values: await openReleaseSecrets(orgId, releaseId) }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'secret_unreadable') return { code: 'secret_unreadable', detail: error.message }
    throw error
  }
}

interface Row { id: string; region: string; status: string; facts: Facts; allocated: number; instances: number; siblings: number }

const candidates = async (db: SystemDb, appId: string): Promise<Candidate[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT n.id, n.region, n.status, n.facts, coalesce(sum((r.config->>'memoryMib')::int), 0)::int AS allocated, count(i.id)::int AS instances,
           count(i.id) FILTER (WHERE i.app_id = ${appId})::int AS siblings
    FROM node n LEFT JOIN instance i ON i.node_id = n.id AND i.ended_at IS NULL LEFT JOIN release r ON r.id = i.release_id
    GROUP BY n.id`
  return rows.map((r) => ({
    id: r.id, region: r.region, status: r.status, isolation: r.facts.isolation, memoryMib: r.facts.memory_mib,
    allocatedMib: r.allocated, instances: r.instances, siblings: r.siblings,
  }))
}
