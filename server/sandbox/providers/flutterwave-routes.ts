/** The sandbox Flutterwave's REST surface, API v3. */
import { z } from 'zod'
import { FLUTTERWAVE_CURRENCIES, FLUTTERWAVE_MINIMUMS, fromMajor } from '../../adapters/flutterwave/amount.ts'
import { newRefundAnswer, publicChargeback, publicRefund, publicSettlement, publicTransaction } from './flutterwave-objects.ts'
import type { FlutterwaveState } from './flutterwave-state.ts'
import type { Call, Reply } from './http.ts'
import { bearerOf } from './http.ts'

const Decimal = z.union([z.number().positive().transform(String), z.string()]).pipe(z.string().regex(/^\d+(\.\d+)?$/))
const Currency = z.enum(FLUTTERWAVE_CURRENCIES)
const Meta = z.record(z.string(), z.unknown())
const Subaccounts = z.array(z.object({ id: z.string().regex(/^RS_/), transaction_charge_type: z.enum(['flat', 'percentage', 'flat_subaccount']).optional(), transaction_charge: Decimal.optional() }))

const Order = z.strictObject({
  tx_ref: z.string().min(1).max(100), amount: Decimal, currency: Currency, redirect_url: z.url({ protocol: /^https?$/ }), customer: z.object({ email: z.email() }),
  meta: Meta.optional(), customizations: z.object({ title: z.string() }).optional(), subaccounts: Subaccounts.optional(),
})
const TokenCharge = z.strictObject({
  token: z.string().min(1), amount: Decimal, currency: Currency, email: z.email(), tx_ref: z.string().min(1).max(100),
  narration: z.string().optional(), meta: Meta.optional(), subaccounts: Subaccounts.optional(),
})
const Refund = z.strictObject({ amount: Decimal.optional(), comments: z.string().max(200).optional() })
const Answer = z.strictObject({ action: z.enum(['accept', 'decline']), comment: z.string() })

const ok = (message: string, data: unknown, more?: object): Reply => ({ status: 200, body: { status: 'success', message, ...more, data } })
const fault = (status: number, message: string): Reply => ({ status, body: { status: 'error', message, data: null } })
const unknown = (): Reply => fault(404, 'No transaction was found for this id')
const DUPLICATE = 'Duplicate transaction reference. Please provide unique transaction reference'

export type FlutterwaveRouteOptions = { readonly state: FlutterwaveState; readonly secretKey: string; readonly checkoutUrl: (ref: string) => string }
type Handler = (options: FlutterwaveRouteOptions, call: Call, id: string) => Promise<Reply>

const withBody = <S extends z.ZodType>(schema: S, work: (options: FlutterwaveRouteOptions, body: z.output<S>, id: string) => Promise<Reply>): Handler =>
  (options, call, id) => {
    let json: unknown
    try {
      json = JSON.parse(call.body)
    } catch {
      return Promise.resolve(fault(400, 'Invalid JSON'))
    }
    const parsed = schema.safeParse(json)
    return parsed.success ? work(options, parsed.data, id) : Promise.resolve(fault(400, `${parsed.error.issues[0]?.path.join('.') ?? ''} is invalid`))
  }

/** Null where the sum is below what is taken or finer than the currency. */
function minorOf(amount: string, currency: string): number | null {
  try {
    const minor = fromMajor(amount, currency)
    return minor < (FLUTTERWAVE_MINIMUMS[currency] ?? 1n) ? null : Number(minor)
  } catch {
    return null
  }
}

interface Shared { subaccounts?: z.output<typeof Subaccounts> | undefined; currency: string }
/** A flat charge is the main account's commission; the rest goes to the subaccount. */
const keptOf = ({ subaccounts, currency }: Shared, minor: number): number =>
  subaccounts?.reduce((kept, one) => kept + (one.transaction_charge === undefined ? 0 : Number(fromMajor(one.transaction_charge, currency))), 0) ?? minor

const createOrder = withBody(Order, async ({ state, checkoutUrl }, body) => {
  const minor = minorOf(body.amount, body.currency)
  if (minor === null) return fault(400, 'Invalid amount')
  const outcome = await state.order({
    tx_ref: body.tx_ref, minor, keptMinor: keptOf(body, minor), currency: body.currency, email: body.customer.email, redirect_url: body.redirect_url,
    meta: body.meta ?? {}, challenge: null, message: null,
  })
  return outcome === 'paid' ? fault(400, DUPLICATE) : ok('Hosted Link', { link: checkoutUrl(body.tx_ref) })
})

const chargeToken = withBody(TokenCharge, async ({ state }, body) => {
  const minor = minorOf(body.amount, body.currency)
  if (minor === null) return fault(400, 'Invalid amount')
  const charge = { tx_ref: body.tx_ref, minor, keptMinor: keptOf(body, minor), currency: body.currency, email: body.email, meta: body.meta ?? {} }
  const charged = await state.chargeToken(body.token, charge)
  if (charged === 'duplicate') return fault(400, DUPLICATE)
  if (charged === 'unknown_token') return fault(400, 'Invalid card token')
  return charged.status === 'failed' ? fault(400, charged.processor_response) : ok('Charge successful', publicTransaction(charged))
})

