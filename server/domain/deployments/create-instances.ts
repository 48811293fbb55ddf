import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { freeAddress, writeNodePolicy } from '../networks/index.ts'
import { readCandidates, schedule, setDesired, withInstance, type NodeState, type Wish } from '../nodes/index.ts'
import { holdVolumes, nodeOfVolumes } from '../volumes/index.ts'
import { markDelivered, openReleaseSecrets } from '../secrets/index.ts'
import type { Loaded } from './load-state.ts'
import { vmSpec, type ReleaseConfig } from './vm-spec.ts'

export interface Refusal {
  code: 'no_capacity' | 'secret_unreadable'
  detail: string
  /** A node that has just fallen silent would have room: it is worth waiting for. */
  passes: boolean
}

/** Taken by whoever places: what is promised and what is free stay true between reading and writing them. */
const PLACEMENT_LOCK = 81632404
export const lockPlacement = async (db: SystemDb): Promise<void> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${PLACEMENT_LOCK})`
}

/** Places and writes the instances; returns why the first one that did not fit was refused. */
export const createInstances = async (db: SystemDb, { app, active }: Loaded, releaseId: string, count: number): Promise<Refusal | null> => {
  const secrets = await openSecrets(app.orgId, releaseId)
  if ('code' in secrets) return secrets
  await lockPlacement(db)
  const release = await db.release.findUniqueOrThrow({ where: { id: releaseId } })
  const used = new Set((await db.instance.findMany({ where: { orgId: app.orgId, endedAt: null }, select: { address: true } })).map((i) => i.address))
  const config = release.config as unknown as ReleaseConfig
  const wish = await wishOf(db, app, config)
  let nodes = await readCandidates(db, { releaseId, image: release.image })
  const ever = await db.instance.count({ where: { orgId: app.orgId } })
  for (let n = 0; n < count; n++) {
    const placement = schedule(nodes, wish, runtime().env.SHELLWEGO_PLACEMENT)
    if ('refusal' in placement) return noCapacity(placement.refusal, placement.passes)
    nodes = taking(nodes, placement.nodeId, wish)
    const address = freeAddress(app.org.networkIndex, used, ever + n)
    if (!address) return noCapacity('The organization\'s network has no free address. Stop some instances first.')
    used.add(address)
    const id = newId('instance')
    const deploymentId = active?.releaseId === releaseId ? active.id : null
    await db.instance.create({ data: { id, orgId: app.orgId, appId: app.id, releaseId, deploymentId, nodeId: placement.nodeId, address, desired: 'running' } })
    const volumes = await holdVolumes(db, app, id)
    const spec = vmSpec({ org: app.org, app, release: { ...release, config }, deploymentId, address, volumes, secrets: secrets.values })
    // The rules of its network come in the same list as the instance.
    await writeNodePolicy(db, placement.nodeId)
    await setDesired(db, placement.nodeId, { kind: 'vm', id, desired: 'running', spec })
  }
  await markDelivered(db, app.orgId, releaseId)
  return null
}

const taking = (nodes: readonly NodeState[], nodeId: string, { need }: Wish): NodeState[] =>
  nodes.map((node) => (node.id === nodeId ? withInstance(node, need) : node))

const wishOf = async (db: SystemDb, app: Loaded['app'], config: ReleaseConfig): Promise<Wish> => {
  const bound = await nodeOfVolumes(db, app.id)
  const sent = bound === null ? await destinationsOf(db, app.instances.filter((i) => i.leaving !== null).map((i) => i.nodeId)) : []
  return {
    need: { vcpu: config.vcpu, memoryMib: config.memoryMib, diskMib: config.diskMib }, regions: app.org.regions, capabilities: capabilitiesFor(app.org),
    only: bound !== null ? { nodes: [bound], because: 'volumes' } : sent.length > 0 ? { nodes: sent, because: 'destinations' } : null,
  }
}

/** Emulation is no boundary against a hostile guest (settled 13). */
export const capabilitiesFor = (org: { trusted: boolean }): string[] => (org.trusted || runtime().env.SHELLWEGO_MODE === 'sandbox' ? [] : ['isolation'])

/** Where the drains of these nodes send what leaves them; empty: anywhere. */
const destinationsOf = async (db: SystemDb, nodeIds: string[]): Promise<string[]> => {
  if (nodeIds.length === 0) return []
  const drains = await db.nodeDrain.findMany({ where: { nodeId: { in: nodeIds }, state: 'running' }, select: { destinations: true } })
  return drains.some((d) => d.destinations.length === 0) ? [] : drains.flatMap((d) => d.destinations)
}

const noCapacity = (detail: string, passes = false): Refusal => ({ code: 'no_capacity', detail, passes })

/** Before any lock is taken: on a cold start a key provider is asked. A damaged secret ends the deployment, a silent provider only delays it. */
const openSecrets = async (orgId: string, releaseId: string): Promise<{ values: Record<string, string> } | Refusal> => {
  try {
    return { values: await openReleaseSecrets(orgId, releaseId) }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'secret_unreadable') return { code: 'secret_unreadable', detail: error.message, passes: false }
    throw error
  }
}
