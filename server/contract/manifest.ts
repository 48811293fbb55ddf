/** Wire truth of a catalogue manifest: what an app of the marketplace consists of and what it asks before it is installed. */
import { z } from 'zod'

const Slug = z.string().regex(/^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
const Name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const EnvName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)

export const ParameterFormat = z.enum(['color', 'email', 'uri', 'hostname', 'multiline', 'password'])
export type ParameterFormat = z.infer<typeof ParameterFormat>

/** A value the product makes up, from letters and digits. */
const Generate = z.strictObject({ length: z.number().int().min(8).max(128) })

const described = { title: z.string().min(1).max(60), description: z.string().max(300).optional() }

/** A closed part of JSON Schema 2020-12, so that every manifest can be shown as a form. */
export const ManifestParameter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('string'), ...described, default: z.string().optional(), format: ParameterFormat.optional(),
    enum: z.array(z.string()).min(1).max(100).optional(), minLength: z.number().int().nonnegative().optional(),
    maxLength: z.number().int().positive().max(10_000).optional(), pattern: z.string().max(200).optional(),
    /** Never shown again once given. */
    writeOnly: z.boolean().optional(),
    /** Used when the field is left empty. */
    generate: Generate.optional(),
  }),
  z.strictObject({
    type: z.enum(['integer', 'number']), ...described, default: z.number().optional(), minimum: z.number().optional(), maximum: z.number().optional(),
  }),
  z.strictObject({ type: z.literal('boolean'), ...described, default: z.boolean().optional() }),
])
export type ManifestParameter = z.infer<typeof ManifestParameter>

export const ManifestParameters = z.strictObject({
  type: z.literal('object'),
  properties: z.record(Name, ManifestParameter),
  required: z.array(Name).default([]),
  additionalProperties: z.literal(false).default(false),
})

export const ManifestService = z.strictObject({
  key: Slug,
  /** Key of `images`. */
  image: Slug,
  command: z.array(z.string()).min(1).max(64).nullable().default(null),
  /** Values may hold `{{parameter}}`, `{{generated.name}}`, `{{services.key.host}}`, `{{services.key.port}}`. */
  env: z.record(EnvName, z.string().max(4096)).default({}),
  port: z.number().int().min(1).max(65535).nullable(),
  /** Reachable from the internet through its own address. */
  public: z.boolean().default(false),
  /** HTTP path to probe; null probes by TCP connect. */
  health: z.strictObject({ path: z.string().startsWith('/').max(512).nullable(), grace_s: z.number().int().min(1).max(3600).default(120) }),
  resources: z.strictObject({
    vcpu: z.number().int().min(1).max(64), memory_mib: z.number().int().min(32), disk_mib: z.number().int().min(16),
  }),
  depends_on: z.array(Slug).max(20).default([]),
})
export type ManifestService = z.infer<typeof ManifestService>

export const CatalogCategory = z.enum(['starter', 'website', 'community', 'database', 'developer', 'business'])
export type CatalogCategory = z.infer<typeof CatalogCategory>

export const CatalogManifest = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(60),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  summary: z.string().min(1).max(140),
  /** Markdown. */
  description: z.string().max(20_000),
  category: CatalogCategory,
  /** Name of an icon of the console. */
  icon: Slug,
  images: z.record(Slug, z.string().min(1).max(512)),
  parameters: ManifestParameters,
  generated: z.record(Name, Generate).default({}),
  services: z.array(ManifestService).min(1).max(20),
})
export type CatalogManifest = z.infer<typeof CatalogManifest>

export const ParameterValue = z.union([z.string(), z.number(), z.boolean()])
export type ParameterValue = z.infer<typeof ParameterValue>
