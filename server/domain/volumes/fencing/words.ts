import type { VolumeRecovery } from '../../../contract/volume.ts'
import { mayGrant, type Grant, type NodeSilence } from '../../nodes/index.ts'

interface Asked { id: string; mode: string; held: boolean }

/** The rule, asked for one volume. */
export const grantOf = ({ id, mode, held }: Asked, node: NodeSilence): Grant =>
  mayGrant({ ...node, mode: mode === 'strict' ? 'strict' : 'pinned', held, armed: node.armed.has(id) })

const BECAUSE = {
  stopped: 'Nothing on the silent node has the volume open.',
  self_fence: 'The volume is strict: what ran with it on the silent node has ended by itself.',
  operator: 'The operator vouches that the node runs nothing any more.',
} as const

/** For people: whether the data may be brought back elsewhere now, and if not, what it takes. */
export const tellGrant = (grant: Grant): Pick<VolumeRecovery, 'state' | 'detail' | 'wait_seconds'> => {
  if ('by' in grant) return { state: 'possible', detail: BECAUSE[grant.by], wait_seconds: 0 }
  if (grant.refused === 'too_early') {
    const seconds = Math.ceil(grant.waitMs / 1000)
    return { state: 'wait', wait_seconds: seconds, detail: `The node of the volume may still come back. Whether it can be brought back elsewhere is decided when it has been silent for ${seconds} more seconds.` }
  }
  return { state: 'needs_operator', wait_seconds: 0, detail: 'The node of the volume is silent, but the app may still be running there, and two must never write. The operator of the installation has to look at the machine and declare it dead; or it comes back, with everything.' }
}
