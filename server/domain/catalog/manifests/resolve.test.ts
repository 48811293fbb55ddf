import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CatalogManifest, type ManifestService } from '../../../contract/manifest.ts'
import { BUILTIN_MANIFESTS } from './builtin.ts'
import { manifestProblems, orderByDependency } from './check.ts'
import { guestbookManifest } from './guestbook.ts'
import { parameterProblems } from './parameters.ts'
import { resolveManifest, totalResources, valuesToGenerate } from './resolve.ts'

type ServiceInput = Partial<ManifestService> & { key: string }

const service = (input: ServiceInput): object => ({
  image: 'app', port: 80, health: { path: null }, resources: { vcpu: 1, memory_mib: 64, disk_mib: 16 }, ...input,
})

function manifest(services: ServiceInput[], overrides: Record<string, unknown> = {}): CatalogManifest {
  return CatalogManifest.parse({
    id: 'test', name: 'Test', version: '1.0.0', summary: 'For tests.', description: '', category: 'starter', icon: 'box', images: { app: 'builtin/hello:v1' },
    parameters: { type: 'object', properties: {} }, services: services.map(service), ...overrides,
  })
}

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f']
/** Edges only from later to earlier keys, in a shuffled list: never a cycle. */
const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 })
const acyclic = fc.tuple(fc.shuffledSubarray(KEYS, { minLength: KEYS.length }), edges).map(([order, pairs]) => (
  manifest(order.map((key) => ({
    key, depends_on: [...new Set(pairs.flatMap(([from, to]) => (from > to && KEYS[from] === key ? [KEYS[to] ?? ''] : [])))],
  })))))

test('every service comes after all that it depends on, and none is lost', () => {
  fc.assert(fc.property(acyclic, (subject) => {
    const result = resolveManifest(subject, { install: 'x', params: {}, generated: {} })
    if (!result.ok) throw new Error('not resolved')
    const keys = result.services.map((entry) => entry.key)
    expect([...keys].sort()).toEqual(KEYS)
    for (const entry of result.services) for (const needed of entry.depends_on) expect(keys.indexOf(needed)).toBeLessThan(keys.indexOf(entry.key))
  }))
})

test('a circle of any length is refused, named or by environment', () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 6 }), fc.boolean(), (length, byEnvironment) => {
    const subject = manifest(KEYS.slice(0, length).map((key, index) => {
      const next = KEYS[(index + 1) % length] ?? ''
      return byEnvironment ? { key, env: { NEXT: `http://{{services.${next}.host}}` } } : { key, depends_on: [next] }
    }))
    expect(orderByDependency(subject.services)).toBeNull()
    const result = resolveManifest(subject, { install: 'x', params: {}, generated: {} })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'dependency_cycle', pointer: '/services' }] })
  }))
})

test.each(['{{nothing}}', '{{}}', '{{generated.nothing}}', '{{services.a.port}}', '{{services.zz.host}}', '{{services.b.password}}', '{{constructor}}', '{{a.b.c.d}}'])(
  'the unknown template %s is an error with its place', (template) => {
    const subject = manifest([{ key: 'a', port: null }, { key: 'b', env: { X: `before ${template} after` } }])
    expect(manifestProblems(subject)).toEqual([{ pointer: '/services/1/env/X', code: 'unknown_template', message: expect.stringContaining(template) }])
  })

test('all faults of a manifest are found at once', () => {
  const subject = manifest([{ key: 'a', image: 'none', port: null, public: true, depends_on: ['zz', 'a'] }, { key: 'a', public: true }])
  expect(manifestProblems(subject).map((problem) => problem.code).sort())
    .toEqual(['duplicate_service', 'port_required', 'several_public', 'unknown_image', 'unknown_service', 'unknown_service'])
})

test('values are put in as they are and never read as templates', () => {
  fc.assert(fc.property(fc.string(), (value) => {
    const subject = manifest([{ key: 'a', env: { X: '<{{text}}>{{generated.pw}}', Y: '{{ text }}' } }], {
      parameters: { type: 'object', properties: { text: { type: 'string', title: 'T' } } }, generated: { pw: { length: 8 } },
    })
    const result = resolveManifest(subject, { install: 'x', params: { text: value }, generated: { pw: '{{text}}$&' } })
    expect(result).toMatchObject({ ok: true, services: [{ secrets: { X: `<${value}>{{text}}$&` }, env: { Y: value } }] })
  }))
})

test('what is generated or a password goes to the secrets, the rest to the environment', () => {
  const subject = manifest([{ key: 'a', env: { A: '{{open}}', B: '{{hidden}}', C: '{{made}}', D: 'x{{generated.g}}' } }], {
    parameters: { type: 'object', properties: {
      open: { type: 'integer', title: 'O', default: 3 }, hidden: { type: 'string', title: 'H', format: 'password' },
      made: { type: 'string', title: 'M', generate: { length: 12 } },
    } },
    generated: { g: { length: 8 } },
  })
  expect(valuesToGenerate(subject, {})).toEqual([{ name: 'g', length: 8 }, { name: 'parameter.made', length: 12 }])
  expect(valuesToGenerate(subject, { made: 'mine' })).toEqual([{ name: 'g', length: 8 }])
  expect(resolveManifest(subject, { install: 'x', params: { hidden: 'h' }, generated: { g: 'G', 'parameter.made': 'P' } }))
    .toMatchObject({ ok: true, services: [{ env: { A: '3' }, secrets: { B: 'h', C: 'P', D: 'xG' } }] })
  expect(resolveManifest(subject, { install: 'x', params: {}, generated: {} })).toMatchObject({
    ok: false, problems: [{ pointer: '/generated/g', code: 'value_missing' }, { pointer: '/generated/parameter.made', code: 'value_missing' }],
  })
})

test.each(BUILTIN_MANIFESTS.map((entry) => [entry.id, entry] as const))('the catalogue entry %s is sound and its defaults suffice, where it has them', (_id, entry) => {
  expect(manifestProblems(entry)).toEqual([])
  const params = Object.fromEntries(entry.parameters.required.map((name) => [name, 'x']))
  expect(parameterProblems(entry, params)).toEqual([])
  expect(entry.services.filter((subject) => subject.public)).toHaveLength(1)
})

test('the guestbook creates its Redis first and shares one secret with it', () => {
  const result = resolveManifest(guestbookManifest, { install: 'visitors', params: {}, generated: { redis_password: 'pw' } })
  if (!result.ok) throw new Error('not resolved')
  expect(result.services.map((entry) => [entry.app_name, entry.public])).toEqual([['visitors-redis', false], ['visitors', true]])
  expect(result.services[1]).toMatchObject({ env: { REDIS_HOST: 'visitors-redis.internal', REDIS_PORT: '6379' }, secrets: { REDIS_PASSWORD: 'pw' } })
  expect(result.services[0]?.secrets).toEqual({ REDIS_PASSWORD: 'pw' })
  expect(totalResources(guestbookManifest)).toEqual({ vcpu: 2, memory_mib: 320, disk_mib: 320 })
})
