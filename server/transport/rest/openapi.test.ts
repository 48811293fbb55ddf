import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { composites, files, operations } from '../../compose.ts'
import { PROBLEMS } from '../../contract/problem.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { openApi } from './openapi.ts'

interface Content { schema: object; example?: unknown }
interface Described {
  operationId: string; summary: string; tags: string[]
  parameters: { $ref?: string; name?: string; in?: string; required?: boolean; schema?: object; example?: unknown }[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { $ref?: string; description?: string; headers?: Record<string, { $ref: string }>; content?: Record<string, Content> }>
}
const all = [...operations, ...composites, ...files] as unknown as readonly AnyOperation[]
const document = openApi(all)
const described: { route: string; method: string; op: Described }[] = Object.entries(document.paths).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, op]) => ({ route, method, op })))
const SNAPSHOT = path.resolve('docs/api/openapi.json')

/** As a schema compiler sees it: our own vocabulary words and formats are notes, not rules. */
const ajv = new Ajv2020({ strict: false, validateFormats: false })

test('every operation with a route is described exactly once, and nothing else is', () => {
  const routed = all.filter((o) => o.rest).map((o) => `${o.name} ${o.rest?.method.toLowerCase()} /v1${o.rest?.path}`)
  expect(described.map((d) => `${d.op.operationId} ${d.method} ${d.route}`).sort()).toEqual(routed.sort())
})

const resolve = (ref: string): unknown => ref.slice(2).split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner)))
}

test('it has the form of OpenAPI 3.1, and every reference leads somewhere', () => {
  expect(document.openapi).toBe('3.1.0')
  expect([...new Set(refsIn(document))].filter((ref) => !ref.startsWith('#/components/') || resolve(ref) === undefined)).toEqual([])
  for (const { route, op } of described) {
    const inPath = [...route.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
    expect(op.parameters.filter((p) => p.in === 'path').map((p) => p.name), op.operationId).toEqual(inPath)
    expect(new Set(op.parameters.map((p) => p.$ref ?? `${p.in} ${p.name}`)).size, op.operationId).toBe(op.parameters.length)
    expect(op.parameters.filter((p) => p.in === 'path' && !p.required), op.operationId).toEqual([])
    expect(op.summary.length, op.operationId).toBeGreaterThan(3)
    expect(Object.keys(op.responses).filter((s) => /^2/.test(s)), op.operationId).toHaveLength(all.find((o) => o.name === op.operationId)?.rest?.other ? 2 : 1)
    for (const response of Object.values(op.responses)) expect(response.$ref !== undefined || typeof response.description === 'string').toBe(true)
  }
})

test('every group of routes is explained', () => {
  expect(document.tags.filter((tag) => !tag.description).map((tag) => tag.name)).toEqual([])
  expect(described.filter((d) => d.op.tags.some((t) => !document.tags.some((tag) => tag.name === t))).map((d) => d.op.operationId)).toEqual([])
})

test('every status an error code has is described, with each of its codes as an example', () => {
  for (const [code, [status]] of Object.entries(PROBLEMS)) {
    const response = document.components.responses[`Problem${status}`]
    expect(Object.keys(response?.content['application/problem+json'].examples ?? {}), code).toContain(code)
  }
})

test('every schema in it compiles, and every example fits its schema', () => {
  const wrong: string[] = []
  const check = (what: string, schema: object, example: unknown): void => {
    if (!ajv.validate(schema, example)) wrong.push(`${what}: ${ajv.errorsText()} in ${JSON.stringify(example)}`)
  }
  for (const { op } of described) {
    for (const { name, schema, example } of op.parameters) {
      if (schema) ajv.compile(schema)
      if (schema && example !== undefined) check(`${op.operationId} ${name}`, schema, example)
    }
    for (const { schema, example } of Object.values(op.requestBody?.content ?? {})) check(`${op.operationId} request`, schema, example)
    for (const [status, response] of Object.entries(op.responses)) {
      const json = response.content?.['application/json']
      if (json) check(`${op.operationId} ${status}`, json.schema, json.example)
    }
  }
  expect(wrong).toEqual([])
}, 60_000)

test('what changes a spec says so: If-Match on every PUT and PATCH of one', () => {
  const without = described.filter((d) => (d.method === 'patch' || d.method === 'put') && !d.op.parameters.some((p) => p.$ref?.endsWith('/IfMatch')))
  expect(without.map((d) => d.op.operationId)).toEqual([])
})

test('whatever wants If-Match can be read: a GET of the same path, or of the one above, says the version', () => {
  const changes = all.filter((o) => o.ifMatch && o.rest)
  const reads = new Set(all.filter((o) => o.rest?.method === 'GET' && o.etag).map((o) => o.rest?.path))
  const readable = (route: string): boolean => reads.has(route) || reads.has(route.replace(/\/[^/]*$/, ''))
  expect(changes.filter((o) => !readable(o.rest?.path ?? '') || !o.etag).map((o) => o.name)).toEqual([])
  expect(changes.length).toBeGreaterThan(15)
})

test('a required query parameter is said to be required', () => {
  const estimate = described.find((d) => d.op.operationId === 'prices.estimate')
  expect(estimate?.op.parameters.filter((p) => p.required && p.in === 'query').map((p) => p.name)).toContain('vcpu')
})

test('the checked-in document is this one; SHELLWEGO_UPDATE_SNAPSHOTS=1 writes it anew', () => {
  const text = `${JSON.stringify(document, null, 1)}\n`
  if (process.env.SHELLWEGO_UPDATE_SNAPSHOTS === '1') {
    mkdirSync(path.dirname(SNAPSHOT), { recursive: true })
    writeFileSync(SNAPSHOT, text)
  }
  expect(readFileSync(SNAPSHOT, 'utf8') === text, 'docs/api/openapi.json is behind the operations').toBe(true)
})
