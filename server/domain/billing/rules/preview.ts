/** `POST /v1/billing/preview`: the whole rating engine as one pure function. */
import type { BillingPreviewReply, PreviewLine } from '../../../contract/billing-preview.ts'
import { BillingPreviewRequest } from '../../../contract/billing-preview.ts'
import { MAX_MINOR } from '../../../contract/money.ts'
import { dayShare } from './period.ts'
import type { Fault } from './preview-faults.ts'
import { previewFaults } from './preview-faults.ts'
import { charge } from './price.ts'
import { ONE, ZERO, exact, toMinor, toMinorExactly } from './rational.ts'
import type { Totals } from './totals.ts'
import { totals } from './totals.ts'

export type PreviewResult =
  | { readonly ok: true; readonly value: BillingPreviewReply }
  | { readonly ok: false; readonly status: 400 | 422; readonly errors: readonly Fault[] }

type Rated = { readonly key: string; readonly quantity: string; readonly amount: bigint; readonly taxRate: string }

/** round(F(quantity)) - round(F(already_billed)): what was billed before, its minimum, cap and fees included, counts as billed. */
export function lineAmount(line: PreviewLine, period: { start: string; end: string }, currency: string): bigint {
  const share = line.prorate === undefined ? ONE : dayShare(line.prorate, period)
  const billed = (quantity: string, events: string | number) =>
    toMinor(charge(line.price, { quantity: exact(quantity), events: exact(events) }, { share }), currency)
  const amount = billed(line.quantity ?? '1', line.events ?? 0)
  if (line.already_billed === undefined && line.already_billed_events === undefined) return amount
  return amount - billed(line.already_billed ?? '0', line.already_billed_events ?? 0)
}

const tooLarge = (value: bigint): boolean => value > MAX_MINOR || value < -MAX_MINOR

function sizeFaults(result: Totals<Rated>): Fault[] {
  const message = 'exceeds 2^53 - 1 minor units'
  const lines = result.lines.flatMap((line, index) => (tooLarge(line.amount) ? [{ pointer: `/lines/${index}`, code: 'amount_too_large', message }] : []))
  if (lines.length > 0) return lines
  const sums = [result.subtotal, result.discount, result.tax, result.total, ...result.taxes.flatMap((group) => [group.base, group.amount])]
  return sums.some(tooLarge) ? [{ pointer: '/lines', code: 'amount_too_large', message }] : []
}

function reply(result: Totals<Rated>, currency: string): BillingPreviewReply {
  return {
    lines: result.lines.map((line) => ({
      key: line.key, quantity: line.quantity, amount: Number(line.amount), discount: Number(line.discount), net: Number(line.net), tax_rate: line.taxRate,
    })),
    subtotal: Number(result.subtotal),
    discount: Number(result.discount),
    tax: Number(result.tax),
    taxes: result.taxes.map((group) => ({ rate: group.rate, base: Number(group.base), amount: Number(group.amount) })),
    total: Number(result.total),
    credits_applied: Number(result.creditsApplied),
    amount_due: Number(result.amountDue),
    currency,
  }
}

export function previewBilling(body: unknown): PreviewResult {
  const faults = previewFaults(body)
  if (faults.schema.length > 0) return { ok: false, status: 400, errors: [...faults.schema, ...faults.rules] }
  if (faults.rules.length > 0) return { ok: false, status: 422, errors: faults.rules }
  const request = BillingPreviewRequest.parse(body)
  const rated = request.lines.map((line): Rated => ({
    key: line.key,
    quantity: line.price.model === 'flat' ? '1' : (line.quantity ?? '0'),
    amount: lineAmount(line, request.period, request.currency),
    taxRate: line.tax_rate,
  }))
  const credits = toMinorExactly(exact(request.prepaid_credits), request.currency) ?? ZERO.n
  const result = totals(rated, { currency: request.currency, coupons: request.coupons, credits })
  const oversized = sizeFaults(result)
  return oversized.length > 0 ? { ok: false, status: 422, errors: oversized } : { ok: true, value: reply(result, request.currency) }
}
