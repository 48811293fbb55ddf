import { z } from 'zod'
import { slugFrom, slugRule } from '../../../../_lib/form-rules.ts'
import type { EnvEntry } from '../../../../_lib/wire.ts'

const Env = z.array(z.object({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A name has letters, digits and underscores and does not start with a digit.'),
  value: z.string().nullable(), secret: z.boolean(),
})).superRefine((entries, context) => {
  entries.forEach((entry, index) => {
    if (entries.findIndex((other) => other.name === entry.name) < index) context.addIssue({ code: 'custom', path: [index, 'name'], message: `${entry.name} is already set above.` })
  })
})

/** What every form about an app asks for; ports and counts are text until they are numbers. */
export const AppSpec = z.object({
  image: z.string().trim().min(1, 'Give an image, such as ghcr.io/acme/web:2.1.').max(512).regex(/^[^\s@]+(?:@sha256:[0-9a-f]{64})?$/, 'An image reference has no spaces: registry/name:tag or name@sha256:…'),
  size: z.string().min(1, 'Choose a size.'),
  replicas: z.coerce.number<string | number>('Enter a number.').int('Enter a whole number.').min(1, 'At least 1.').max(100, 'At most 100.'),
  port: z.string().trim().refine((text) => text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535), 'A port is a number from 1 to 65535.'),
  health_path: z.string().trim().refine((text) => text === '' || text.startsWith('/'), 'A path starts with a slash.'),
  env: Env,
})
export const NewApp = AppSpec.extend({ name: slugRule })

export type AppSpecForm = z.input<typeof AppSpec>
export type NewAppForm = z.input<typeof NewApp>

export const toSpec = (values: z.output<typeof AppSpec>) => ({
  image: values.image, size: values.size, replicas: values.replicas, env: values.env as EnvEntry[],
  port: values.port === '' ? null : Number(values.port), health_path: values.health_path === '' ? null : values.health_path,
})

/** `ghcr.io/acme/Web_Shop:2.1` suggests `web-shop`. */
export const nameFromImage = (image: string): string => slugFrom((image.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '')
