import { PROBLEMS } from '../../../contract/problem.ts'
import type { openApi } from '../openapi.ts'
import type { JsonSchema } from '../openapi-schema.ts'
import { code, escape, prose } from './html.ts'

type Document = ReturnType<typeof openApi>
interface Content { schema: JsonSchema; example?: unknown }
interface Parameter { $ref?: string; name?: string; in?: string; required?: boolean; description?: string; schema?: JsonSchema; example?: unknown }
interface Described {
  operationId: string; summary: string; description?: string; deprecated?: boolean; tags: string[]; security?: unknown[]
  parameters: Parameter[]; requestBody?: { content: Record<string, Content> }
  responses: Record<string, { $ref?: string; description?: string; content?: Record<string, Content> }>
}
interface Route { method: string; path: string; op: Described }

const idOf = (op: Described): string => op.operationId.replaceAll('.', '-')

const typeOf = (schema: JsonSchema): string => {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ')
  if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`
  if (schema.format === 'date-time') return 'time'
  return Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type ?? 'any'
}

interface Field { name: string; schema: JsonSchema; required: boolean }
const objectOf = (schema: JsonSchema): JsonSchema | undefined =>
  schema.properties ? schema : schema.type === 'array' && schema.items ? objectOf(schema.items) : (schema.anyOf ?? schema.oneOf)?.map(objectOf).find((s) => s !== undefined)

const DEPTH = 3
const fieldsIn = (schema: JsonSchema, prefix = '', depth = 0): Field[] => {
  const object = objectOf(schema)
  if (!object || depth === DEPTH) return []
  return Object.entries(object.properties ?? {}).flatMap(([name, inner]) => [
    { name: `${prefix}${name}`, schema: inner, required: object.required?.includes(name) ?? false }, ...fieldsIn(inner, `${prefix}${name}.`, depth + 1),
  ])
}

const row = ({ name, schema, required }: Field, asked: boolean): string =>
  `<tr><td><code>${escape(name)}</code>${asked && required ? ' <small>needed</small>' : ''}</td><td><span class="muted">${escape(typeOf(schema).slice(0, 400))}</span>${schema.default === undefined ? '' : ` <small>default ${escape(JSON.stringify(schema.default))}</small>`}${schema.description ? `<br>${prose(schema.description)}` : ''}</td></tr>`
const table = (fields: Field[], asked: boolean): string =>
  (fields.length === 0 ? '' : `<table><tr><th>Field</th><th>What it is</th></tr>${fields.map((f) => row(f, asked)).join('')}</table>`)

/** `filter` is one field of the schema and many of the address. */
const flattened = ({ name, schema, required }: Field): Field[] => {
  if (schema.type !== 'object' || !schema.properties) return [{ name, schema, required }]
  return Object.entries(schema.properties).flatMap(([key, inner]) => flattened({ name: `${name}[${key}]`, schema: inner, required: false }))
}

const exampleFor = (op: Described, name: string): string => {
  const example = op.parameters.find((p) => p.in === 'path' && p.name === name)?.example
  return typeof example === 'string' ? example : name
}

const curlOf = ({ method, path, op }: Route, origin: string): string => {
  const url = `${origin}${path.replace(/\{(\w+)\}/g, (_, name: string) => exampleFor(op, name))}`
  const search = op.parameters.filter((p) => p.in === 'query' && p.required).map((p) => `${p.name}=…`).join('&')
  const refs = op.parameters.map((p) => p.$ref ?? '')
  const body = op.requestBody?.content['application/json']?.example
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} '${url}${search ? `?${search}` : ''}'`, ...(op.security ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(refs.some((r) => r.endsWith('/IfMatch')) ? ['-H "If-Match: $ETAG"'] : []), ...(refs.some((r) => r.endsWith('RequiredIdempotencyKey')) ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ')
}

const faults = (op: Described): string => {
  const statuses = Object.keys(op.responses).map(Number).filter((s) => s >= 400)
  const codes = Object.entries(PROBLEMS).filter(([, [status]]) => statuses.includes(status))
  return `<details><summary>Refusals</summary><ul>${codes.map(([name, [status, title]]) => `<li>${status} <a href="/docs/problems/${name}"><code>${name}</code></a> ${escape(title)}</li>`).join('')}</ul></details>`
}

const article = (route: Route, origin: string): string => {
  const { method, path, op } = route
  const asked = op.parameters.filter((p) => p.name && p.in !== 'header').flatMap((p) => flattened({ name: p.name ?? '', schema: { ...(p.schema ?? {}), ...(p.description ? { description: p.description } : {}) }, required: p.required ?? false }))
  const body = op.requestBody?.content['application/json']
  const [status, answer] = Object.entries(op.responses).find(([s]) => s.startsWith('2')) ?? ['200', {}]
  const json = answer.content?.['application/json']
  const find = `${method} ${path} ${op.summary} ${op.operationId} ${op.tags.join(' ')}`.toLowerCase()
  return `<article class="route" id="${idOf(op)}" data-find="${escape(find)}"><h3><a href="#${idOf(op)}">${escape(op.summary)}</a></h3>
<p class="line"><span class="m ${method}">${method}</span><code>${escape(path)}</code></p>${op.deprecated ? '<p class="old">Deprecated.</p>' : ''}${op.description ? `<p class="muted">${prose(op.description)}</p>` : ''}
${asked.length > 0 ? `<h4>Parameters</h4>${table(asked, true)}` : ''}${body ? `<h4>Body</h4>${table(fieldsIn(body.schema), true)}` : ''}
${code(curlOf(route, origin), `the request ${op.operationId}`)}
<details><summary>Answer ${status}</summary>${json ? `${table(fieldsIn(json.schema), false)}${code(JSON.stringify(json.example, null, 2), `the answer of ${op.operationId}`)}` : '<p class="muted">No JSON body.</p>'}</details>${faults(op)}</article>`
}

const INTRO = `<p>Base path <code>/v1</code>. Send and read JSON in UTF-8. The whole as a machine reads it: <a href="/v1/openapi.json">OpenAPI 3.1</a>.</p>
<h2 id="authentication">Authentication</h2><p>Send <code>Authorization: Bearer &lt;token&gt;</code>. <code>POST /v1/auth/token</code> gives one for 24 hours; personal tokens (<code>pat_</code>) and those of service accounts (<code>sat_</code>) are made in the console.
Which organization is meant: <code>organization_id</code>, else the header <code>ShellWeGo-Organization</code>, else your only one.</p>
<h2 id="errors">Errors</h2><p>Errors are problem documents (RFC 9457) with a stable <code>code</code>, the <code>request_id</code> and all faults at once, each with an RFC 6901 pointer. What is not yours is not found. <a href="/docs/problems">All codes</a>.</p>
<h2 id="lists">Lists</h2><p><code>limit</code> (1 to 100) and <code>cursor</code>, the <code>next_cursor</code> of the answer before; the header <code>Link</code> leads to the next page. <code>sort=-created_at,name</code> (or <code>created_at:desc,name:asc</code>),
<code>filter[status]=running,stopped</code>, <code>filter[q]=words</code>, <code>filter[created_at][gte]=2026-01-01</code>, <code>include=…</code>. What is not known comes last. A cursor belongs to its filter, order and organization.</p>
<h2 id="writes">Changes</h2><p>Commands of signed-in callers take <code>Idempotency-Key</code>: the same key and body give the first answer again (<code>Idempotent-Replayed: true</code>) for two days. What changes a spec needs <code>If-Match</code> with the <code>ETag</code> of what you read.
Reads take <code>If-None-Match</code>.</p><h2 id="limits">Rate limits</h2><p>Per token, and three times that per organization, by plan. Every answer says what is left (<code>X-RateLimit-*</code>, <code>RateLimit</code>); 429 says when to come back (<code>Retry-After</code>).</p>
<table><tr><th>Plan</th><th>At once / a minute</th></tr><tr><td>Free, development, no token</td><td>20 / 100</td></tr><tr><td>Starter</td><td>50 / 1,000</td></tr><tr><td>Growth</td><td>100 / 5,000</td></tr><tr><td>Enterprise</td><td>500 / 50,000</td></tr></table>`

const routesOf = (document: Document): Route[] => Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, op]) => ({ method: method.toUpperCase(), path, op })))

