/** From a manifest and a filled form to the apps that an install creates, in order. Pure. */
import type { CatalogManifest, ManifestService, ParameterValue } from '../../../contract/manifest.ts'
import { dependenciesOf, manifestProblems, orderByDependency } from './check.ts'
import { pointerTo, type ManifestProblem } from './problem.ts'
import { fillTemplate, placeholders, type TemplateReference } from './template.ts'

export interface ResolveInput {
  /** Name of the install; its public app is called so, the others `<install>-<key>`. */
  install: string
  /** Already valid by `parameterProblems`. */
  params: Readonly<Record<string, ParameterValue>>
  /** A value for every entry of {@link valuesToGenerate}. */
  generated: Readonly<Record<string, string>>
}

export interface ServiceToCreate extends Pick<ManifestService, 'key' | 'command' | 'port' | 'public' | 'health' | 'resources'> {
  app_name: string
  image: string
  env: Record<string, string>
  /** Environment that holds a secret parameter or a generated value. */
  secrets: Record<string, string>
  depends_on: string[]
}

export type Resolved = { ok: true, services: ServiceToCreate[] } | { ok: false, problems: ManifestProblem[] }

/** Names and lengths of the values the installer has to make up, for the parameters that were given. */
export function valuesToGenerate(manifest: CatalogManifest, params: ResolveInput['params']): { name: string, length: number }[] {
  const own = Object.entries(manifest.generated).map(([name, { length }]) => ({ name, length }))
  const fields = Object.entries(manifest.parameters.properties).flatMap(([name, parameter]) => (
    parameter.type === 'string' && parameter.generate !== undefined && (params[name] ?? '') === '' && parameter.default === undefined
      ? [{ name: `parameter.${name}`, length: parameter.generate.length }]
      : []))
  return [...own, ...fields]
}

/** What the public service is reached by, and what DNS of the private network answers. */
export function appNames(manifest: CatalogManifest, install: string): Map<string, string> {
  const main = manifest.services.find((service) => service.public) ?? manifest.services.at(-1)
  return new Map(manifest.services.map(({ key }) => [key, key === main?.key ? install : `${install}-${key}`]))
}

function isSecret(manifest: CatalogManifest, reference: TemplateReference): boolean {
  if (reference.kind === 'generated') return true
  if (reference.kind === 'service') return false
  const parameter = manifest.parameters.properties[reference.name]
  return parameter?.type === 'string' && (parameter.writeOnly === true || parameter.generate !== undefined || parameter.format === 'password')
}

function valueOf(manifest: CatalogManifest, input: ResolveInput, names: Map<string, string>, reference: TemplateReference): string | null {
  if (reference.kind === 'generated') return input.generated[reference.name] ?? null
  if (reference.kind === 'parameter') {
    const given = input.params[reference.name]
    const parameter = manifest.parameters.properties[reference.name]
    const generates = parameter?.type === 'string' && parameter.generate !== undefined
    const value = given === undefined || (given === '' && generates) ? parameter?.default ?? input.generated[`parameter.${reference.name}`] : given
    return value === undefined ? (generates ? null : '') : String(value)
  }
  if (reference.field === 'host') return `${names.get(reference.key) ?? reference.key}.internal`
  return String(manifest.services.find((service) => service.key === reference.key)?.port ?? '')
}

function missingValues(manifest: CatalogManifest, input: ResolveInput): ManifestProblem[] {
  return valuesToGenerate(manifest, input.params).filter(({ name }) => (input.generated[name] ?? '') === '').map(({ name }) => (
    { pointer: pointerTo('generated', name), code: 'value_missing', message: `No value was generated for ${name}.` }))
}

export function resolveManifest(manifest: CatalogManifest, input: ResolveInput): Resolved {
  const problems = [...manifestProblems(manifest), ...missingValues(manifest, input)]
  const ordered = orderByDependency(manifest.services)
  if (problems.length > 0 || ordered === null) return { ok: false, problems }
  const names = appNames(manifest, input.install)
  const fill = (reference: TemplateReference): string => valueOf(manifest, input, names, reference) ?? ''
  const services = ordered.map((service): ServiceToCreate => {
    const { key, command, port, public: isPublic, health, resources } = service
    const values = Object.entries(service.env).map(([name, template]) => ({
      name,
      value: fillTemplate(template, fill),
      secret: placeholders(template).some(({ reference }) => reference !== null && isSecret(manifest, reference)),
    }))
    const pick = (secret: boolean): Record<string, string> =>
      Object.fromEntries(values.filter((entry) => entry.secret === secret).map((entry) => [entry.name, entry.value]))
    return {
      key, command, port, public: isPublic, health, resources,
      app_name: names.get(key) ?? key, image: manifest.images[service.image] ?? '', env: pick(false), secrets: pick(true),
      depends_on: [...dependenciesOf(service)],
    }
  })
  return { ok: true, services }
}

/** What an install needs in all, for the price shown before the button. */
export function totalResources(manifest: CatalogManifest): ManifestService['resources'] {
  return manifest.services.reduce((sum, { resources }) => ({
    vcpu: sum.vcpu + resources.vcpu, memory_mib: sum.memory_mib + resources.memory_mib, disk_mib: sum.disk_mib + resources.disk_mib,
  }), { vcpu: 0, memory_mib: 0, disk_mib: 0 })
}
