/** Everything wrong with a preview request, all at once: faults of the schema (400) and of the rules (422). */
import type { z } from 'zod'
import type { PreviewLine } from '../../../contract/billing-preview.ts'
import { BillingPreviewRequest, Coupon, DateRange, PriceTier, Prorate } from '../../../contract/billing-preview.ts'
import { CurrencyCode, DecimalString, MAX_MINOR, WholeCount, isCurrency } from '../../../contract/money.ts'
import { isTimeZone } from './period.ts'
import { compare, exact, isNegative, toMinorExactly } from './rational.ts'

export type Fault = { readonly pointer: string; readonly code: string; readonly message: string }
export type Faults = { readonly schema: readonly Fault[]; readonly rules: readonly Fault[] }

type Raw = Readonly<Record<string, unknown>>
type Report = (pointer: string, code: string, message: string) => void

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
const parsed = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> | undefined => {
  if (value === undefined) return undefined
  const result = schema.safeParse(value)
  return result.success ? result.data : undefined
}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function schemaFaults(body: unknown): Fault[] {
  const result = BillingPreviewRequest.safeParse(body)
  const issues = result.success ? [] : result.error.issues
  const faults = issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), code: 'unknown_field', message: 'is not a known field' }))
    }
    const missing = valueAt(body, issue.path) === undefined
    return [{ pointer: pointerOf(issue.path), code: missing ? 'required' : issue.code, message: missing ? 'is required' : issue.message }]
  })
  const lines = isRecord(body) ? listOf(body['lines']) : []
  lines.forEach((line, index) => {
    if (!isRecord(line) || line['quantity'] !== undefined || !isRecord(line['price']) || line['price']['model'] === 'flat') return
    faults.push({ pointer: `/lines/${index}/quantity`, code: 'required', message: 'is required for this price model' })
  })
  return faults
}

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), body)

function checkRange(report: Report, pointer: string, value: unknown, range: { min: string; max?: string; exclusiveMin?: boolean }): void {
  const text = parsed(DecimalString, value) ?? parsed(WholeCount, value)
  if (text === undefined) return
  const low = compare(exact(text), exact(range.min))
  const tooLow = range.exclusiveMin ? low <= 0 : low < 0
  const tooHigh = range.max !== undefined && compare(exact(text), exact(range.max)) > 0
  const floor = range.exclusiveMin ? `greater than ${range.min}` : `at least ${range.min}`
  if (tooLow || tooHigh) report(pointer, 'out_of_range', `must be ${floor}${range.max === undefined ? '' : ` and at most ${range.max}`}`)
}

function checkTiers(report: Report, pointer: string, tiers: readonly unknown[]): void {
  const bounds = tiers.map((tier) => (isRecord(tier) ? parsed(PriceTier.shape.up_to, tier['up_to']) : undefined))
  bounds.forEach((upTo, index) => {
    const at = `${pointer}/${index}/up_to`
    const last = index === tiers.length - 1
    if (upTo === undefined) return
    if (upTo === null) return last ? undefined : report(at, 'tier_not_last', 'may be null in the last tier only')
    if (last) report(at, 'last_tier_open', 'must be null in the last tier')
    checkRange(report, at, upTo, { min: '0' })
    const previous = bounds[index - 1]
    if (previous !== undefined && previous !== null && compare(exact(upTo), exact(previous)) <= 0) {
      report(at, 'tiers_not_rising', 'must be greater than in the tier before')
    }
  })
}

function checkPrice(report: Report, pointer: string, price: unknown): void {
  if (!isRecord(price)) return
  const minimum = parsed(DecimalString, price['minimum'])
  const maximum = parsed(DecimalString, price['maximum'])
  if (minimum !== undefined && maximum !== undefined && compare(exact(minimum), exact(maximum)) > 0) {
    report(`${pointer}/minimum`, 'minimum_above_maximum', 'must not be greater than maximum')
  }
  if (price['model'] === 'graduated' || price['model'] === 'volume') checkTiers(report, `${pointer}/tiers`, listOf(price['tiers']))
  if (price['model'] === 'package') {
    checkRange(report, `${pointer}/package_size`, price['package_size'], { min: '1' })
    checkRange(report, `${pointer}/free_units`, price['free_units'], { min: '0' })
  }
  if (price['model'] === 'percentage') checkRange(report, `${pointer}/free_events`, price['free_events'], { min: '0' })
}

function checkProrate(report: Report, pointer: string, raw: unknown, rawPeriod: unknown): void {
  const range = parsed(Prorate, raw)
  if (range === undefined) return
  if (range.from >= range.to) report(`${pointer}/to`, 'empty_range', 'must be after from')
  const period = parsed(DateRange, rawPeriod)
  if (period === undefined) return
  if (range.from < period.start) report(`${pointer}/from`, 'outside_period', 'must not be before the start of the period')
  if (range.to > period.end) report(`${pointer}/to`, 'outside_period', 'must not be after the end of the period')
}

