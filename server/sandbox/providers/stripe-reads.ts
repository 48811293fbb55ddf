/** What the sandbox Stripe shows: single objects with expansion, and lists newest first. */
import type { Call, Reply } from './http.ts'
import { fault, missing, ok } from './stripe-replies.ts'
import { currentSession } from './stripe-state.ts'
import { publicObject } from './stripe-objects.ts'
import type { StripeWorld } from './stripe-world.ts'

type Row = Readonly<Record<string, unknown>>

const shelfNames = {
  'checkout/sessions': 'sessions', payment_intents: 'intents', setup_intents: 'setups', payment_methods: 'methods', customers: 'customers', charges: 'charges',
  refunds: 'refunds', disputes: 'disputes', payouts: 'payouts', events: 'events', balance_transactions: 'balanceTransactions',
  transfers: 'transfers', application_fees: 'applicationFees',
} as const
type Kind = keyof typeof shelfNames
const isKind = (kind: string): kind is Kind => kind in shelfNames

const PREFIXES: ReadonlyArray<readonly [string, Kind]> = [
  ['cs_', 'checkout/sessions'], ['pi_', 'payment_intents'], ['seti_', 'setup_intents'], ['pm_', 'payment_methods'], ['cus_', 'customers'], ['ch_', 'charges'],
  ['re_', 'refunds'], ['du_', 'disputes'], ['po_', 'payouts'], ['txn_', 'balance_transactions'], ['tr_', 'transfers'], ['fee_', 'application_fees'],
]

async function lookUp(world: StripeWorld, id: string): Promise<object | null> {
  const kind = PREFIXES.find(([prefix]) => id.startsWith(prefix))?.[1]
  return kind === undefined ? null : world[shelfNames[kind]].get(id)
}

async function refundsOf(world: StripeWorld, charge: object): Promise<object> {
  const id: unknown = Reflect.get(charge, 'id')
  const data = (await world.refunds.list()).filter((refund) => refund.charge === id).reverse().map(publicObject)
  return { object: 'list', url: `/v1/charges/${String(id)}/refunds`, has_more: false, data }
}

async function expand(world: StripeWorld, object: object, path: readonly string[]): Promise<object> {
  const [field, ...rest] = path
  if (field === undefined) return object
  const value: unknown = Reflect.get(object, field)
  if (field === 'data' && Array.isArray(value)) return { ...object, data: await Promise.all(value.map((row: object) => expand(world, row, rest))) }
  if (field === 'refunds') return { ...object, refunds: await refundsOf(world, object) }
  const found = typeof value === 'string' ? await lookUp(world, value) : typeof value === 'object' ? value : null
  return found === null ? object : { ...object, [field]: await expand(world, publicObject(found), rest) }
}

function expandPaths(call: Call, body: unknown): string[] {
  const inQuery = [...call.query].filter(([name]) => name.startsWith('expand[')).map(([, value]) => value)
  const inBody = typeof body === 'object' && body !== null ? (Reflect.get(body, 'expand') as unknown) : undefined
  return [...inQuery, ...(Array.isArray(inBody) ? inBody.filter((path) => typeof path === 'string') : [])]
}

/** At most four levels, as the real API allows. */
export async function expandReply(world: StripeWorld, call: Call, body: unknown, reply: Reply): Promise<Reply> {
  if (reply.status !== 200 || typeof reply.body !== 'object' || reply.body === null) return reply
  let object: object = publicObject(reply.body)
  for (const path of expandPaths(call, body)) {
    const parts = path.split('.')
    if (parts.length > 4) return fault(400, 'You cannot expand more than 4 levels of a property.', 'parameter_invalid', 'expand')
    object = await expand(world, object, parts)
  }
  return ok(object)
}

/** Filters that match a field of the same name; the payout of a balance transaction is kept under a name of our own. */
const FILTERS = ['customer', 'payment_intent', 'charge', 'type', 'status', 'currency', 'payout', 'source'] as const

function matches(row: Row, query: URLSearchParams): boolean {
  const since = query.get('created[gte]')
  if (since !== null && Number(row['created']) < Number(since)) return false
  return FILTERS.every((name) => query.get(name) === null || query.get(name) === row[name === 'payout' ? 'sandbox_payout' : name])
}

function pageOf(rows: readonly Row[], query: URLSearchParams, url: string): Reply {
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? '10') || 10))
  const after = query.get('starting_after')
  const from = after === null ? 0 : rows.findIndex((row) => row['id'] === after) + 1
  return ok({ object: 'list', url, has_more: from + limit < rows.length, data: rows.slice(from, from + limit).map(publicObject) })
}

async function list(world: StripeWorld, kind: Kind, query: URLSearchParams): Promise<Reply> {
  const rows = (await world[shelfNames[kind]].list()) as unknown as readonly Row[]
  return pageOf([...rows].reverse().filter((row) => matches(row, query)), query, `/v1/${kind}`)
}

const SEARCH = /^metadata\['([a-z_]+)'\]:'([^']*)'$/

async function searchIntents(world: StripeWorld, query: URLSearchParams): Promise<Reply> {
  const [, name = '', value = ''] = SEARCH.exec(query.get('query') ?? '') ?? []
  if (name === '') return fault(400, 'We were unable to parse your search query.', 'parameter_invalid', 'query')
  const found = (await world.intents.list()).filter((intent) => intent.metadata[name] === value).reverse()
  return ok({ object: 'search_result', url: '/v1/payment_intents/search', has_more: false, next_page: null, data: found.map(publicObject) })
}

async function balance(world: StripeWorld): Promise<Reply> {
  const open = (await world.balanceTransactions.list()).filter((transaction) => transaction.sandbox_payout === null)
  const available = [...Map.groupBy(open, (transaction) => transaction.currency)].map(([currency, rows]) => ({ currency,
    amount: rows.reduce((sum, row) => sum + row.net, 0) }))
  return ok({ object: 'balance', livemode: false, available, pending: [] })
}

async function retrieve(world: StripeWorld, kind: string, id: string): Promise<Reply> {
  if (kind === 'accounts') {
    return /^acct_[A-Za-z0-9]+$/.test(id) ? ok({ id, object: 'account', charges_enabled: !id.endsWith('CLOSED'), payouts_enabled: true,
      type: 'standard' }) : missing('account', id)
  }
  if (!isKind(kind)) return fault(404, `Unrecognized request URL (GET: /v1/${kind}/${id}).`)
  const found = kind === 'checkout/sessions' ? await world.lock(`session:${id}`, () => currentSession(world, id)) : await world[shelfNames[kind]].get(id)
  return found === null ? missing(kind.replace('checkout/sessions', 'checkout.session').replace(/s$/, ''), id) : ok(found)
}

export async function readStripe(world: StripeWorld, call: Call): Promise<Reply> {
  const path = call.path.replace(/^\/v1\//, '')
  if (path === 'balance') return balance(world)
  if (path === 'payment_intents/search') return searchIntents(world, call.query)
  if (isKind(path)) return list(world, path, call.query)
  const single = /^(.+)\/([^/]+)$/.exec(path)
  return single === null ? fault(404, `Unrecognized request URL (GET: ${call.path}).`) : retrieve(world, single[1] ?? '', single[2] ?? '')
}
