/** What instances take of a node. Volumes are counted apart: they are promised in full. */
export interface Amounts { vcpu: number; memoryMib: number; diskMib: number }

export interface NodeState {
  id: string
  region: string
  zone: string
  labels: Readonly<Record<string, string>>
  /** Whether it is heard: ready, unreachable, lost. */
  status: string
  /** It fell silent not long ago, and nobody vouched that it is gone: it may well come back. */
  mayReturn?: boolean
  /** What the operator wants of it: active, cordoned, draining, maintenance. */
  duty: string
  /** Pressures it reports itself. */
  conditions: readonly string[]
  /** What its drivers can do: `isolation`, `bridge`. */
  capabilities: readonly string[]
  capacity: Amounts
  /** What the instances there may use, without overhead. */
  promised: Amounts
  instances: number
  /** Instances of the same app. */
  siblings: number
  /** It has run this image before, so the image is likely there. */
  hasImage: boolean
}

export interface Wish {
  need: Amounts
  /** Empty = everywhere. */
  regions: readonly string[]
  zones?: readonly string[]
  labels?: Readonly<Record<string, string>>
  /** What its node must be able to do (settled 13: `isolation` for strangers). */
  capabilities: readonly string[]
  /** Only these: where its volumes are, or where a drain sends it. */
  only?: { nodes: readonly string[]; because: 'volumes' | 'destinations' } | null
}

/** `spread` keeps nodes evenly filled; `pack` fills one after the other, so that others may be switched off. */
export type Strategy = 'spread' | 'pack'

/** A microVM's own memory beside the guest's (measured under QEMU: 60 to 80 MiB). */
export const OVERHEAD_MIB = 80
/** Of memory and disk; kept free for the host. */
const RESERVED_SHARE = 0.1
/** Processors are shared by time. */
const CPU_SHARE = 16
/** Instance disks are sparse and mostly empty; a node whose disk fills says so and gets nothing new. */
const DISK_SHARE = 2

/** What a node may still promise. */
export const roomOf = (n: NodeState): Amounts => ({
  vcpu: n.capacity.vcpu * CPU_SHARE - n.promised.vcpu,
  memoryMib: Math.floor(n.capacity.memoryMib * (1 - RESERVED_SHARE)) - n.promised.memoryMib - (n.instances + 1) * OVERHEAD_MIB,
  diskMib: Math.floor(n.capacity.diskMib * (1 - RESERVED_SHARE)) * DISK_SHARE - n.promised.diskMib,
})

type Fault = 'volumes' | 'destinations' | 'region' | 'zone' | 'labels' | 'capabilities' | 'silent' | 'cordoned' | 'draining' | 'maintenance' | 'pressure'
  | 'vcpu' | 'memory' | 'disk'

/** The first reason why a node cannot have it; null when it can. From what nobody can change here to what time may change. */
export const faultOf = (n: NodeState, wish: Wish): Fault | null => {
  if (wish.only && !wish.only.nodes.includes(n.id)) return wish.only.because
  if (wish.regions.length > 0 && !wish.regions.includes(n.region)) return 'region'
  if (wish.zones && wish.zones.length > 0 && !wish.zones.includes(n.zone)) return 'zone'
  if (wish.labels && Object.entries(wish.labels).some(([name, value]) => n.labels[name] !== value)) return 'labels'
  if (wish.capabilities.some((one) => !n.capabilities.includes(one))) return 'capabilities'
  if (n.status !== 'ready') return 'silent'
  // What lives on a node with its data may start there again until maintenance.
  if (n.duty !== 'active' && !(wish.only?.because === 'volumes' && n.duty !== 'maintenance')) return n.duty === 'draining' || n.duty === 'maintenance' ? n.duty : 'cordoned'
  if (n.conditions.includes('disk_pressure') || n.conditions.includes('memory_pressure')) return 'pressure'
  return lackOf(roomOf(n), wish.need)
}

const lackOf = (room: Amounts, need: Amounts): Fault | null => {
  if (room.memoryMib < need.memoryMib) return 'memory'
  if (room.vcpu < need.vcpu) return 'vcpu'
  return room.diskMib < need.diskMib ? 'disk' : null
}

/** `passes`: a node that has just fallen silent would have room. */
export type Placement = { nodeId: string } | { refusal: string; passes: boolean }

/** Picks the node for one instance, or says why none fits. Pure; the order of the nodes does not matter. */
export const schedule = (nodes: readonly NodeState[], wish: Wish, strategy: Strategy = 'spread'): Placement => {
  const inZone = siblingsByZone(nodes)
  let best: NodeState | null = null
  let bestScore = -Infinity
  for (const node of nodes) {
    if (faultOf(node, wish) !== null) continue
    const score = scoreOf(node, wish.need, inZone.get(zoneKey(node)) ?? 0, strategy)
    if (score > bestScore || (score === bestScore && best !== null && node.id < best.id)) [best, bestScore] = [node, score]
  }
  return best ? { nodeId: best.id } : { refusal: explain(nodes, wish), passes: nodes.some((n) => n.mayReturn === true && faultOf({ ...n, status: 'ready' }, wish) === null) }
}

const zoneKey = (n: NodeState): string => `${n.region}\n${n.zone}`

