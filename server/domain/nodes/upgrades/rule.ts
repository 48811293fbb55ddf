/** Pure: what an upgrade of the fleet does next. One node at a time; the first that fails stops it. */
export type UpgradeState = 'waiting' | 'offered' | 'fetching' | 'testing' | 'restarting' | 'trial' | 'done' | 'failed' | 'rolled_back' | 'skipped'

export interface UpgradeNode {
  nodeId: string
  hostname: string
  position: number
  state: UpgradeState
  /** Since it was offered the release; null before. */
  underWayMs: number | null
  /** Null: the node is gone. `release` is what its agent runs. */
  node: { status: string; release: string | null } | null
}

export type UpgradeStep =
  | { kind: 'wait' }
  | { kind: 'set'; nodeId: string; state: 'done' | 'failed' | 'skipped'; detail: string | null }
  | { kind: 'offer'; nodeId: string }
  | { kind: 'pause'; detail: string }
  | { kind: 'finish' }

/** Fetching a hundred megabytes over a thin line, a self-test, a trial of two minutes, a lease. */
export const LONGEST_MS = 30 * 60_000

/** A self-test, a trial of two minutes and a lease: who is silent for longer does not come back from it by itself. */
export const SILENT_MS = 5 * 60_000

const isUnderWay = (state: UpgradeState): boolean => ['offered', 'fetching', 'testing', 'restarting', 'trial'].includes(state)
const isFailed = (state: UpgradeState): boolean => state === 'failed' || state === 'rolled_back'

export const nextStep = (nodes: readonly UpgradeNode[], release: string): UpgradeStep => {
  const failed = nodes.find((one) => isFailed(one.state))
  if (failed) return { kind: 'pause', detail: `${failed.hostname} did not come to the new release. The others were left as they are.` }
  const underWay = nodes.find((one) => isUnderWay(one.state))
  if (underWay) return watched(underWay)
  const waiting = nodes.filter((one) => one.state === 'waiting').toSorted((a, b) => a.position - b.position)
  const there = waiting.find((one) => one.node?.release === release)
  if (there) return { kind: 'set', nodeId: there.nodeId, state: 'done', detail: null }
  const next = waiting.find((one) => one.node?.status === 'ready')
  if (next) return { kind: 'offer', nodeId: next.nodeId }
  const silent = waiting[0]
  if (silent) return { kind: 'set', nodeId: silent.nodeId, state: 'skipped', detail: silent.node ? 'It was not heard when its turn came.' : 'It was deleted.' }
  return { kind: 'finish' }
}

/** Whether it arrived, the agent itself says: running the release is not enough, it may still be on trial. */
const watched = ({ nodeId, node, underWayMs }: UpgradeNode): UpgradeStep => {
  if (!node) return { kind: 'set', nodeId, state: 'skipped', detail: 'It was deleted.' }
  if (node.status !== 'ready' && (underWayMs ?? 0) > SILENT_MS) return { kind: 'set', nodeId, state: 'failed', detail: 'It is not heard any more. What became of it is seen when it is back.' }
  if ((underWayMs ?? 0) <= LONGEST_MS) return { kind: 'wait' }
  return { kind: 'set', nodeId, state: 'failed', detail: `It did not say within ${LONGEST_MS / 60_000} minutes how it went.` }
}
