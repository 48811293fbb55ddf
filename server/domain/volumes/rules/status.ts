import type { VolumeStatus } from '../../../contract/volume.ts'

export interface VolumeFacts {
  deletedAt: Date | null
  phase: string
  code: string | null
  appId: string | null
  /** Some instance that has not ended may write to it. */
  held: boolean
  sizeMib: number
  /** Null until its node has made it. */
  actualMib: number | null
  restoreToken: string | null
  restored: string | null
}

const faulty = ({ phase, code }: VolumeFacts): boolean => phase === 'failed' || (phase === 'backoff' && code !== 'volume_in_use')

/** One word for a volume, from what is wished and what its node says. */
export const statusOf = (v: VolumeFacts): VolumeStatus => {
  if (v.deletedAt) return 'deleted'
  if (faulty(v)) return 'error'
  if (v.actualMib === null) return 'creating'
  if (v.restoreToken !== v.restored && v.restoreToken !== null) return 'restoring'
  if (v.actualMib !== v.sizeMib) return 'resizing'
  if (v.appId) return 'attached'
  return v.held ? 'detaching' : 'detached'
}
