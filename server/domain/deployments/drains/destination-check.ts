import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { readCandidates, schedule, withInstance, type NodeState, type Wish } from '../../nodes/index.ts'
import { capabilitiesFor } from '../create-instances.ts'
import type { ReleaseConfig } from '../vm-spec.ts'
import type { Drained } from './drained.ts'

const NAMED = 5

export type Move = { one: Drained } & ({ to: string } | { to: null; refusal: string })

/** The whole move on paper: where each would go, one after the other, or why it would stay. */
export const planMoves = async (db: SystemDb, nodeId: string, movable: readonly Drained[], destinations: readonly string[]): Promise<Move[]> => {
  const releases = await db.release.findMany({ where: { id: { in: movable.map((i) => i.releaseId) } }, select: { id: true, config: true } })
  const orgs = await db.organization.findMany({ where: { id: { in: movable.map((i) => i.orgId) } }, select: { id: true, regions: true, trusted: true } })
  let nodes: NodeState[] = (await readCandidates(db, null)).filter((node) => node.id !== nodeId)
  return movable.map((one): Move => {
    const config = releases.find((r) => r.id === one.releaseId)?.config as unknown as ReleaseConfig | undefined
    const org = orgs.find((o) => o.id === one.orgId)
    const wish: Wish = {
      need: { vcpu: config?.vcpu ?? 1, memoryMib: config?.memoryMib ?? 0, diskMib: config?.diskMib ?? 0 }, regions: org?.regions ?? [],
      capabilities: capabilitiesFor({ trusted: org?.trusted ?? false }), only: destinations.length > 0 ? { nodes: destinations, because: 'destinations' } : null,
    }
    const placement = nodes.length === 0 ? { refusal: 'There is no other node.', passes: false } : schedule(nodes, wish)
    if ('refusal' in placement) return { one, to: null, refusal: placement.refusal }
    nodes = nodes.map((node) => (node.id === placement.nodeId ? withInstance(node, wish.need) : node))
    return { one, to: placement.nodeId }
  })
}

/** A drain that has nowhere to go is refused with the reasons of each that would stay. */
export const requireRoom = async (db: SystemDb, nodeId: string, movable: readonly Drained[], destinations: readonly string[]): Promise<void> => {
  const moves = await planMoves(db, nodeId, movable, destinations)
  const stuck = moves.flatMap((move) => (move.to === null ? [`${move.one.appName}: ${move.refusal}`] : []))
  if (stuck.length === 0) return
  const more = stuck.length > NAMED ? ` And ${stuck.length - NAMED} more.` : ''
  throw new DomainError('no_capacity', `${stuck.length} of ${movable.length} instances have nowhere to go. ${stuck.slice(0, NAMED).join(' ')}${more}`)
}
