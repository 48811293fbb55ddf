import type { ReleaseDiff } from '../../../contract/deployment.ts'
import type { StoredEnv } from '../environment.ts'
import { fromMib } from '../sizes.ts'

export interface FrozenConfig {
  command: string[]; env: StoredEnv; port: number | null; vcpu: number; memoryMib: number; diskMib: number; public: boolean
  health: { path: string | null; interval: string; timeout: string; retries: number; grace: string; successes?: number }
  sleepAfterMinutes?: number | null
}
export interface Frozen {
  image: string; digest: string | null; config: FrozenConfig
  /** Name in the environment -> which version of which secret. */
  secrets: ReadonlyMap<string, { secretId: string; version: number }>
}

const checkOf = ({ path, interval, timeout, retries, grace, successes = 1 }: FrozenConfig['health']): string =>
  `${path === null ? 'port' : `GET ${path}`}, every ${interval}, ${timeout} each, up after ${successes}, down after ${retries}, grace ${grace}`

const texts = (f: Frozen): Record<ReleaseDiff['settings'][number]['field'], string | null> => ({
  image: f.image, image_digest: f.digest, command: f.config.command.length === 0 ? null : JSON.stringify(f.config.command),
  port: f.config.port === null ? null : String(f.config.port), cpu: String(f.config.vcpu), memory: fromMib(f.config.memoryMib), disk: fromMib(f.config.diskMib),
  health_check: checkOf(f.config.health), public: f.config.public ? 'yes' : 'no',
  sleep: f.config.sleepAfterMinutes ? `after ${f.config.sleepAfterMinutes} min` : 'never',
})

export const diffSettings = (before: Frozen | null, after: Frozen): ReleaseDiff['settings'] => {
  const [was, will] = [before ? texts(before) : null, texts(after)]
  const fields = Object.keys(will) as (keyof typeof will)[]
  return fields.map((field) => ({ field, before: was?.[field] ?? null, after: will[field] })).filter((c) => c.before !== c.after)
}

interface Variable { kind: 'plain' | 'secret'; mark: string; version: number | null }

/** Whatever an instance gets under a name: a secret wins over a plain setting. */
const variables = (f: Frozen | null): Map<string, Variable> => new Map([
  ...Object.entries(f?.config.env ?? {}).flatMap(([name, v]) => ('value' in v ? [[name, { kind: 'plain', mark: v.value, version: null }] as [string, Variable]] : [])),
  ...[...(f?.secrets ?? [])].map(([name, { secretId, version }]) => [name, { kind: 'secret', mark: `${secretId} ${version}`, version }] as [string, Variable]),
])

/** By name: values are compared here and stay here. */
export const diffEnv = (before: Frozen | null, after: Frozen): ReleaseDiff['env'] => {
  const [was, will] = [variables(before), variables(after)]
  return [...new Set([...was.keys(), ...will.keys()])].sort().flatMap((name) => {
    const [a, b] = [was.get(name), will.get(name)]
    if (a?.kind === b?.kind && a?.mark === b?.mark) return []
    return [{
      name, kind: b?.kind ?? a?.kind ?? 'plain', change: !a ? 'added' as const : b ? 'changed' as const : 'removed' as const,
      version_before: a?.version ?? null, version_after: b?.version ?? null,
    }]
  })
}