/** The reference, made from the OpenAPI document and nothing else. */
export const referenceBody = (document: Document, name: string, origin: string): string => {
  const routes = routesOf(document)
  const groups = document.tags.map((tag) => ({ ...tag, id: `group-${tag.name.toLowerCase().replaceAll(/\W+/g, '-')}`, routes: routes.filter((r) => r.op.tags.includes(tag.name)) })).filter((g) => g.routes.length > 0)
  const link = ({ method, op }: Route): string => `<li data-find="${escape(`${op.summary} ${op.operationId} ${method}`.toLowerCase())}"><a href="#${idOf(op)}"><span class="m ${method}">${method}</span><span>${escape(op.summary)}</span></a></li>`
  const menu = groups.map((g) => `<h2><a href="#${g.id}">${escape(g.name)}</a></h2><ul>${g.routes.map(link).join('')}</ul>`).join('')
  const sections = groups.map((g) => `<section class="group" aria-labelledby="${g.id}"><h2 id="${g.id}">${escape(g.name)}</h2><p class="muted">${prose(g.description ?? '')}</p>${g.routes.map((r) => article(r, origin)).join('')}</section>`).join('')
  return `<div class="page"><nav aria-label="Routes"><input type="search" placeholder="Search routes ( / )" aria-label="Search routes">${menu}</nav><main id="content"><h1>${escape(name)} API</h1>${INTRO}${sections}<p class="none" hidden>No route matches. Try another word.</p></main></div>`
}
