import type { ReleaseDiff } from '../../../../../_lib/wire.ts'

interface Change { what: string; code: boolean; before: string; after: string }

const FIELDS: Record<ReleaseDiff['settings'][number]['field'], string> = {
  image: 'Image', image_digest: 'Digest', command: 'Command', port: 'Port', cpu: 'CPU', memory: 'Memory', disk: 'Disk', health_check: 'Health check', public: 'Public', sleep: 'Sleep',
}
type Variable = ReleaseDiff['env'][number]

const sideOf = ({ kind }: Variable, version: number | null, absent: boolean, other: string): string => {
  if (absent) return 'not set'
  return kind === 'secret' && version !== null ? `secret, version ${version}` : other
}

/** A digest as people compare it; the API has all of it. */
const short = (text: string | null): string => text?.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1') ?? 'none'

/** Rows of the comparison; of variables no value is known here. */
export const changesOf = (diff: ReleaseDiff): Change[] => [
  ...diff.settings.map(({ field, before, after }) => ({ what: FIELDS[field], code: false, before: short(before), after: short(after) })),
  ...diff.env.map((one) => ({
    what: one.name, code: true, before: sideOf(one, one.version_before, one.change === 'added', 'its present value'),
    after: sideOf(one, one.version_after, one.change === 'removed', one.change === 'added' ? 'set' : 'another value'),
  })),
]
