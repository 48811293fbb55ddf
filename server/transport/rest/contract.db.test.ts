import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { composites, files, operations, sandboxComposites, sandboxOperations } from '../../compose.ts'
import type { Actor } from '../../core/context.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { closeDuePeriods } from '../../domain/billing/index.ts'
import { makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi, type Answer } from '../../testing/api.ts'
import { makeEstate, makeMember } from '../../testing/estate.ts'
import { idFieldOf } from '../../testing/refusals/examples.ts'
import { withRuntime } from '../../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_740, PORT: 21_741 })
const api = withApi()

interface Content { schema: object; example?: Record<string, unknown> }
interface Response { $ref?: string; headers?: Record<string, unknown>; content?: Record<string, Content> }
interface Described {
  operationId: string
  parameters: { $ref?: string; name?: string; in?: string; required?: boolean; schema?: object }[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, Response>
}
interface Route { method: string; route: string; op: Described; operation: AnyOperation }

const all = [...operations, ...sandboxOperations, ...composites, ...sandboxComposites, ...files] as unknown as readonly AnyOperation[]
/** Formats are checked by patterns; numbers beyond what JSON can hold are not. */
const ajv = new Ajv2020({ strict: false, validateFormats: false })
let document: { paths: Record<string, Record<string, Described>>; components: { responses: Record<string, Response> } }
let ids: Record<string, string>
let organizationName = ''
/** What a route answered when it made something: the ids of the routes below it. */
const created: Record<string, string> = {}
let people: Record<'user' | 'org' | 'staff', Actor>

beforeAll(async () => {
  const { owner, orgId, marker, ids: made } = await makeEstate()
  const member = await makeMember(orgId, 'admin')
  // The estate's subscription is in a period that is over: changes wait until it is closed.
  await closeDuePeriods(runtime().clock.now())
  people = { user: owner.actor, org: owner.actor, staff: (await makeUser({ staff: true })).actor }
  document = (await api.ask('GET', '/v1/openapi.json')).body as unknown as typeof document
  ids = { ...made, user_id: member.actor.type === 'user' ? member.actor.userId : '', session_id: 'sid_none', provider: 'stripe', name: 'KEY' }
  organizationName = `${marker} Ltd`
}, 60_000)

const routes = (): Route[] => Object.entries(document.paths).flatMap(([route, methods]) => Object.entries(methods).map(([method, op]) => {
  const operation = all.find((o) => o.name === op.operationId)
  if (!operation) throw new Error(`${op.operationId} is described and not there`)
  return { method: method.toUpperCase(), route, op, operation }
}))

/** Names that must be new, and words a schema cannot know. */
let made = 0
const fresh = (): Record<string, unknown> => {
  made += 1
  return { name: `made-${made}`, email: `made-${made}@example.com`, hostname: `made-${made}.example.com`, invoice_prefix: `MAD${made}` }
}
const inAMonth = () => ({ until: new Date(Date.now() + 30 * 86_400_000).toISOString() })
const SPECIAL: Record<string, () => Record<string, unknown>> = {
  'usage.ingest': () => ({ id: `made-${++made}`, type: 'estate_users', data: { user: 'ada' } }), 'usage.export': () => ({ meter: 'egress_bytes' }),
  'prices.estimate': () => ({ vcpu: '1', memory_mib: '128' }), 'secrets.set': () => ({ value: 'x' }), 'secrets.create': () => ({ name: `MADE_${++made}`, value: 'x' }),
  'secrets.import': () => ({ text: 'A=b' }), 'secrets.update': () => ({ expires_at: null }),
  'invitations.create': () => ({ role: 'viewer' }), 'sso.save': () => ({ client_secret: 'x' }),
  'domains.update': () => ({ paths: [{ path: '/made', app_id: ids.app_id, strip_prefix: false }], redirect: null }), 'sandbox.set_dns_record': () => ({ name: 'made.example.com', type: 'TXT', values: ['x'] }),
  'members.leave': () => ({ name: organizationName }), 'organizations.delete': () => ({ name: organizationName }),
  'billing.preview': () => ({ period: { start: '2026-11-01', end: '2026-12-01' } }),
  'admin.journal': () => ({ from: '2026-11-01', to: '2026-12-01' }), 'subscription.change': () => ({ anchor: 'anniversary', when: 'period_end' }), 'admin.apply_tax_preset': () => ({ country: 'KE' }),
  'plans.publish_price': () => ({ currency: 'USD', price: '5', charges: [] }), 'billing.set_tax_profile': () => ({ tax_id: '01234567-0001' }),
  'admin.update_legal_entity': () => ({ tax_id: '01234567-0001', clearance_service_id: null, archived: false }), 'admin.end_tax_rate': () => ({ active_to: '2099-01-01' }),
  'admin.set_org_tax_profile': () => ({ exempt: false }),
  'admin.import_statement': () => ({ content: 'Date,Amount,Text\n2026-01-03,2.00,made\n' }), 'admin.preview_statement': () => ({ content: 'Date,Amount,Text\n2026-01-03,2.00,made\n' }),
  'admin.update_bank_account': () => ({ mapping: { delimiter: ',', skip_rows: 0, date_format: 'YYYY-MM-DD', decimal_mark: '.', columns: { date: 'Date', amount: 'Amount', text: ['Text'] } } }),
  'admin.update_transfer_account': () => ({ bic: 'DEUTDEFF500', account_number: '0123456789' }),
  'admin.pause_dunning': inAMonth, 'admin.unsuspend_organization': inAMonth,
  'invoices.pay': () => ({ provider: 'stripe' }), 'sandbox.complete_checkout': () => ({ outcome: 'success' }), 'sandbox.act': () => ({ reference: 'none' }),
  'backup_targets.create': () => ({ endpoint: 'https://s3.example.com' }), 'admin.set_backup_target': () => ({ endpoint: 'https://s3.example.com' }),
  'volumes.detach': () => ({ force: true }), 'volumes.resize': () => ({ size: '128m' }),
  'autoscaling.set': () => ({ max: 3, targets: { cpu_percent: 60 } }),
  'brands.update': () => ({ name: 'Renamed' }), 'webhooks.create': () => ({ url: 'https://hooks.example.com/in', events: ['*'] }),
  'log_drains.create': () => ({ name: 'Ours', kind: 'http', url: 'https://hooks.example.com/in', app_id: ids.app_id }),
  'installs.create': () => ({ parameters: { name: 'x' } }),
}

const questionFor = ({ op, operation, route, method }: Route) => {
  const example = op.requestBody?.content['application/json']?.example ?? {}
  const changes = Object.fromEntries(Object.entries({ ...fresh() }).filter(([name]) => name in example))
  const special = SPECIAL[op.operationId]?.() ?? {}
  const known = Object.fromEntries(Object.keys(example).filter((name) => ids[name]).map((name) => [name, ids[name]]))
  const body = { ...example, ...known, ...changes, ...(op.requestBody ? special : {}), ...(op.requestBody && operation.scope === 'org' && !route.includes('{organization_id}') ? { organization_id: ids.organization_id } : {}) }
  const search = new URLSearchParams(op.requestBody ? {} : Object.entries(special).map(([k, v]) => [k, String(v)]))
  for (const p of op.parameters) if (p.in === 'query' && p.required && p.name && !search.has(p.name)) search.set(p.name, ids[p.name] ?? (p.name === 'metric' ? 'cpu' : p.name === 'currency' ? 'USD' : ''))
  if (!op.requestBody && operation.scope === 'org' && !route.includes('{organization_id}')) search.set('organization_id', ids.organization_id ?? '')
  const path = route.replace(/\{(\w+)\}/g, (_, name: string, at: number) => encodeURIComponent(created[route.slice(0, at - 1)] ?? ids[idFieldOf(op.operationId, name)] ?? `none_${name}`))
  return { url: `${path}${search.size > 0 ? `?${search}` : ''}`, ...(op.requestBody ? { body } : {}), method }
}

const compiled = new Map<object, ValidateFunction>()
const validator = (schema: object): ValidateFunction => {
  const known = compiled.get(schema) ?? ajv.compile({ ...schema, components: document.components })
  compiled.set(schema, known)
  return known
}
const responseOf = (op: Described, status: number): Response | undefined => {
  const found = op.responses[String(status)]
  return found?.$ref ? document.components.responses[found.$ref.split('/').at(-1) ?? ''] : found
}

/** What an answer says that the document does not, and the other way round. */
const differences = (op: Described, answer: Answer): string[] => {
  const response = responseOf(op, answer.status)
  if (!response) return [`${answer.status} is not described: ${answer.text.slice(0, 300)}`]
  const type = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  if (answer.text === '') return response.content ? ['the described body is missing'] : []
  const content = response.content?.[type]
  if (!content) return response.content || type !== '' ? [`${type} is not described`] : []
  if (!type.endsWith('json')) return []
  const validate = validator(content.schema)
  return validate(answer.body) ? [] : [`${answer.status}: ${ajv.errorsText(validate.errors)} in ${answer.text.slice(0, 300)}`]
}
const OPTIONAL_HEADERS = new Set(['link', 'idempotent-replayed', 'deprecation', 'sunset', 'retry-after', 'etag', 'allow'])
const missingHeaders = (op: Described, answer: Answer): string[] =>
  Object.keys(responseOf(op, answer.status)?.headers ?? {}).map((h) => h.toLowerCase())
    .filter((h) => !OPTIONAL_HEADERS.has(h) && answer.headers[h] === undefined)

const etagOf = async (token: string | undefined, url: string): Promise<string> => (await api.ask('GET', url.replace(/\/settings(\?|$)/, '$1'), token ? { token } : {})).headers.etag ?? '*'

/** What cannot succeed with what a schema alone can say, and how it is refused then. */
const REFUSED: Record<string, number> = {
  // Codes and links that only a mail, an authenticator or a device knows.
  'auth.create_token': 401, 'auth.confirm_totp': 422, 'auth.confirm_email_change': 422, 'auth.undo_email_change': 422, 'auth.verify_email': 422, 'auth.reset_password': 422,
  'auth.poll_device': 400, 'invitations.preview': 422, 'invitations.accept': 422, 'invitations.sign_up': 422, 'setup.create_operator': 409,
  // Nobody gave up a domain.
  'admin.release_hostname': 404,
  'pay_links.get': 404, 'pay_links.pdf': 404, 'pay_links.receipt': 404, 'pay_links.check': 404, 'pay_links.pay': 404,
  // No authority signed the certificate of the examples.
  'domains.upload_certificate': 422, 'sandbox.delete_dns_record': 400, 'domains.remove_certificate': 404,
  // Another deployment has taken its place; no release of a new app has served.
  'deployments.cancel': 409, 'deployments.promote': 409, 'apps.rollback': 422,
  // States the estate is not in.
  'sso.enforce': 409, 'apps.restart': 409, 'apps.wake': 409, 'organizations.restore': 409, 'members.leave': 409, 'organizations.transfer': 409, 'sandbox.set_clock': 409, 'sso.save': 502, 'auth.remove_totp': 404, 'auth.revoke_session': 404, 'invoices.pay': 422,
  'sandbox.get_checkout': 404, 'sandbox.complete_checkout': 404, 'sandbox.settle_transfer': 404, 'keys.retire': 404,
  // No place for backups is set, none was restored, the one there is failed; nothing was built to upgrade to, and the one upgrade is over.
  'portal_backups.create': 409, 'portal_backups.verify': 409, 'recovery.resume': 409, 'recovery.adopt': 404, 'recovery.remove': 404,
  'nodes.start_upgrade': 409, 'nodes.resume_upgrade': 409, 'nodes.cancel_upgrade': 409,
  // What runs on the estate's node has volumes there.
  'nodes.drain': 409, 'nodes.cancel_drain': 409, 'nodes.delete': 409,
  // No node answers here, so nothing runs to go into.
  'apps.exec': 409, 'terminals.open': 409, 'terminals.renew_ticket': 404, 'terminals.close': 404,
  // The estate's node has another name, and the backup another time.
  'nodes.declare_dead': 422, 'volumes.restore_elsewhere': 422,
  // The restore before it still reads the snapshot.
  'volumes.delete_snapshot': 409,
  // A volume is being made from the backup, and there are backups in the bucket.
  'backups.delete': 409, 'backup_targets.delete': 409,
  // No provider is set up here, and the estate's payments and disputes are over.
  'payment_methods.start_setup': 422, 'payment_accounts.add': 422, 'payment_accounts.update': 404, 'payment_accounts.remove': 404, 'sandbox.act': 409,
  'admin.refund_payment': 409, 'admin.submit_dispute_evidence': 409, 'admin.match_suspense': 409, 'admin.return_suspense': 409, 'admin.accept_proposal': 409, 'admin.retry_clearance': 409, 'volumes.undelete': 409,
  // A cent of it is paid, so not all of it can be taken back.
  'admin.issue_credit_note': 422,
  // Of the one invoice: it is issued already, and once it is written off nothing of it can be taken back.
  'admin.finalise_invoice': 409, 'admin.void_invoice': 409,
  // Whoever asked for an adjustment does not decide it.
  'admin.decide_adjustment': 403,
  // The operator there has no second factor.
  'admin.reset_second_factor': 403,
}

const STEP = { POST: 1, GET: 0, PATCH: 2, PUT: 2, DELETE: 3 } as Record<string, number>
/** These end what the others need. */
const LAST = ['admin.issue_credit_note', 'admin.write_off_invoice', 'admin.void_invoice', 'domains.delete', 'apps.delete', 'members.remove', 'auth.revoke_other_sessions', 'auth.sign_out_everywhere', 'organizations.delete', 'organizations.transfer']
/** What is made goes from above, what is deleted from below. */
const depth = ({ route, method }: Route): number => (route.split('{').length - 1) * (method === 'DELETE' ? -1 : 1)
/** Made by the routes, but what lies below them needs what the estate has. */
const NOT_BELOW = ['organizations.create', 'webhooks.create', 'users.create', 'installs.create', 'volumes.create']
const order = (r: Route): number => (LAST.includes(r.op.operationId) ? 90 + LAST.indexOf(r.op.operationId) : depth(r) + (STEP[r.method] ?? 5) * 10)

describe('every documented route, asked as documented', () => {
  test('is answered as documented', async () => {
    const wrong: string[] = []
    const outcome: Record<string, number> = {}
    for (const one of routes().sort((a, b) => order(a) - order(b))) {
      const { op, operation } = one
      // Of its own: some of the routes end sessions.
      const token = operation.scope === 'public' ? undefined : await tokenOf(people[operation.scope])
      const { url, method, body } = questionFor(one)
      const headers = { ...(operation.ifMatch ? { 'if-match': await etagOf(token, url) } : {}), ...(operation.rest?.keyed ? { 'idempotency-key': `key-${made}` } : {}) }
      const answer = await api.ask(method, url, { headers, ...(token ? { token } : {}), ...(body ? { body } : {}) })
      wrong.push(...[...differences(op, answer), ...missingHeaders(op, answer).map((h) => `header ${h} is missing`)].map((d) => `${op.operationId}: ${d}`))
      outcome[op.operationId] = answer.status
      if (one.route.endsWith('/rotate') && typeof answer.body.id === 'string') created[one.route.replace(/\/\{\w+\}\/rotate$/, '')] = answer.body.id
      else if (answer.status === 201 && typeof answer.body.id === 'string' && !NOT_BELOW.includes(op.operationId)) created[one.route] = answer.body.id
      if (answer.status >= 300 && REFUSED[op.operationId] !== answer.status) wrong.push(`${op.operationId} was refused: ${answer.status} ${answer.text.slice(0, 400)} for ${JSON.stringify(body ?? url)}`)
      if (answer.status < 300 && REFUSED[op.operationId]) wrong.push(`${op.operationId} succeeded`)
    }
    expect(wrong).toEqual([])
    expect(Object.keys(outcome).length).toBeGreaterThan(100)
  }, 120_000)
})
