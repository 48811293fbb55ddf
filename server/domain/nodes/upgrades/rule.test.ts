import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST_MS, nextStep, SILENT_MS, type UpgradeNode, type UpgradeState } from './rule.ts'

const RELEASE = 'new'
const UNDER_WAY: UpgradeState[] = ['offered', 'fetching', 'testing', 'restarting', 'trial']

/** What becomes of a node that was offered the release. */
type Fate = 'arrives' | 'fails' | 'rolls back' | 'silent' | 'deleted'
interface Plan { fate: Fate; ready: boolean; already: boolean; steps: number }
const plan = fc.record<Plan>({
  fate: fc.constantFrom('arrives', 'arrives', 'arrives', 'fails', 'rolls back', 'silent', 'deleted'), ready: fc.boolean(), already: fc.boolean(), steps: fc.nat(3),
})

/** Plays an upgrade to its end; an operator lets it go on without what failed. */
function play(plans: readonly Plan[]): { nodes: UpgradeNode[]; pauses: number; offers: string[] } {
  const nodes = plans.map(({ ready, already }, position): UpgradeNode => ({
    nodeId: `n${position}`, hostname: `n${position}`, position, state: 'waiting', underWayMs: null, node: { status: ready ? 'ready' : 'lost', release: already ? RELEASE : 'old' },
  }))
  const offers: string[] = []
  let pauses = 0
  const of = (id: string): UpgradeNode => nodes[Number(id.slice(1))] as UpgradeNode
  for (let turn = 0; turn < 1000; turn += 1) {
    expect(nodes.filter((n) => UNDER_WAY.includes(n.state)).length).toBeLessThanOrEqual(1)
    const step = nextStep(nodes, RELEASE)
    if (step.kind === 'finish') return { nodes, pauses, offers }
    if (step.kind === 'offer') {
      offers.push(step.nodeId)
      Object.assign(of(step.nodeId), { state: 'offered', underWayMs: 0 })
    } else if (step.kind === 'set') Object.assign(of(step.nodeId), { state: step.state })
    else if (step.kind === 'pause') {
      pauses += 1
      for (const node of nodes) if (node.state === 'failed' || node.state === 'rolled_back') node.state = 'skipped'
    } else {
      const node = nodes.find((n) => UNDER_WAY.includes(n.state)) as UpgradeNode
      const { fate, steps } = plans[node.position] as Plan
      const at = UNDER_WAY.indexOf(node.state)
      if (at < steps) node.state = UNDER_WAY[at + 1] as UpgradeState
      else if (fate === 'arrives') Object.assign(node, { state: 'done', node: { status: 'ready', release: RELEASE } })
      else if (fate === 'fails') node.state = 'failed'
      else if (fate === 'rolls back') node.state = 'rolled_back'
      else if (fate === 'deleted') node.node = null
      else node.underWayMs = LONGEST_MS + 1
    }
  }
  throw new Error('it does not end')
}

test('it ends; one node at a time; each failure pauses it once; who is heard is offered it, once', () => {
  fc.assert(fc.property(fc.array(plan, { maxLength: 8 }), (plans) => {
    const { nodes, pauses, offers } = play(plans)
    expect(nodes.every((n) => n.state === 'done' || n.state === 'skipped')).toBe(true)
    const offered = plans.flatMap((p, i) => (p.ready && !p.already ? [`n${i}`] : []))
    expect(offers.toSorted()).toEqual(offered.toSorted())
    expect(pauses).toBe(plans.filter((p) => p.ready && !p.already && ['fails', 'rolls back', 'silent'].includes(p.fate)).length)
    for (const [i, p] of plans.entries()) if (p.already || (p.ready && p.fate === 'arrives')) expect(nodes[i]?.state).toBe('done')
  }))
})

test.each([
  ['lost', SILENT_MS + 1, 'set'], ['unreachable', SILENT_MS + 1, 'set'], ['lost', SILENT_MS, 'wait'], ['ready', SILENT_MS + 1, 'wait'], ['ready', LONGEST_MS + 1, 'set'],
] as const)('under way on a node that is %s, for %i ms: %s', (status, underWayMs, kind) => {
  const node: UpgradeNode = { nodeId: 'n0', hostname: 'n0', position: 0, state: 'restarting', underWayMs, node: { status, release: 'old' } }
  expect(nextStep([node], RELEASE)).toMatchObject({ kind, ...(kind === 'set' ? { state: 'failed' } : {}) })
})
