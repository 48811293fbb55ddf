import { z } from 'zod'
import { PROBLEMS, Problem } from '../../contract/problem.ts'
import type { AnyOperation } from '../../core/operation.ts'

interface JsonSchema { type?: string; properties?: Record<string, JsonSchema>; required?: string[]; description?: string; additionalProperties?: unknown }

const schemaOf = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema & { $schema?: string }
  return rest
}

const PUBLIC_FAULTS = [400, 401, 403, 404, 409, 422, 429, 500] as const

const describe = (op: AnyOperation) => {
  const { properties = {}, required = [], ...rest } = schemaOf(op.input)
  const inPath = [...(op.rest?.path.matchAll(/\{(\w+)\}/g) ?? [])].map((m) => m[1] ?? '')
  const fields = op.scope === 'org' ? { organization_id: { type: 'string', description: 'Needed when you belong to several organizations' } as JsonSchema, ...properties } : properties
  const others = Object.entries(fields).filter(([name]) => !inPath.includes(name))
  const parameters = inPath.map((name) => ({ name, in: 'path', required: true, schema: fields[name] ?? { type: 'string' } }))
  const asQuery = op.rest?.method === 'GET' || op.rest?.method === 'DELETE'
  const query = asQuery ? others.map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema, ...(schema.type === 'object' ? { style: 'deepObject', explode: true } : {}) })) : []
  const status = String(op.rest?.status ?? 200)
  return {
    operationId: op.name, summary: op.summary, tags: [op.rest?.tag ?? 'Other'],
    ...(op.scope === 'public' ? { security: [] } : {}), ...(op.permission ? { 'x-permission': op.permission } : {}),
    parameters: [...parameters, ...query],
    ...(asQuery || others.length === 0 ? {} : {
      requestBody: { required: required.some((r) => !inPath.includes(r)), content: { 'application/json': { schema: { ...rest, properties: Object.fromEntries(others), required: required.filter((r) => !inPath.includes(r)) } } } },
    }),
    responses: {
      [status]: 'contentType' in op ? { description: 'The file', content: { [String(op.contentType)]: { schema: { type: 'string', format: 'binary' } } } } : status === '204' ? { description: 'Done' } : { description: 'Done', content: { 'application/json': { schema: schemaOf(op.output) } } },
      ...Object.fromEntries(PUBLIC_FAULTS.map((s) => [String(s), { $ref: '#/components/responses/problem' }])),
    },
  }
}

/** OpenAPI 3.1 document of every operation that has a REST route. */
export const openApi = (operations: readonly AnyOperation[]) => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const op of operations) {
    if (!op.rest) continue
    const path = `/v1${op.rest.path}`
    paths[path] = { ...paths[path], [op.rest.method.toLowerCase()]: describe(op) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'ShellWeGo API', version: '1.0.0', description: 'Deploy and bill microVM apps. Errors are RFC 9457 problem documents with a stable `code`.' },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      responses: { problem: { description: 'What went wrong and what to do', content: { 'application/problem+json': { schema: schemaOf(Problem) } } } },
      schemas: { ProblemCode: { type: 'string', enum: Object.keys(PROBLEMS) } },
    },
  }
}
