import type { Snapshot, VolumeDetail } from '../../../../_lib/wire.ts'
import { mebibytes } from '../../../../_lib/format.ts'
import type { Problem } from '../../../../_lib/problem.ts'
import { mib } from '../../../../_lib/sizes.ts'

export const sizeWord = (size: string): string => mebibytes(mib(size))

export const kindWord: Record<Snapshot['kind'], string> = { manual: 'By hand', scheduled: 'By schedule', before_restore: 'Before a restore', clone: 'For a clone', backup: 'For a backup' }

const EVERY: Record<number, string> = { 15: 'Every 15 minutes', 60: 'Every hour', 360: 'Every 6 hours', 1440: 'Every day', 10_080: 'Every week' }
export const everyWord = (minutes: number): string => EVERY[minutes] ?? `Every ${minutes} minutes`
export const keepWord = (hours: number): string => (hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : hours === 1 ? '1 hour' : `${hours} hours`)

/** Of a refusal: what is wrong with this field. */
export const faultOf = (problem: Problem | null, path: string): string | undefined => problem?.fields.find((fault) => fault.path === path)?.message

export const modeWords = { pinned: 'The app runs on (pinned)', strict: 'The app stops by itself (strict)' } as const

/** Why nothing can be done on the machine that holds it; null where it can. */
export const silentReason = ({ silent_since: since }: Pick<VolumeDetail, 'silent_since'>): string | null => (since === null ? null : 'Its machine is not heard.')