const createRefund = withBody(Refund, async ({ state }, body, id) => {
  const transaction = await state.transactions.get(id)
  if (transaction === null) return unknown()
  const minor = body.amount === undefined ? undefined : Number(fromMajor(body.amount, transaction.currency))
  const refund = await state.refund(id, minor, body.comments ?? '')
  if (refund === null || refund === 'not_paid') return fault(400, 'Transaction is not refundable')
  return refund === 'too_much' ? fault(400, 'Refund amount is more than what is left of the transaction') : ok('Transaction refund initiated', newRefundAnswer(refund))
})

const answerChargeback = withBody(Answer, async ({ state }, body, id) => {
  const done = body.action === 'decline' ? await state.contest(id) : await state.closeDispute(id, 'lost')
  return done ? ok('Chargeback updated', {}) : fault(404, 'Chargeback not found')
})

const PAGE_SIZE = 10
function paged(call: Call, message: string, all: readonly object[]): Reply {
  const page = Math.max(1, Number(call.query.get('page') ?? '1'))
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE))
  const info = { total: all.length, current_page: page, total_pages: pages, page_size: PAGE_SIZE }
  return ok(message, all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), { meta: { page_info: info } })
}

/** `from` and `to` are days; both are in. */
const within = (call: Call, at: string): boolean => at.slice(0, 10) >= (call.query.get('from') ?? '') && at.slice(0, 10) <= (call.query.get('to') ?? '9999')

const listTransactions: Handler = async ({ state }, call) => {
  const chosen = (await state.transactions.list()).filter((transaction) =>
    within(call, transaction.created_at) && (call.query.get('tx_ref') ?? transaction.tx_ref) === transaction.tx_ref
    && (call.query.get('status') ?? transaction.status) === transaction.status)
  // As in the real list, cards are shown by verifying only.
  return paged(call, 'Transactions fetched', chosen.map((transaction) => ({ ...publicTransaction(transaction), card: undefined })))
}

const verify: Handler = async ({ state }, _call, id) => {
  const transaction = await state.transactions.get(id)
  return transaction === null ? unknown() : ok('Transaction fetched successfully', publicTransaction(transaction))
}

const verifyByReference: Handler = async ({ state }, call) => {
  const tries = await state.triesOf(call.query.get('tx_ref') ?? '')
  const chosen = tries.find(({ status }) => status === 'successful') ?? tries.at(-1)
  return chosen === undefined ? unknown() : ok('Transaction fetched successfully', publicTransaction(chosen))
}

const listRefunds: Handler = async ({ state }, call) =>
  paged(call, 'Refunds fetched', (await state.refunds.list()).filter((refund) => String(refund.transaction_id) === (call.query.get('id') ?? String(refund.transaction_id))).map(publicRefund))

const one = (kind: 'chargebacks' | 'settlements'): Handler => async ({ state }, _call, id) => {
  const found = kind === 'chargebacks' ? await state.chargebacks.get(id).then((entry) => entry && publicChargeback(entry)) : await state.settlements.get(id).then((entry) => entry && publicSettlement(entry))
  return found === null ? fault(404, `${kind.slice(0, -1)} not found`) : ok('Fetched', found)
}

const ROUTES: readonly (readonly [RegExp, Handler])[] = [
  [/^POST \/payments$/, createOrder],
  [/^POST \/tokenized-charges$/, chargeToken],
  [/^POST \/transactions\/(\d+)\/refund$/, createRefund],
  [/^GET \/transactions$/, listTransactions],
  [/^GET \/transactions\/verify_by_reference$/, verifyByReference],
  [/^GET \/transactions\/(\d+)\/verify$/, verify],
  [/^GET \/refunds$/, listRefunds],
  [/^GET \/chargebacks$/, async ({ state }, call) => paged(call, 'Chargebacks fetched', (await state.chargebacks.list()).filter((entry) => within(call, entry.created_at)).map(publicChargeback))],
  [/^GET \/chargebacks\/(\d+)$/, one('chargebacks')],
  [/^PUT \/chargebacks\/(\d+)$/, answerChargeback],
  [/^GET \/settlements$/, async ({ state }, call) => paged(call, 'Settlements fetched', (await state.settlements.list()).filter((entry) => within(call, entry.processed_date)).map(publicSettlement))],
  [/^GET \/settlements\/(\d+)$/, one('settlements')],
  [/^GET \/subaccounts$/, (_options, call) => Promise.resolve(paged(call, 'Subaccounts fetched', [{ id: 1, subaccount_id: 'RS_SANDBOX', business_name: 'Reseller', country: 'NG' }]))],
  [/^GET \/balances$/, () => Promise.resolve(ok('Wallet balances fetched', [{ currency: 'NGN', available_balance: 0, ledger_balance: 0 }]))],
]

export function createFlutterwaveRoutes(options: FlutterwaveRouteOptions) {
  return async (call: Call): Promise<Reply> => {
    if (bearerOf(call) !== options.secretKey) return fault(401, 'Invalid authorization key')
    const target = `${call.method} ${call.path.replace(/^\/v3/, '')}`
    for (const [pattern, handler] of ROUTES) {
      const match = pattern.exec(target)
      if (match !== null) return handler(options, call, match[1] ?? '')
    }
    return fault(404, 'Cannot find this route')
  }
}
