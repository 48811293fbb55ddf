import { schedule, withInstance, type NodeState, type Wish } from '../../server/domain/nodes/index.ts'
import type { Figure } from './report.ts'

const NODES = 1000
const PLACEMENTS = 5000

const fleet = (): NodeState[] => Array.from({ length: NODES }, (_, n) => ({
  id: `node_${n}`, region: `region-${n % 4}`, zone: `zone-${n % 12}`, labels: { disk: n % 3 === 0 ? 'fast' : 'slow' }, status: n % 50 === 0 ? 'lost' : 'ready',
  duty: n % 40 === 1 ? 'cordoned' : 'active', conditions: [], capabilities: n % 5 === 0 ? ['bridge'] : ['isolation', 'bridge'],
  capacity: { vcpu: 16, memoryMib: 65_536, diskMib: 1_000_000 }, promised: { vcpu: 0, memoryMib: 0, diskMib: 0 }, instances: 0,
  siblings: n % 97 === 0 ? 1 : 0, hasImage: n % 7 === 0,
}))
const wishes: readonly Wish[] = [
  { need: { vcpu: 1, memoryMib: 512, diskMib: 1024 }, regions: [], capabilities: [] },
  { need: { vcpu: 2, memoryMib: 2048, diskMib: 4096 }, regions: ['region-1', 'region-2'], capabilities: ['isolation'] },
  { need: { vcpu: 1, memoryMib: 256, diskMib: 512 }, regions: [], capabilities: ['isolation'], labels: { disk: 'fast' }, zones: ['zone-3', 'zone-9'] },
]

/** The work nobody can avoid: look at each node once. */
const lookOnce = (nodes: readonly NodeState[]): number => {
  let best = 0
  for (const node of nodes) best = Math.max(best, node.capacity.memoryMib - node.promised.memoryMib)
  return best
}

const perSecond = (times: number, work: (n: number) => void): number => {
  const start = performance.now()
  for (let n = 0; n < times; n += 1) work(n)
  return times / ((performance.now() - start) / 1000)
}

/** Decisions one after the other, each seeing what the ones before it promised. */
export function measurePlace(): Promise<Figure[]> {
  const nodes = fleet()
  const at = new Map(nodes.map((node, index) => [node.id, index]))
  const place = (n: number): void => {
    const wish = wishes[n % wishes.length]
    const placement = wish ? schedule(nodes, wish) : { refusal: 'none' }
    if (!wish || 'refusal' in placement) throw new Error('a fleet with room refused')
    const index = at.get(placement.nodeId) ?? 0
    const node = nodes[index]
    if (node) nodes[index] = { ...withInstance(node, wish.need), siblings: node.siblings }
  }
  for (let n = 0; n < 300; n += 1) place(n)
  const placed = perSecond(PLACEMENTS, place)
  const impossible: Wish = { need: { vcpu: 1, memoryMib: 1_000_000, diskMib: 1 }, regions: [], capabilities: [] }
  const refused = perSecond(1000, () => { schedule(nodes, impossible) })
  return Promise.resolve([
    {
      what: `placements over ${NODES} nodes`, value: placed, unit: 'placements/s', target: '>= 1000',
      reference: { what: 'looking at each node once', value: perSecond(PLACEMENTS, () => { lookOnce(nodes) }) },
    },
    { what: 'refusals explained over as many', value: refused, unit: 'refusals/s' },
  ])
}
