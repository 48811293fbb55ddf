/** QEMU's own memory beside the guest's (measured: 60 to 80 MiB). */
const OVERHEAD_MIB = 80
/** Kept free for the host. */
const RESERVED_SHARE = 0.1

export interface Candidate {
  id: string
  region: string
  status: string
  isolation: 'hardware' | 'emulated'
  memoryMib: number
  /** Memory of the instances placed there, without overhead. */
  allocatedMib: number
  instances: number
  /** Instances of the same app: spread first. */
  siblings: number
}

export type Placement = { nodeId: string } | { refusal: string }

export interface PlacementRule {
  /** Where the organization allows its apps to run; empty = everywhere. */
  regions: readonly string[]
  /** Emulation is no boundary against a hostile guest (settled 13). */
  mayBeEmulated: boolean
}

const ANYWHERE: PlacementRule = { regions: [], mayBeEmulated: true }

/** Picks the node for one instance, or says why none fits. */
export const place = (all: Candidate[], needMib: number, { regions, mayBeEmulated }: PlacementRule = ANYWHERE): Placement => {
  const inRegion = regions.length === 0 ? all : all.filter((n) => regions.includes(n.region))
  const nodes = mayBeEmulated ? inRegion : inRegion.filter((n) => n.isolation === 'hardware')
  const ready = nodes.filter((n) => n.status === 'ready')
  const free = (n: Candidate): number => n.memoryMib * (1 - RESERVED_SHARE) - n.allocatedMib - n.instances * OVERHEAD_MIB
  const fitting = ready.filter((n) => free(n) >= needMib + OVERHEAD_MIB)
  const best = fitting.sort((a, b) => a.siblings - b.siblings || free(b) - free(a) || a.id.localeCompare(b.id))[0]
  if (best) return { nodeId: best.id }
  if (all.length > 0 && inRegion.length === 0) return { refusal: `No node is in a region your organization allows (${regions.join(', ')}). Allow another one, then deploy again.` }
  if (all.length === 0) return { refusal: 'No node has joined yet. Add one, then deploy again.' }
  if (nodes.length === 0) {
    return { refusal: `No node: ${inRegion.length} of ${all.length} only emulate the machine, which does not keep strangers apart. The operator must mark the organization as trusted, or add a node with KVM.` }
  }
  if (ready.length === 0) return { refusal: `No node: none of ${nodes.length} is reporting. Check the agents, then deploy again.` }
  return { refusal: `No node: ${ready.length} of ${nodes.length} lack ${needMib} MiB of free memory. Use less memory, or add a node.` }
}
