/** Firecracker's own description of its API, as a judge of single calls. Stricter than the file says: an unknown field is a fault, as in Firecracker. */
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'

interface Parameter { in: string; required?: boolean; schema?: object }
interface Swagger { paths: Record<string, Record<string, { parameters?: Parameter[] }>>; definitions: Record<string, Record<string, unknown>> }

export interface Operation { path: string; ids: string[]; bodyRequired: boolean; fault: (body: unknown) => string | null }

/** Null: there is no such call. */
export type Judge = (method: string, path: string) => Operation | null

export function openJudge(file: string): Judge {
  const swagger = parse(readFileSync(file, 'utf8')) as Swagger
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { int32: true, int64: true } })
  ajv.addSchema({ $id: 'firecracker', definitions: Object.fromEntries(Object.entries(swagger.definitions).map(([name, schema]) => [name, closed(schema)])) })
  const operations = Object.entries(swagger.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => {
      const body = parameters.find((parameter) => parameter.in === 'body')
      return {
        method: method.toUpperCase(), path, pattern: new RegExp(`^${path.replaceAll(/\{[a-z_]+\}/g, '([A-Za-z0-9_]+)')}$`),
        bodyRequired: body?.required ?? false, check: body?.schema ? ajv.compile(absolute(body.schema)) : null,
      }
    }))
  return (method, path) => {
    for (const operation of operations) {
      const found = operation.method === method ? operation.pattern.exec(path) : null
      if (found) return { path: operation.path, ids: found.slice(1), bodyRequired: operation.bodyRequired, fault: (body) => faultOf(operation.check, body) }
    }
    return null
  }
}

function faultOf(check: ValidateFunction | null, body: unknown): string | null {
  if (check === null) return body === undefined ? null : 'takes no body'
  if (check(body)) return null
  return (check.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`.trim()).join('; ')
}

const closed = (schema: Record<string, unknown>): object =>
  absolute('properties' in schema && !('additionalProperties' in schema) ? { ...schema, format: undefined, additionalProperties: false } : schema)

/** A pattern that stands where a format's name belongs is taken for what it means. */
function absolute<T>(value: T): T {
  if (Array.isArray(value)) return value.map(absolute) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]: [string, unknown]) => {
    if (key === '$ref') return [key, `firecracker${String(inner)}`]
    if (key === 'format' && typeof inner === 'string' && inner.includes('(')) return ['pattern', `^${inner}$`]
    return [key, absolute(inner)]
  })) as T
}
