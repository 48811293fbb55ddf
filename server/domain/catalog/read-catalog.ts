import { z } from 'zod'
import { CatalogEntry } from '../../contract/install.ts'
import type { CatalogManifest } from '../../contract/manifest.ts'
import { notFound } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { BUILTIN_MANIFESTS } from './manifests/builtin.ts'
import { totalResources } from './manifests/resolve.ts'

export const manifestOf = (id: string): CatalogManifest | null => BUILTIN_MANIFESTS.find((m) => m.id === id) ?? null

const toEntry = (m: CatalogManifest): z.input<typeof CatalogEntry> => ({
  id: m.id, name: m.name, version: m.version, summary: m.summary, description: m.description, category: m.category, icon: m.icon, parameters: m.parameters,
  services: m.services.map((s) => ({ key: s.key, image: m.images[s.image] ?? '', vcpu: s.resources.vcpu, memory_mib: s.resources.memory_mib, public: s.public })),
  total: totalResources(m),
})

export const listCatalog = query({
  name: 'catalog.list', summary: 'Apps of the marketplace', scope: 'user', limitedTokens: true, machines: true,
  input: z.strictObject({}), output: z.object({ data: z.array(CatalogEntry) }),
  rest: { method: 'GET', path: '/catalog', tag: 'Marketplace' },
  run: () => Promise.resolve({ data: BUILTIN_MANIFESTS.map(toEntry) }),
})

export const getCatalogEntry = query({
  name: 'catalog.get', summary: 'One app of the marketplace with its form', scope: 'user', limitedTokens: true, machines: true,
  input: z.strictObject({ catalog_id: z.string().max(60) }), output: CatalogEntry,
  rest: { method: 'GET', path: '/catalog/{catalog_id}', tag: 'Marketplace' },
  run: (_ctx, input) => {
    const manifest = manifestOf(input.catalog_id)
    if (!manifest) throw notFound('catalogue app')
    return Promise.resolve(toEntry(manifest))
  },
})
