import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { composites, files, operations } from '../../compose.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeEstate } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { openApi } from './openapi.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_740, PORT: 24_741 })
const api = withApi()

interface Parameter { name: string; in: string; required: boolean; schema: object }
interface Described {
  operationId: string; summary: string; parameters: Parameter[]; requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { $ref?: string; description?: string; content?: Record<string, { schema: object }> }>
}
const all = [...operations, ...composites, ...files] as unknown as readonly AnyOperation[]
const document = openApi(all)
const described = Object.entries(document.paths).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, op]) => ({ route, method, op: op as Described })))
const SNAPSHOT = path.resolve('docs/api/openapi.json')

/** As a schema compiler sees it: our own vocabulary words and formats are notes, not rules. */
const ajv = new Ajv2020({ strict: false, validateFormats: false })
const compile = (schema: object) => ajv.compile(schema)

test('every operation with a route is described exactly once, and nothing else is', () => {
  const routed = all.filter((o) => o.rest).map((o) => `${o.name} ${o.rest?.method.toLowerCase()} /v1${o.rest?.path}`)
  expect(described.map((d) => `${d.op.operationId} ${d.method} ${d.route}`).sort()).toEqual(routed.sort())
})

test('it has the form of OpenAPI 3.1', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  for (const { route, op } of described) {
    const inPath = [...route.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
    expect(op.parameters.filter((p) => p.in === 'path').map((p) => p.name), op.operationId).toEqual(inPath)
    expect(new Set(op.parameters.map((p) => `${p.in} ${p.name}`)).size, op.operationId).toBe(op.parameters.length)
    expect(op.parameters.filter((p) => p.in === 'path' && !p.required), op.operationId).toEqual([])
    expect(op.summary.length, op.operationId).toBeGreaterThan(3)
    expect(Object.keys(op.responses).filter((s) => /^2/.test(s)), op.operationId).toHaveLength(1)
    for (const response of Object.values(op.responses)) expect(response.$ref === '#/components/responses/problem' || typeof response.description === 'string').toBe(true)
  }
})

test('every schema in it compiles', () => {
  for (const { op } of described) {
    for (const { schema } of op.parameters) compile(schema)
    for (const { schema } of Object.values(op.requestBody?.content ?? {})) compile(schema)
    for (const response of Object.values(op.responses)) for (const { schema } of Object.values(response.content ?? {})) compile(schema)
  }
})

test('a required query parameter is said to be required', () => {
  const estimate = described.find((d) => d.op.operationId === 'prices.estimate')
  expect(estimate?.op.parameters.filter((p) => p.required).map((p) => p.name)).toContain('vcpu')
})

test('the checked-in document is this one; SHELLWEGO_UPDATE_SNAPSHOTS=1 writes it anew', () => {
  const text = `${JSON.stringify(document, null, 1)}\n`
  if (process.env.SHELLWEGO_UPDATE_SNAPSHOTS === '1') {
    mkdirSync(path.dirname(SNAPSHOT), { recursive: true })
    writeFileSync(SNAPSHOT, text)
  }
  expect(readFileSync(SNAPSHOT, 'utf8') === text, 'docs/api/openapi.json is behind the operations').toBe(true)
})

test('the portal serves the document', async () => {
  const answer = await api.ask('GET', '/v1/openapi.json')
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.body.paths as object)).toEqual(expect.arrayContaining(Object.keys(document.paths)))
})

test('what is answered is what is described', async () => {
  const { owner, ids } = await makeEstate()
  const token = await tokenOf(owner.actor)
  const wrong: string[] = []
  const reads = described.filter((d) => d.method === 'get' && all.some((o) => o.name === d.op.operationId && o.scope !== 'staff' && 'output' in o))
  for (const { route, op } of reads) {
    const url = route.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name as keyof typeof ids]))
    const samples: Record<string, string> = { vcpu: '1', memory_mib: '128', metric: 'cpu', currency: 'USD' }
    const search = op.parameters.filter((p) => p.in === 'query' && p.required).map((p) => `${p.name}=${samples[p.name] ?? ''}`).join('&')
    const answer = await api.ask('GET', `${url}?${search}`, { token })
    const schema = op.responses['200']?.content?.['application/json']?.schema
    const validate = schema && compile(schema)
    if (answer.status !== 200) wrong.push(`${op.operationId}: ${answer.text}`)
    else if (!validate || !validate(answer.body)) wrong.push(`${op.operationId}: ${JSON.stringify(validate?.errors)}`)
  }
  expect(wrong).toEqual([])
  expect(reads.length).toBeGreaterThan(20)
})

test('a refusal is the described problem document', async () => {
  const validate = compile(document.components.responses.problem.content['application/problem+json'].schema)
  for (const [method, url] of [['GET', '/v1/apps'], ['PUT', '/v1/apps'], ['POST', '/v1/users'], ['GET', '/v1/nothing']] as const) {
    const answer = await api.ask(method, url, method === 'POST' ? { body: { email: 1 } } : {})
    expect([url, validate(answer.body), validate.errors]).toEqual([url, true, null])
  }
})
