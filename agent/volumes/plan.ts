/** Decides, in pure code, what to do next for one volume. Run the first step, look again, until the plan is empty. */
import type { VolumeDesire } from '../state/desired-table.ts'
import type { ObservedVolume, VolumeStep } from './model.ts'

export interface VolumePlan {
  steps: VolumeStep[]
  /** Something must wait until the instance has let go of it. */
  waitsFor: string | null
  /** An instance may open it now. */
  ready: boolean
}

const NOTHING: VolumePlan = { steps: [], waitsFor: null, ready: false }

/**
 * Snapshots come before anything that changes the content, so that what is asked for together is done in the order that loses nothing.
 * What is merely not named any more is left alone for ever: only a tombstone removes a volume.
 */
export function planVolume(desire: VolumeDesire | null, seen: ObservedVolume): VolumePlan {
  if (!desire || desire.desired === 'unlisted') return NOTHING
  if (desire.desired === 'absent') {
    const left = seen.exists || seen.snapshots.length > 0
    if (seen.usedBy !== null) return { ...NOTHING, waitsFor: seen.usedBy }
    return { ...NOTHING, steps: left ? [{ kind: 'remove' }] : [] }
  }
  const { spec } = desire
  if (!spec) return NOTHING
  if (!seen.exists) return { ...NOTHING, steps: [{ kind: 'create' }] }
  const held = new Set(seen.snapshots.map(({ id }) => id))
  const wanted = new Set(spec.snapshots)
  const steps: VolumeStep[] = spec.snapshots.filter((id) => !held.has(id)).map((id) => ({ kind: 'snapshot', id }))
  const mustRestore = spec.restore !== null && spec.restore.token !== seen.restored
  const shrinks = !mustRestore && spec.size_mib < seen.sizeMib
  const atRest = seen.usedBy === null
  if (mustRestore && atRest) steps.push({ kind: 'restore' })
  if (spec.size_mib > seen.sizeMib || (shrinks && atRest)) steps.push({ kind: 'resize', sizeMib: spec.size_mib })
  // Not the one that is still to be restored, even where nobody wants it kept.
  const dropped = seen.snapshots.filter(({ id }) => !wanted.has(id) && !(mustRestore && spec.restore?.snapshot_id === id))
  steps.push(...dropped.map(({ id }): VolumeStep => ({ kind: 'drop', id })))
  return { steps, waitsFor: (mustRestore || shrinks) && !atRest ? seen.usedBy : null, ready: !mustRestore && !shrinks }
}
