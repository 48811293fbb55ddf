/** Rules of a manifest that its schema cannot say. Pure. */
import type { CatalogManifest, ManifestService } from '../../../contract/manifest.ts'
import { pointerTo, type ManifestProblem } from './problem.ts'
import { placeholders, type TemplateReference } from './template.ts'

/** Named ones and those its environment refers to. */
export function dependenciesOf(service: ManifestService): Set<string> {
  const referred = Object.values(service.env).flatMap(placeholders).flatMap(({ reference }) => (reference?.kind === 'service' ? [reference.key] : []))
  return new Set([...service.depends_on, ...referred.filter((key) => key !== service.key)])
}

/** Dependencies first, otherwise in the order of the manifest; null when they form a cycle. */
export function orderByDependency(services: ManifestService[]): ManifestService[] | null {
  const ordered: ManifestService[] = []
  const done = new Set<string>()
  while (ordered.length < services.length) {
    const next = services.find((service) => !done.has(service.key) && [...dependenciesOf(service)].every((key) => done.has(key)))
    if (next === undefined) return null
    done.add(next.key)
    ordered.push(next)
  }
  return ordered
}

function unknownReference(manifest: CatalogManifest, reference: TemplateReference | null): boolean {
  if (reference === null) return true
  if (reference.kind === 'parameter') return !Object.hasOwn(manifest.parameters.properties, reference.name)
  if (reference.kind === 'generated') return !Object.hasOwn(manifest.generated, reference.name)
  const target = manifest.services.find((service) => service.key === reference.key)
  return target === undefined || (reference.field === 'port' && target.port === null)
}

function serviceProblems(manifest: CatalogManifest, service: ManifestService, index: number): ManifestProblem[] {
  const problems: ManifestProblem[] = []
  const at = (...parts: (string | number)[]): string => pointerTo('services', index, ...parts)
  if (manifest.services.findIndex((other) => other.key === service.key) !== index) {
    problems.push({ pointer: at('key'), code: 'duplicate_service', message: `Another service is already called ${service.key}.` })
  }
  if (!Object.hasOwn(manifest.images, service.image)) {
    problems.push({ pointer: at('image'), code: 'unknown_image', message: `images has no entry ${service.image}.` })
  }
  if (service.public && service.port === null) {
    problems.push({ pointer: at('port'), code: 'port_required', message: 'A public service needs a port.' })
  }
  service.depends_on.forEach((key, position) => {
    if (key !== service.key && manifest.services.some((other) => other.key === key)) return
    problems.push({ pointer: at('depends_on', position), code: 'unknown_service', message: `There is no other service ${key}.` })
  })
  for (const [name, template] of Object.entries(service.env)) {
    for (const { text, reference } of placeholders(template)) {
      if (unknownReference(manifest, reference)) {
        problems.push({ pointer: at('env', name), code: 'unknown_template', message: `${text} names nothing that this manifest has.` })
      }
    }
  }
  return problems
}

export function manifestProblems(manifest: CatalogManifest): ManifestProblem[] {
  const problems = manifest.services.flatMap((service, index) => serviceProblems(manifest, service, index))
  manifest.parameters.required.forEach((name, index) => {
    if (Object.hasOwn(manifest.parameters.properties, name)) return
    problems.push({ pointer: pointerTo('parameters', 'required', index), code: 'unknown_parameter', message: `There is no parameter ${name}.` })
  })
  if (manifest.services.filter((service) => service.public).length > 1) {
    problems.push({ pointer: '/services', code: 'several_public', message: 'Only one service can be public.' })
  }
  if (problems.length === 0 && orderByDependency(manifest.services) === null) {
    problems.push({ pointer: '/services', code: 'dependency_cycle', message: 'Services depend on each other in a circle.' })
  }
  return problems
}
