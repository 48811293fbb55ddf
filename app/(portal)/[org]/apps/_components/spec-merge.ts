import type { SettingChange } from '../../../../_lib/merge-form.ts'
import { presetOf } from '../../../../_lib/sizes.ts'
import type { AppDetail, EnvEntry } from '../../../../_lib/wire.ts'
import { envEntries, type AppSpecForm } from './app-form-rules.ts'

/** An app as its form shows it. */
export const formOf = (app: AppDetail): AppSpecForm => ({
  image: app.image,
  size: presetOf(app.resources),
  replicas: Math.max(1, app.replicas.desired),
  port: app.port === null ? '' : String(app.port),
  health_path: app.health_check.path ?? '',
  env: envEntries(app.env),
})

const FIELDS = { image: 'Image', size: 'Size', replicas: 'Instances', port: 'Port', health_path: 'Health path' } as const
type FieldName = keyof typeof FIELDS
const fieldNames = Object.keys(FIELDS) as FieldName[]

const shown = (entry: EnvEntry | undefined): string | null => (entry === undefined ? null : (entry.value ?? 'stored'))
const byName = (entries: readonly EnvEntry[]): ReadonlyMap<string, EnvEntry> => new Map(entries.map((entry) => [entry.name, entry]))
const same = (a: EnvEntry | undefined, b: EnvEntry | undefined): boolean => a?.value === b?.value && a?.secret === b?.secret

/** Three ways together: what only they changed becomes theirs, what the person changed stays the person's. */
export function mergeSpec(base: AppSpecForm, theirs: AppSpecForm, mine: AppSpecForm): { merged: AppSpecForm; changes: SettingChange[] } {
  const changes: SettingChange[] = []
  const note = (label: string, was: string | null, now: string | null, yours: string | null): void => {
    if (was !== now) changes.push({ label, was, now, yours, both: yours !== was && yours !== now })
  }
  const text = (form: AppSpecForm, name: FieldName): string => String(form[name] ?? '')
  for (const name of fieldNames) note(FIELDS[name], text(base, name), text(theirs, name), text(mine, name))
  const pick = <K extends FieldName>(name: K): AppSpecForm[K] => (text(mine, name) === text(base, name) ? theirs[name] : mine[name])
  const [was, now, yours] = [byName(base.env), byName(theirs.env), byName(mine.env)]
  const names = new Set([...theirs.env, ...mine.env, ...base.env].map((entry) => entry.name))
  const env: EnvEntry[] = []
  for (const name of names) {
    note(name, shown(was.get(name)), shown(now.get(name)), shown(yours.get(name)))
    const kept = same(yours.get(name), was.get(name)) ? now.get(name) : yours.get(name)
    if (kept !== undefined) env.push(kept)
  }
  return {
    merged: { image: pick('image'), size: pick('size'), replicas: pick('replicas'), port: pick('port'), health_path: pick('health_path'), env },
    changes,
  }
}
