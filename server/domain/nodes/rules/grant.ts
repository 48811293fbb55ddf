/** Pure: whether the right to write to what a node holds may be given to another, so that there are never two who write. */

/** Beyond the lease: for a fence that is late, and for clocks that run apart meanwhile. */
export const GRACE_MS = 20_000
export const DRIFT_MS = 5_000

export interface GrantFacts {
  /** Since the node's last report was received; never more than was really waited. */
  silentMs: number
  /** Told with the answer to that report. */
  leaseMs: number
  /** Some instance there may have the volume open. */
  held: boolean
  mode: 'pinned' | 'strict'
  /** In that report: whoever has the volume open dies with the lease, whatever becomes of the agent. */
  armed: boolean
  /** An operator vouches that nothing runs there. */
  declaredDead: boolean
}

export type Grant =
  | { by: 'stopped' | 'self_fence' | 'operator' }
  | { refused: 'too_early'; waitMs: number }
  | { refused: 'may_run' }

export const silenceNeeded = (leaseMs: number): number => leaseMs + GRACE_MS + DRIFT_MS

export const mayGrant = ({ silentMs, leaseMs, held, mode, armed, declaredDead }: GrantFacts): Grant => {
  const waitMs = silenceNeeded(leaseMs) - silentMs
  if (!(waitMs <= 0)) return { refused: 'too_early', waitMs }
  if (!held) return { by: 'stopped' }
  if (mode === 'strict' && armed) return { by: 'self_fence' }
  return declaredDead ? { by: 'operator' } : { refused: 'may_run' }
}
