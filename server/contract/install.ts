import { z } from 'zod'
import { AppName } from './app.ts'
import { CatalogManifest, ParameterValue } from './manifest.ts'
import { Instant } from './time.ts'

export const CatalogEntry = CatalogManifest.pick({ id: true, name: true, version: true, summary: true, description: true, category: true,
  icon: true, parameters: true })
  .extend({
    services: z.array(z.object({ key: z.string(), image: z.string(), vcpu: z.number().int(), memory_mib: z.number().int(), public: z.boolean() })),
    total: z.object({ vcpu: z.number().int(), memory_mib: z.number().int(), disk_mib: z.number().int() }),
  })
export type CatalogEntry = z.infer<typeof CatalogEntry>

export const CreateInstall = z.strictObject({
  catalog_id: z.string().max(60), name: AppName, parameters: z.record(z.string().max(60), ParameterValue).default({}),
})

export const INSTALL_STATES = ['running', 'healthy', 'failed', 'undone'] as const
export const InstallStep = z.object({
  key: z.string(), app_id: z.string(), app_name: z.string(), state: z.enum(['waiting', 'running', 'done', 'failed']),
  started_at: Instant.nullable(), finished_at: Instant.nullable(),
})
export type InstallStep = z.infer<typeof InstallStep>

export const Install = z.object({
  id: z.string(), catalog_id: z.string(), version: z.string(), name: z.string(), state: z.enum(INSTALL_STATES), steps: z.array(InstallStep),
  url: z.string().nullable(), error_detail: z.string().nullable(), created_at: Instant, finished_at: Instant.nullable(),
})
export type Install = z.infer<typeof Install>
