/** The sandbox Paystack's REST surface. */
import type { Call, Reply } from './http.ts'
import { bearerOf } from './http.ts'
import { randomId } from './ids.ts'
import type { NewTransaction, PaystackDispute, TransactionObject } from './paystack-objects.ts'
import { publicDispute, publicRefund, publicTransaction } from './paystack-objects.ts'
import type { Order } from './paystack-params.ts'
import { ChargeAuthorization, Deactivation, Evidence, Initialize, PAYSTACK_MINIMUMS, RefundOrder, Resolution } from './paystack-params.ts'
import { duplicate, fault, ok, pageOf, parseBody } from './paystack-replies.ts'
import type { PaystackWorld } from './paystack-state.ts'
import { chargeAuthorization, closeDispute, initialize, isReusable, refund } from './paystack-state.ts'

export type PaystackRouteOptions = { readonly world: PaystackWorld; readonly secretKey: string; readonly checkoutUrl: (reference: string) => string;
  readonly origin: () => string }

const transactionOf = (order: Order): NewTransaction => ({
  reference: order.reference ?? randomId('T', 15).slice(2), amount: order.amount, currency: order.currency, email: order.email, metadata: order.metadata ?? '',
  callback_url: order.callback_url ?? null, subaccount: order.subaccount ?? null, transaction_charge: order.transaction_charge ?? null,
  bearer: order.bearer ?? null,
})
function orderFault(order: Order): Reply | null {
  if (order.amount < PAYSTACK_MINIMUMS[order.currency]) return fault(400, `Amount is below the minimum for ${order.currency}`, 'invalid_amount')
  if (order.currency === 'XOF' && order.amount % 100 !== 0) return fault(400, 'XOF has no subunit: the last two digits must be zero', 'invalid_amount')
  return (order.transaction_charge ?? 0) > order.amount ? fault(400, 'The charge is more than the amount', 'invalid_amount') : null
}
const show = (transaction: TransactionObject): object => publicTransaction(transaction, isReusable(transaction))

async function start({ world, checkoutUrl }: PaystackRouteOptions, call: Call): Promise<Reply> {
  const body = parseBody(Initialize, call)
  if (!body.ok) return body.reply
  const refused = orderFault(body.data)
  if (refused !== null) return refused
  const order = transactionOf(body.data)
  const started = await world.lock(`reference:${order.reference}`, () => initialize(world, order))
  if (started === 'duplicate') return duplicate()
  return ok('Authorization URL created', { authorization_url: checkoutUrl(started.reference), access_code: started.access_code, reference: started.reference })
}

async function charge({ world, checkoutUrl }: PaystackRouteOptions, call: Call): Promise<Reply> {
  const body = parseBody(ChargeAuthorization, call)
  if (!body.ok) return body.reply
  const refused = orderFault(body.data)
  if (refused !== null) return refused
  const order = transactionOf(body.data)
  const charged = await world.lock(`reference:${order.reference}`, () => chargeAuthorization(world, body.data.authorization_code, order))
  if (charged === 'duplicate') return duplicate()
  if (charged === 'unknown_authorization') return fault(400, 'Authorization code is invalid', 'invalid_authorization')
  const { transaction, paused } = charged
  if (!paused) return ok('Charge attempted', show(transaction))
  return ok('Please, redirect your customer to the authorization url provided', {
    authorization_url: checkoutUrl(transaction.reference), reference: transaction.reference, access_code: transaction.access_code, paused: true,
  })
}

const byIdOrReference = async (world: PaystackWorld, key: string): Promise<TransactionObject | null> =>
  (await world.transactions.get(key)) ?? (await world.transactions.list()).find((transaction) => String(transaction.id) === key) ?? null

