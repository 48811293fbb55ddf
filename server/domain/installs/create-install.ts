import { CreateInstall, Install, type InstallStep } from '../../contract/install.ts'
import { CreateApp } from '../../contract/app.ts'
import type { CatalogManifest } from '../../contract/manifest.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { newId, randomText } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { insertApp } from '../apps/index.ts'
import { withinQuotas } from '../quotas/index.ts'
import { warmKeys } from '../secrets/index.ts'
import { manifestOf, parameterProblems, resolveManifest, valuesToGenerate, type ServiceToCreate } from '../catalog/index.ts'
import { wireInstall } from './wire.ts'

export const createInstall = command({
  name: 'installs.create', summary: 'Install an app of the marketplace; its services start in the order of their dependencies', scope: 'org', permission: 'apps:write',
  input: CreateInstall, output: Install,
  rest: { method: 'POST', path: '/installs', status: 201, tag: 'Marketplace' },
  before: warmKeys,
  run: async (ctx, input) => {
    const manifest = manifestOf(input.catalog_id)
    if (!manifest) throw notFound('catalogue app')
    const problems = parameterProblems(manifest, input.parameters).map((p) => ({ ...p, pointer: `/parameters${p.pointer}` }))
    if (problems.length > 0) throw new DomainError('rule_violated', problems.map((p) => p.message).join(' '), { errors: problems })
    const generated = Object.fromEntries(valuesToGenerate(manifest, input.parameters).map(({ name, length }) => [name, randomText(length)]))
    const resolved = resolveManifest(manifest, { install: input.name, params: input.parameters, generated })
    if (!resolved.ok) throw new DomainError('rule_violated', 'The manifest cannot be resolved.', { errors: resolved.problems })
    const { services } = resolved
    return withinQuotas(ctx, () => insertInstall(ctx, { manifest, name: input.name, services }), { apps: services.length, instances: services.length })
  },
})

const insertInstall = async (ctx: OrgContext, { manifest, name, services }: { manifest: CatalogManifest; name: string; services: ServiceToCreate[] }) => {
  const id = newId('install')
  const steps: InstallStep[] = []
  for (const service of services) {
    const app = await insertApp(ctx, appInput(service), { installId: id, desired: 'stopped' })
    steps.push({ key: service.key, app_id: app.id, app_name: app.name, state: 'waiting', started_at: null, finished_at: null })
  }
  await ctx.db.catalogInstall.create({
    data: { id, orgId: ctx.orgId, manifestId: manifest.id, version: manifest.version, name, params: {}, state: 'running', services: steps, createdBy: ctx.userId },
  })
  await ctx.emit('install.created', { type: 'install', id }, { catalog_id: manifest.id, name })
  return wireInstall(ctx.db, id)
}

const appInput = (s: ServiceToCreate): CreateApp =>
  CreateApp.parse({
    name: s.app_name, image: s.image, command: s.command ?? [], port: s.port, public: s.public,
    env: { ...s.env, ...Object.fromEntries(Object.entries(s.secrets).map(([name, value]) => [name, { value, secret: true }])) },
    resources: { memory: `${s.resources.memory_mib}m`, cpu: String(s.resources.vcpu), disk: `${s.resources.disk_mib}m` },
    health_check: { path: s.health.path, grace: `${s.health.grace_s}s` },
  })
