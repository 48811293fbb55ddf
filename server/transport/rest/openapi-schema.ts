import { z } from 'zod'

export interface JsonSchema {
  type?: string | string[]
  format?: string
  pattern?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  examples?: unknown[]
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  description?: string
  additionalProperties?: unknown
  propertyNames?: JsonSchema
}

/** What a caller sends (`input`), or what an answer holds: nothing but the fields named. */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema & { $schema?: string }
  return rest
}

const ID = '01k3m8q2rt6vxyzabcdefg1'
const PREFIX: Record<string, string> = {
  app_id: 'app', organization_id: 'org', deployment_id: 'dep', install_id: 'ins', instance_id: 'inst', invoice_id: 'inv', credit_note_id: 'cn', invoice_item_id: 'item', adjustment_id: 'adj', legal_entity_id: 'ent', tax_rate_id: 'rate', payment_id: 'pay', node_id: 'node', brand_id: 'brand',
  user_id: 'user', session_id: 'sid', token_id: 'tok', role_id: 'role', service_account_id: 'svc', secret_id: 'sec', webhook_id: 'whk', endpoint_id: 'whe', event_id: 'evt', plan_id: 'plan', price_id: 'price', meter_id: 'meter',
}
const TEXTS: Record<string, string> = {
  email: 'ada@example.com', support_email: 'help@example.com', billing_email: 'billing@example.com', to: 'ada@example.com', password: 'correct horse battery', current_password: 'correct horse battery',
  new_password: 'staple correct horse battery', name: 'hello', legal_name: 'Example Ltd', image: 'builtin/hello:v1', hostname: 'cloud.example.com', host: 'cloud.example.com', country: 'NG',
  invoice_prefix: 'EXA', currency: 'USD', default_currency: 'USD', timezone: 'Africa/Lagos', tax_rate: '0.075', accent: '#2563eb', memory: '256m', cpu: '1', disk: '1g', size: '10g', mount_path: '/data', url: 'https://example.com/hook',
  interval: '5s', timeout: '2s', grace: '60s', value: 'example', address: '10.64.0.2', catalog_id: 'hello', sort: '-created_at', q: 'hello', domain: 'example.com', code: '123456', mfa_code: '123456',
  starter_price: '7.50', price: '3000', plan_key: 'starter', region: 'NG', key: 'team', meter: 'egress_bytes', unit: 'GiB', unit_amount: '3000', meter_units: '1', period: '2026-11', expires_in: '30d', since: '1h', from: '1h', request_id: 'req_01k3m8q2rt6vxyzabcdefg1', description: 'An example', reason: 'Maintenance',
  clearance_service_id: '94ND90NR', prefix: 'EXA', rate: '0.075', quantity: '1',
  issuer: 'https://id.example.com', client_id: 'shellwego', client_secret: 'a-secret-from-your-provider', logo_url: 'data:image/png;base64,iVBORw0KGgo=', cursor: 'WyI2ZjFiIl0.3q2rt6vxyzabcdefg1hjkm',
}

const textFor = (name: string, schema: JsonSchema): string => {
  if (schema.format === 'date-time') return '2026-11-21T12:00:00Z'
  if (schema.format === 'date') return '2026-11-21'
  const prefix = PREFIX[name]
  if (prefix) return `${prefix}_${ID}`
  const known = TEXTS[name]
  if (known !== undefined && fits(known, schema)) return known
  if (schema.format === 'email') return 'ada@example.com'
  if (schema.format === 'uri' || schema.format === 'url') return 'https://example.com'
  if (name.endsWith('_at')) return '2026-11-21T12:00:00Z'
  return ['example', '1', '1.0.0', '10.00', 'EX', 'EXA', 'Example', 'a'.repeat(schema.minLength ?? 1), '123456', 'example_1'].find((text) => fits(text, schema)) ?? 'example'
}

const fits = (text: string, { pattern, minLength = 0, maxLength = Infinity, allOf = [] }: JsonSchema): boolean =>
  text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern).test(text)) && allOf.every((s) => fits(text, s))

const notNull = (schemas: readonly JsonSchema[]): JsonSchema | undefined => schemas.find((s) => s.type !== 'null') ?? schemas[0]

/** A fitting value for a schema; what may be left out is left out of requests (`whole` false). */
export const exampleOf = (schema: JsonSchema, name = '', whole = true): unknown => {
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined && !whole) return schema.default
  if (schema.enum) return schema.enum[0]
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return exampleOf(notNull(choice) ?? {}, name, whole)
  if (schema.allOf && schema.type !== 'string') return Object.assign({}, ...schema.allOf.map((s) => exampleOf(s, name, whole)))
  const type = Array.isArray(schema.type) ? schema.type.find((t) => t !== 'null') : schema.type
  if (type === 'object') return objectExample(schema, whole)
  if (type === 'array') return schema.items && (whole || (schema.minItems ?? 0) > 0) ? [exampleOf(schema.items, name.replace(/s$/, ''), whole)] : []
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return numberFor(schema)
  return type === 'string' ? textFor(name, schema) : {}
}

const numberFor = ({ minimum, exclusiveMinimum }: JsonSchema): number => {
  const least = minimum ?? (exclusiveMinimum === undefined ? 1 : exclusiveMinimum + 1)
  return least < -1_000_000 ? 1 : Math.max(least, 1)
}

const objectExample = ({ properties = {}, required = [], additionalProperties, propertyNames = {} }: JsonSchema, whole: boolean): Record<string, unknown> => {
  const named = Object.entries(properties).filter(([name]) => whole || required.includes(name))
  const values = Object.fromEntries(named.map(([name, inner]) => [name, exampleOf(inner, name, whole)]))
  const open = Object.keys(properties).length === 0 && typeof additionalProperties === 'object' && additionalProperties !== null && whole
  return open ? { [['EXAMPLE', 'example', 'hello'].find((text) => fits(text, propertyNames)) ?? 'a']: exampleOf(additionalProperties, 'value', whole) } : values
}