async function createRefund(world: PaystackWorld, call: Call): Promise<Reply> {
  const body = parseBody(RefundOrder, call)
  if (!body.ok) return body.reply
  const transaction = await byIdOrReference(world, String(body.data.transaction))
  if (transaction === null) return fault(404, 'Transaction not found', 'transaction_not_found')
  if (body.data.currency !== undefined && body.data.currency !== transaction.currency) return fault(400, 'Currency does not match the transaction',
    'invalid_params')
  const { reference } = transaction
  const made = await world.lock(`reference:${reference}`, () => refund(world, reference, body.data.amount, body.data.merchant_note ?? ''))
  if (made === 'not_paid') return fault(400, 'Transaction has not been paid', 'transaction_not_refundable')
  if (made === 'too_much' || made === null) return fault(400, 'Refund amount is more than what is left of the transaction', 'invalid_amount')
  return ok('Refund has been queued for processing', publicRefund(made))
}

async function listRefunds(world: PaystackWorld, { query }: Call): Promise<Reply> {
  const key = query.get('transaction') ?? query.get('reference')
  const all = await world.refunds.list()
  return pageOf('Refunds retrieved', key === null ? all : all.filter((one) => String(one.transaction) === key || one.transaction_reference === key), query,
    publicRefund)
}

const inRange = (at: string, query: URLSearchParams): boolean => at >= (query.get('from') ?? '') && at <= (query.get('to') ?? '9')

async function listTransactions(world: PaystackWorld, { query }: Call): Promise<Reply> {
  const status = query.get('status')
  const rows = (await world.transactions.list()).filter((one) => (status === null || one.status === status) && inRange(one.created_at, query))
  return pageOf('Transactions retrieved', [...rows].reverse(), query, show)
}

const shown = async (world: PaystackWorld, dispute: PaystackDispute): Promise<object> => {
  const transaction = await world.transactions.get(dispute.reference)
  return transaction === null ? dispute : publicDispute(dispute, transaction)
}

async function listDisputes(world: PaystackWorld, { query }: Call): Promise<Reply> {
  const rows = (await world.disputes.list()).filter((one) => inRange(one.created_at, query))
  const shaped = await Promise.all(rows.map((one) => shown(world, one)))
  return pageOf('Disputes retrieved', shaped, query, (row) => row)
}

async function answerDispute(options: PaystackRouteOptions, call: Call, id: string, part: string | undefined): Promise<Reply> {
  const { world } = options
  const dispute = await world.disputes.get(id)
  if (dispute === null) return fault(404, 'Dispute not found', 'not_found')
  if (part === undefined) return ok('Dispute retrieved', await shown(world, dispute))
  if (part === 'upload_url') return ok('Upload url generated', { signedUrl: `${options.origin()}/upload/${id}`, fileName: `${id}.txt` })
  if (part === 'evidence') {
    const body = parseBody(Evidence, call)
    if (!body.ok) return body.reply
    await world.disputes.put(id, { ...dispute, evidence: body.data.service_details })
    return ok('Evidence created', { ...body.data, dispute: dispute.id, id: dispute.id, createdAt: world.now().toISOString(),
      updatedAt: world.now().toISOString() })
  }
  const body = parseBody(Resolution, call)
  if (!body.ok) return body.reply
  if (dispute.status !== 'awaiting-merchant-feedback') return fault(400, 'Dispute has been answered already', 'invalid_state')
  if (body.data.resolution === 'merchant-accepted') await closeDispute(world, id, 'lost')
  else await world.disputes.put(id, { ...dispute, status: 'awaiting-bank-feedback' })
  return ok('Dispute successfully resolved', { ...dispute, message: { body: body.data.message } })
}

async function deactivate(world: PaystackWorld, call: Call): Promise<Reply> {
  const body = parseBody(Deactivation, call)
  if (!body.ok) return body.reply
  const known = await world.authorizations.get(body.data.authorization_code)
  if (known === null) return fault(404, 'Authorization not found', 'not_found')
  await world.authorizations.put(known.code, { ...known, active: false })
  return ok('Authorization has been deactivated', null)
}

