import type { CompositeOperation } from '../../core/composite.ts'
import { keepsAnswer, type AnyOperation } from '../../core/operation.ts'
import { COMMON, HEADERS, headersOf, PARAMETERS, parametersOf, PROBLEM_RESPONSES, SCHEMAS, TAGS, type HeaderName, type ParameterName } from './openapi-parts.ts'
import { exampleOf, schemaOf, type JsonSchema } from './openapi-schema.ts'

const ORGANIZATION: JsonSchema = { type: 'string', description: 'Needed when you belong to several organizations' }

interface Fields { inPath: [string, JsonSchema][]; others: [string, JsonSchema][]; required: string[]; rest: JsonSchema }

const fieldsOf = (op: AnyOperation): Fields => {
  const { properties = {}, required = [], ...rest } = schemaOf(op.input, 'input')
  const pathNames = [...(op.rest?.path.matchAll(/\{(\w+)\}/g) ?? [])].map((m) => m[1] ?? '')
  const fields: Record<string, JsonSchema> = op.scope === 'org' ? { organization_id: ORGANIZATION, ...properties } : properties
  return {
    inPath: pathNames.map((name) => [name, fields[name] ?? { type: 'string' }]), others: Object.entries(fields).filter(([name]) => !pathNames.includes(name)),
    required: required.filter((name) => !pathNames.includes(name)), rest,
  }
}

const isRead = (op: AnyOperation): boolean => op.rest?.method === 'GET'
const sendsBody = (op: AnyOperation, { others }: Fields): boolean => op.rest?.method !== 'GET' && op.rest?.method !== 'DELETE' && others.length > 0
const isList = (op: AnyOperation): boolean => 'output' in op && 'pagination' in (schemaOf(op.output, 'output').properties ?? {})
const replays = (op: AnyOperation | CompositeOperation): boolean => (op.kind === 'composite' ? op.keepsAnswer === true : keepsAnswer(op))

const headerParameters = (op: AnyOperation): ParameterName[] => [
  ...(op.scope === 'org' ? ['Organization'] as const : []), ...(op.rest?.keyed ? ['RequiredIdempotencyKey'] as const : replays(op) ? ['IdempotencyKey'] as const : []),
  ...(op.ifMatch ? ['IfMatch'] as const : []), ...(isRead(op) && 'output' in op ? ['IfNoneMatch'] as const : []), 'RequestId',
]

const queryParameter = (name: string, schema: JsonSchema, required: boolean) => ({
  name, in: 'query', required, ...(schema.description ? { description: schema.description } : {}), schema,
  // Written filter[name]=value and filter[name][gte]=value.
  ...(schema.type === 'object' ? { style: 'deepObject', explode: true } : {}),
})

const requestBody = ({ others, required, rest }: Fields, route: AnyOperation['rest']) => {
  const schema: JsonSchema = { ...rest, properties: Object.fromEntries(others), required }
  const inList = (route?.list === undefined ? undefined : schema.properties?.[route.list]) ?? schema
  const also = Object.entries(route?.alsoTypes ?? {}).map(([type, holds]) => [type, { schema: holds === 'list' ? inList : schema, example: exampleOf(holds === 'list' ? inList : schema, '', false) }])
  return { required: required.length > 0, content: { 'application/json': { schema, example: exampleOf(schema, '', false) }, ...Object.fromEntries(also) as object } }
}

const answerHeaders = (op: AnyOperation): HeaderName[] => [
  ...COMMON, ...((isRead(op) && 'output' in op) || op.etag ? ['ETag'] as const : []), ...(isList(op) || op.deprecated ? ['Link'] as const : []), ...(replays(op) ? ['Idempotent-Replayed'] as const : []),
  ...(op.deprecated ? ['Deprecation', 'Sunset'] as const : []),
]

const success = (op: AnyOperation) => {
  const headers = headersOf(answerHeaders(op))
  if ('contentType' in op) return { description: 'The file', headers, content: { [String(op.contentType).split(';', 1)[0] ?? '']: { schema: { type: 'string', format: 'binary' } } } }
  if (op.rest?.status === 204) return { description: 'Done', headers }
  const schema = schemaOf(op.output, 'output')
  return { description: op.summary, headers, content: { 'application/json': { schema, example: exampleOf(schema) } } }
}

const faultsOf = (op: AnyOperation, fields: Fields): number[] => [
  400, ...(op.scope === 'public' && !op.rest?.path.startsWith('/auth') ? [] : [401]), 403, 404, 405,
  ...(isRead(op) ? [] : [402, 409, 422]), ...(isRead(op) && fields.others.length > 0 ? [422] : []),
  ...(op.ifMatch ? [412, 428] : []), ...(sendsBody(op, fields) ? [413, 415] : []), 421, 429, 500, 502, 503,
]

const describe = (op: AnyOperation) => {
  const fields = fieldsOf(op)
  const body = sendsBody(op, fields)
  const query = body ? [] : fields.others.map(([name, schema]) => queryParameter(name, schema, fields.required.includes(name)))
  const path = fields.inPath.map(([name, schema]) => ({ name, in: 'path', required: true, schema, example: exampleOf(schema, name) }))
  return {
    operationId: op.name, summary: op.summary, tags: [op.rest?.tag ?? 'Other'],
    ...(op.permission ? { description: `Needs \`${op.permission}\`.`, 'x-permission': op.permission } : op.scope === 'staff' ? { description: 'For the operator only.' } : {}),
    ...(op.deprecated ? { deprecated: true } : {}), ...(op.scope === 'public' ? { security: [] } : {}),
    parameters: [...path, ...query, ...parametersOf(headerParameters(op))],
    ...(body ? { requestBody: requestBody(fields, op.rest) } : {}),
    responses: {
      [String(op.rest?.status ?? 200)]: success(op),
      ...(op.rest?.other ? { [String(op.rest.other.status)]: { ...success(op), description: op.rest.other.description } } : {}),
      ...(isRead(op) && 'output' in op ? { 304: { description: 'You have it already', headers: headersOf([...COMMON, 'ETag']) } } : {}),
      ...Object.fromEntries(faultsOf(op, fields).map((s) => [String(s), { $ref: `#/components/responses/Problem${s}` }])),
    },
  }
}

/** OpenAPI 3.1 document of every operation that has a REST route. */
export const openApi = (operations: readonly AnyOperation[]) => {
  const paths: Record<string, Record<string, ReturnType<typeof describe>>> = {}
  for (const op of operations) {
    if (!op.rest) continue
    const path = `/v1${op.rest.path}`
    paths[path] = { ...paths[path], [op.rest.method.toLowerCase()]: describe(op) }
  }
  const used = new Set(operations.flatMap((op) => (op.rest ? [op.rest.tag] : [])))
  return {
    openapi: '3.1.0',
    info: {
      title: 'ShellWeGo API', version: '1.0.0', license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
      description: 'Deploy and bill microVM apps. Errors are RFC 9457 problem documents with a stable `code`; each code has a page of its own.',
    },
    servers: [{ url: '/', description: 'The console\'s own host' }],
    security: [{ bearer: [] }],
    tags: [...new Set([...Object.keys(TAGS).filter((tag) => used.has(tag)), ...used])]
      .map((name) => ({ name, ...(TAGS[name] ? { description: TAGS[name] } : {}) })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of `POST /v1/auth/token` (`sess_`, 24 hours), a personal access token (`pat_`) or one of a service account (`sat_`).' },
      },
      headers: HEADERS, parameters: PARAMETERS, responses: PROBLEM_RESPONSES, schemas: SCHEMAS,
    },
  }
}
