import { z } from 'zod'
import { EnvName, ImageRef, MAX_REPLICAS } from '../../../../../server/contract/app.ts'
import { appNameRule, slugFrom } from '../../../../_lib/form-rules.ts'
import type { App, EnvEntry } from '../../../../_lib/wire.ts'

const Env = z.array(z.object({ name: EnvName, value: z.string().nullable(), secret: z.boolean() })).superRefine((entries, context) => {
  entries.forEach((entry, index) => {
    if (entries.findIndex((other) => other.name === entry.name) < index)
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `${entry.name} is already set above.` })
  })
})

/** What every form about an app asks for; ports and counts are text until they are numbers. */
export const AppSpec = z.object({
  image: ImageRef,
  size: z.string().min(1, 'Choose a size.'),
  replicas: z.coerce
    .number<string | number>('Enter a number.')
    .int('Enter a whole number.')
    .min(1, 'Use 1 or more.')
    .max(MAX_REPLICAS, `At most ${MAX_REPLICAS} instances per app.`),
  port: z
    .string()
    .trim()
    .refine((text) => text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535), 'Ports are 1 to 65535.'),
  health_path: z
    .string()
    .trim()
    .refine((text) => text === '' || text.startsWith('/'), 'Start the path with /.'),
  env: Env,
})
export const NewApp = AppSpec.extend({ name: appNameRule })

export type AppSpecForm = z.input<typeof AppSpec>
export type NewAppForm = z.input<typeof NewApp>

export const portOf = (text: string): number | null => (text === '' ? null : Number(text))

export const envRecord = (entries: readonly EnvEntry[]): Record<string, { value: string; secret: boolean }> =>
  Object.fromEntries(entries.map((entry) => [entry.name, { value: entry.value ?? '', secret: entry.secret }]))

/** Plain settings; secrets have a list of their own. */
export const envEntries = (env: App['env']): EnvEntry[] =>
  Object.entries(env).flatMap(([name, { value, secret }]) => (secret ? [] : [{ name, value, secret }]))

/** Only what changed: `null` removes a variable, and a stored secret that nobody retyped stays untouched. */
export function envPatch(
  before: readonly EnvEntry[],
  after: readonly EnvEntry[],
): Record<string, { value: string; secret: boolean } | null> {
  const old = new Map(before.map((entry) => [entry.name, entry]))
  const kept = new Set(after.map((entry) => entry.name))
  const removed = before.filter((entry) => !kept.has(entry.name)).map((entry) => [entry.name, null] as const)
  const changed = after.filter(
    (entry) => entry.value !== null && (old.get(entry.name)?.value !== entry.value || old.get(entry.name)?.secret !== entry.secret),
  )
  return { ...Object.fromEntries(removed), ...envRecord(changed) }
}

/** `ghcr.io/acme/Web_Shop:2.1` suggests `web-shop`. */
export const nameFromImage = (image: string): string => slugFrom((image.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '')

/** Where the wire says `resources`, `health_check/path` and `env/NAME`, the form has flat fields and rows. */
export function formPath(path: string, env: readonly EnvEntry[]): string {
  if (path.startsWith('resources')) return 'size'
  if (path.startsWith('health_check')) return 'health_path'
  const name = /^env\.([^.]+)/.exec(path)?.[1]
  const row = name === undefined ? -1 : env.findIndex((entry) => entry.name === name)
  return row < 0 ? path : `env.${row}.value`
}