const siblingsByZone = (nodes: readonly NodeState[]): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const n of nodes) if (n.siblings > 0) sums.set(zoneKey(n), (sums.get(zoneKey(n)) ?? 0) + n.siblings)
  return sums
}

/** Weights are apart by orders: first another node, then another zone, then an image that is there, then how it fills the node. */
const scoreOf = (n: NodeState, need: Amounts, siblingsInZone: number, strategy: Strategy): number => {
  const room = roomOf(n)
  const left = Math.min(
    (room.memoryMib - need.memoryMib) / Math.max(1, n.capacity.memoryMib), (room.vcpu - need.vcpu) / (Math.max(1, n.capacity.vcpu) * CPU_SHARE),
    (room.diskMib - need.diskMib) / (Math.max(1, n.capacity.diskMib) * DISK_SHARE),
  )
  return -1000 * n.siblings - 100 * siblingsInZone + (n.hasImage ? 0.25 : 0) + (strategy === 'spread' ? left : -left)
}

const words: Record<Fault, (n: number) => string> = {
  volumes: (n) => `${n} ${n === 1 ? 'is' : 'are'} not where its volumes are`,
  destinations: (n) => `${n} ${n === 1 ? 'is' : 'are'} no destination`,
  region: (n) => `${n} ${n === 1 ? 'is' : 'are'} in other regions`,
  zone: (n) => `${n} ${n === 1 ? 'is' : 'are'} in other zones`,
  labels: (n) => `${n} ${n === 1 ? 'has' : 'have'} other labels`,
  capabilities: (n) => `${n} only emulate${n === 1 ? 's' : ''} the machine, which does not keep strangers apart`,
  silent: (n) => `${n} ${n === 1 ? 'is' : 'are'} not reporting`,
  cordoned: (n) => `${n} ${n === 1 ? 'is' : 'are'} cordoned`,
  draining: (n) => `${n} ${n === 1 ? 'is' : 'are'} being drained`,
  maintenance: (n) => `${n} ${n === 1 ? 'is' : 'are'} in maintenance`,
  pressure: (n) => `${n} report${n === 1 ? 's' : ''} pressure on disk or memory`,
  vcpu: (n) => `${n} lack${n === 1 ? 's' : ''} processors`,
  memory: (n) => `${n} lack${n === 1 ? 's' : ''} memory`,
  disk: (n) => `${n} lack${n === 1 ? 's' : ''} disk`,
}

/** "No node of 4: 3 lack memory (512 MiB asked for, 200 MiB free at most), 1 is cordoned. Use less memory, or add a node." */
export const explain = (nodes: readonly NodeState[], wish: Wish): string => {
  if (nodes.length === 0) return 'No node has joined yet. Add one, then deploy again.'
  const counts = new Map<Fault, number>()
  for (const node of nodes) {
    const fault = faultOf(node, wish)
    if (fault) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  }
  const ranked = [...counts].sort((a, b) => nearest.indexOf(a[0]) - nearest.indexOf(b[0]))
  const parts = ranked.map(([fault, n]) => `${words[fault](n)}${amountOf(fault, nodes, wish)}`)
  return `No node of ${nodes.length}: ${parts.join(', ')}. ${advice(ranked[0]?.[0] ?? 'silent', wish)}`
}

/** What is easiest to mend comes first. */
const nearest: readonly Fault[] = ['memory', 'vcpu', 'disk', 'pressure', 'cordoned', 'draining', 'maintenance', 'silent', 'capabilities', 'labels', 'zone', 'region',
  'destinations', 'volumes']

const amountOf = (fault: Fault, nodes: readonly NodeState[], wish: Wish): string => {
  const most = (pick: (room: Amounts) => number): number => Math.max(0, ...nodes.filter((n) => faultOf(n, wish) === fault).map((n) => pick(roomOf(n))))
  if (fault === 'memory') return ` (${wish.need.memoryMib} MiB asked for, ${most((r) => r.memoryMib)} MiB free at most)`
  if (fault === 'disk') return ` (${wish.need.diskMib} MiB asked for, ${most((r) => r.diskMib)} MiB free at most)`
  return fault === 'vcpu' ? ` (${wish.need.vcpu} asked for, ${most((r) => r.vcpu)} free at most)` : ''
}

const advice = (fault: Fault, wish: Wish): string => {
  if (fault === 'memory') return 'Use less memory, or add a node.'
  if (fault === 'vcpu' || fault === 'disk' || fault === 'pressure') return `Use less ${fault === 'vcpu' ? 'processors' : 'disk'}, or add a node.`
  if (fault === 'region') return `Allow another region than ${wish.regions.join(', ')}, or add a node there.`
  if (fault === 'capabilities') return 'The operator must mark the organization as trusted, or add a node with KVM.'
  if (fault === 'silent') return 'Check the agents, then deploy again.'
  return fault === 'destinations' || fault === 'volumes' || fault === 'labels' || fault === 'zone' ? 'Allow other nodes, or add one.' : 'Wait until it is over, or add a node.'
}

/** What a node is after one more instance went there. */
export const withInstance = (n: NodeState, need: Amounts): NodeState => ({
  ...n, instances: n.instances + 1, siblings: n.siblings + 1, hasImage: true,
  promised: { vcpu: n.promised.vcpu + need.vcpu, memoryMib: n.promised.memoryMib + need.memoryMib, diskMib: n.promised.diskMib + need.diskMib },
})