const PERCENTAGE_FIELDS = ['events', 'already_billed_events'] as const satisfies readonly (keyof PreviewLine)[]

function checkLine(report: Report, pointer: string, line: Raw, period: unknown): void {
  checkPrice(report, `${pointer}/price`, line['price'])
  const model = isRecord(line['price']) ? line['price']['model'] : undefined
  if (model !== 'flat') checkRange(report, `${pointer}/quantity`, line['quantity'], { min: '0' })
  checkRange(report, `${pointer}/tax_rate`, line['tax_rate'], { min: '0', max: '1' })
  if (line['already_billed'] !== undefined && model === 'flat') {
    report(`${pointer}/already_billed`, 'not_for_flat', 'has no meaning for a flat price')
  } else {
    checkRange(report, `${pointer}/already_billed`, line['already_billed'], { min: '0' })
  }
  for (const field of PERCENTAGE_FIELDS) {
    if (line[field] === undefined) continue
    if (typeof model === 'string' && model !== 'percentage') report(`${pointer}/${field}`, 'percentage_only', 'is for percentage prices only')
    else checkRange(report, `${pointer}/${field}`, line[field], { min: '0' })
  }
  if (line['prorate'] !== undefined) checkProrate(report, `${pointer}/prorate`, line['prorate'], period)
}

function checkUniqueKeys(report: Report, lines: readonly unknown[]): void {
  const seen = new Set<string>()
  lines.forEach((line, index) => {
    const key = isRecord(line) ? line['key'] : undefined
    if (typeof key !== 'string') return
    if (seen.has(key)) report(`/lines/${index}/key`, 'duplicate_key', 'must be unique among the lines')
    seen.add(key)
  })
}

/** A sum that changes hands: not negative, not finer than the minor unit, not beyond what the wire can carry. */
function checkSum(report: Report, pointer: string, raw: unknown, currency: string | undefined): void {
  const value = parsed(DecimalString, raw)
  if (value === undefined) return
  if (isNegative(exact(value))) return report(pointer, 'out_of_range', 'must be at least 0')
  if (currency === undefined) return
  const minor = toMinorExactly(exact(value), currency)
  if (minor === null) report(pointer, 'finer_than_minor_unit', `must not be finer than the minor unit of ${currency}`)
  else if (minor > MAX_MINOR) report(pointer, 'amount_too_large', 'exceeds 2^53 - 1 minor units')
}

function ruleFaults(body: Raw): Fault[] {
  const faults: Fault[] = []
  const report: Report = (pointer, code, message) => { faults.push({ pointer, code, message }) }
  const code = parsed(CurrencyCode, body['currency'])
  const currency = code !== undefined && isCurrency(code) ? code : undefined
  if (code !== undefined && currency === undefined) report('/currency', 'unknown_currency', 'is not an ISO 4217 currency')
  if (typeof body['timezone'] === 'string' && !isTimeZone(body['timezone'])) report('/timezone', 'unknown_timezone', 'is not a time zone')
  const period = parsed(DateRange, body['period'])
  if (period !== undefined && period.start >= period.end) report('/period/end', 'empty_range', 'must be after start')
  const lines = listOf(body['lines'])
  lines.forEach((line, index) => { if (isRecord(line)) checkLine(report, `/lines/${index}`, line, body['period']) })
  checkUniqueKeys(report, lines)
  listOf(body['coupons']).forEach((raw, index) => {
    const coupon = parsed(Coupon, raw)
    if (coupon?.type === 'percent') checkRange(report, `/coupons/${index}/value`, coupon.value, { min: '0', max: '100', exclusiveMin: true })
    if (coupon?.type === 'fixed') checkSum(report, `/coupons/${index}/value`, coupon.value, currency)
  })
  checkSum(report, '/prepaid_credits', body['prepaid_credits'], currency)
  return faults
}

/** Of one price on its own: tiers, minimum and maximum, packages. */
export const priceRuleFaults = (price: unknown, pointer: string): Fault[] => {
  const faults: Fault[] = []
  checkPrice((at, code, message) => { faults.push({ pointer: at, code, message }) }, pointer, price)
  return faults
}

/** Of a sum that changes hands. */
export const sumFaults = (sum: string, pointer: string, currency: string): Fault[] => {
  const faults: Fault[] = []
  checkSum((at, code, message) => { faults.push({ pointer: at, code, message }) }, pointer, sum, currency)
  return faults
}

export const previewFaults = (body: unknown): Faults => ({ schema: schemaFaults(body), rules: isRecord(body) ? ruleFaults(body) : [] })
