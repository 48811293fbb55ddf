export interface VolumeNode {
  id: string
  region: string
  status: string
  isolation: 'hardware' | 'emulated'
  /** It can stop a strict app by itself. */
  fences: boolean
  diskFreeMib: number
  /** What the volumes there may still fill. */
  promisedMib: number
}

export interface VolumePlacementRule { regions: readonly string[]; mayBeEmulated: boolean; mustBe: string | null; mustFence?: boolean }

/** Kept free for the node itself. */
const RESERVE_MIB = 1024

/** Picks the node that has most room; what is promised to others counts as used, so that no volume is ever cut short by a neighbour. */
export const placeVolume = (all: readonly VolumeNode[], sizeMib: number, rule: VolumePlacementRule): { nodeId: string } | { refusal: string } => {
  const might = all.filter((n) => (rule.mustBe === null || n.id === rule.mustBe) && (rule.regions.length === 0 || rule.regions.includes(n.region))
    && (rule.mayBeEmulated || n.isolation === 'hardware') && (n.status === 'ready' || (n.status === 'cordoned' && rule.mustBe !== null)))
  const allowed = might.filter((n) => n.fences || !rule.mustFence)
  if (might.length > 0 && allowed.length === 0) return { refusal: 'No node can stop a strict app by itself now: fence processes do not run, or agents are older than that. Use a pinned volume, or ask the operator.' }
  const room = (n: VolumeNode): number => n.diskFreeMib - n.promisedMib - RESERVE_MIB
  const best = allowed.filter((n) => room(n) >= sizeMib).sort((a, b) => room(b) - room(a) || a.id.localeCompare(b.id))[0]
  if (best) return { nodeId: best.id }
  if (allowed.length > 0) {
    const most = Math.max(0, ...allowed.map(room))
    return { refusal: `No node has ${sizeMib} MiB of disk to promise; the most is ${Math.floor(most)} MiB. Use a smaller volume, or ask the operator for more.` }
  }
  return { refusal: rule.mustBe === null ? 'No node that your organization may use is reporting. Try again later.' : 'The node that holds the data is not reporting. Try again later.' }
}