async function settlements(world: PaystackWorld, call: Call, id: string | undefined): Promise<Reply> {
  if (id === undefined) {
    const rows = (await world.settlements.list()).filter((one) => inRange(one.createdAt, call.query))
    return pageOf('Settlements retrieved', rows, call.query, (row) => ({ ...row, domain: 'test', integration: 1, deductions: null, settled_by: null }))
  }
  const rows = (await world.transactions.list()).filter((one) => String(one.settlement) === id)
  return pageOf('Transactions retrieved', rows, call.query, show)
}

async function verify(world: PaystackWorld, reference: string): Promise<Reply> {
  const transaction = await world.transactions.get(reference)
  return transaction === null ? fault(400, 'Transaction reference not found.', 'transaction_not_found') : ok('Verification successful', show(transaction))
}

async function balance(world: PaystackWorld): Promise<Reply> {
  const open = (await world.transactions.list()).filter((one) => one.status === 'success' && one.settlement === null)
  const sums = [...Map.groupBy(open, (one) => one.currency)].map(([currency, rows]) => ({ currency,
    balance: rows.reduce((sum, one) => sum + one.amount - (one.fees ?? 0), 0) }))
  return ok('Balances retrieved', sums.length === 0 ? [{ currency: 'NGN', balance: 0 }] : sums)
}

/** Every well formed code is somebody's; one that ends in CLOSED takes nothing. */
function subaccount(code: string): Reply {
  if (!/^ACCT_[A-Za-z0-9]+$/.test(code)) return fault(404, 'Subaccount not found', 'not_found')
  return ok('Subaccount retrieved', { id: 1, domain: 'test', subaccount_code: code, business_name: 'Reseller', percentage_charge: 0,
    active: !code.endsWith('CLOSED'), is_verified: true })
}

type Route = (options: PaystackRouteOptions, call: Call, groups: readonly (string | undefined)[]) => Promise<Reply>
const ROUTES: ReadonlyArray<readonly [RegExp, Route]> = [
  [/^POST \/transaction\/initialize$/, start],
  [/^POST \/transaction\/charge_authorization$/, charge],
  [/^GET \/transaction\/verify\/([^/]+)$/, ({ world }, _call, [reference = '']) => verify(world, decodeURIComponent(reference))],
  [/^GET \/transaction$/, ({ world }, call) => listTransactions(world, call)],
  [/^POST \/refund$/, ({ world }, call) => createRefund(world, call)],
  [/^GET \/refund$/, ({ world }, call) => listRefunds(world, call)],
  [/^GET \/dispute$/, ({ world }, call) => listDisputes(world, call)],
  [/^(?:GET|POST|PUT) \/dispute\/(\d+)(?:\/(upload_url|evidence|resolve))?$/, (options, call, [id = '', part]) => answerDispute(options, call, id, part)],
  [/^POST \/customer\/authorization\/deactivate$/, ({ world }, call) => deactivate(world, call)],
  [/^GET \/settlement(?:\/(\d+)\/transactions)?$/, ({ world }, call, [id]) => settlements(world, call, id)],
  [/^GET \/subaccount\/([^/]+)$/, (_options, _call, [code = '']) => Promise.resolve(subaccount(code))],
  [/^GET \/balance$/, ({ world }) => balance(world)],
  [/^PUT \/upload\/\d+$/, () => Promise.resolve({ status: 200, body: {} })],
]

export function createPaystackRoutes(options: PaystackRouteOptions) {
  return (call: Call): Promise<Reply> | Reply => {
    if (bearerOf(call) !== options.secretKey && !call.path.startsWith('/upload/')) return fault(401, 'Invalid key', 'invalid_Key')
    for (const [pattern, route] of ROUTES) {
      const match = pattern.exec(`${call.method} ${call.path}`)
      if (match !== null) return route(options, call, match.slice(1))
    }
    return fault(404, 'Route not found', 'not_found')
  }
}
