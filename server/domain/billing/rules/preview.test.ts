import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PriceInput } from '../../../contract/billing-preview.ts'
import { BillingPreviewReply } from '../../../contract/billing-preview.ts'
import { previewBilling } from './preview.ts'

const MARCH = { start: '2024-03-01', end: '2024-04-01' }
type Line = Record<string, unknown> & { price: PriceInput }

function preview(currency: string, lines: readonly Line[], rest: Record<string, unknown> = {}) {
  const keyed = lines.map((line, index) => ({ key: `l${index}`, ...line }))
  const result = previewBilling({ currency, timezone: 'Africa/Lagos', period: MARCH, lines: keyed, ...rest })
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return BillingPreviewReply.parse(result.value)
}
const amounts = (currency: string, lines: readonly Line[], rest?: Record<string, unknown>) => preview(currency, lines, rest).lines.map((line) => line.amount)
const amount = (currency: string, line: Line, rest?: Record<string, unknown>) => amounts(currency, [line], rest)[0]

const GRADUATED = { model: 'graduated', tiers: [{ up_to: 5, unit_amount: '10', flat_amount: '100' }, { up_to: null, unit_amount: '5', flat_amount: '50' }] } as const satisfies PriceInput
const VOLUME = { model: 'volume', tiers: [{ up_to: 10, unit_amount: '5', flat_amount: '100' }, { up_to: null, unit_amount: '2', flat_amount: '50' }] } as const satisfies PriceInput

test('the example of the guide comes out to the cent', () => {
  const reply = previewBilling({
    currency: 'USD', timezone: 'Africa/Lagos', period: MARCH,
    lines: [{ key: 'api', price: GRADUATED, quantity: '8', tax_rate: '0' },
      { key: 'plan', price: { model: 'flat', unit_amount: '10.00' }, prorate: { from: '2024-03-05', to: '2024-04-01' }, tax_rate: '0.20' }],
    coupons: [{ type: 'percent', value: '10' }, { type: 'fixed', value: '5.00' }], prepaid_credits: '3.00',
  })
  expect(reply).toEqual({ ok: true, value: {
    lines: [{ key: 'api', quantity: '8', amount: 21500, discount: 2631, net: 18869, tax_rate: '0' },
      { key: 'plan', quantity: '1', amount: 871, discount: 106, net: 765, tax_rate: '0.20' }],
    subtotal: 22371, discount: 2737, tax: 153, taxes: [{ rate: '0', base: 18869, amount: 0 }, { rate: '0.20', base: 765, amount: 153 }],
    total: 19787, credits_applied: 300, amount_due: 19487, currency: 'USD',
  } })
})

test.each([['3', 13000], ['8', 21500], ['0', 10000], ['5', 15000], ['5.5', 20250]])('graduated: %s units cost %i', (quantity, expected) => {
  expect(amount('USD', { price: GRADUATED, quantity })).toBe(expected)
})
test('graduated: 8 units with 3 billed cost the difference', () => { expect(amount('USD', { price: GRADUATED, quantity: '8', already_billed: '3' })).toBe(8500) })

test.each([['5', 12500], ['15', 8000], ['10', 15000], ['0', 10000]])('volume: %s units cost %i', (quantity, expected) => {
  expect(amount('USD', { price: VOLUME, quantity })).toBe(expected)
})
test('volume: re-pricing can give money back', () => { expect(amount('USD', { price: VOLUME, quantity: '15', already_billed: '5' })).toBe(-4500) })

test.each([[0, '3', 10000], [0, '15', 20000], [0, '10', 10000], [0, '0', 0], [5, '3', 0], ['5', '5.1', 10000]])('package of 10, %s free: %s units cost %i', (free_units, quantity, expected) => {
  expect(amount('USD', { price: { model: 'package', unit_amount: '100', package_size: '10', free_units }, quantity })).toBe(expected)
})

test('minimum: 15 units with 3 billed at the minimum cost what lies above it', () => {
  const price = { model: 'per_unit', unit_amount: '10', minimum: '100' } as const
  expect(amount('USD', { price, quantity: '15', already_billed: '3' })).toBe(5000)
  expect(amount('USD', { price, quantity: '3' })).toBe(10000)
  expect(amount('USD', { price, quantity: '3', already_billed: '0' })).toBe(0)
})

test('maximum caps, and both bounds are prorated', () => {
  const line = { price: { model: 'per_unit', unit_amount: '10', minimum: '31', maximum: '62' } as const, prorate: { from: '2024-03-31', to: '2024-04-01' } }
  expect(amount('USD', { ...line, quantity: '1' })).toBe(100)
  expect(amount('USD', { ...line, quantity: '100' })).toBe(200)
})

test('percentage: rate x sum + fixed per event beyond the free ones', () => {
  const price = { model: 'percentage', rate: '0.015', fixed_amount: '0.10', free_events: 2 } as const
  expect(amount('USD', { price, quantity: '1000', events: 5 })).toBe(1530)
  expect(amount('USD', { price, quantity: '1000', events: '2' })).toBe(1500)
  expect(amount('USD', { price, quantity: '1000', events: 5, already_billed: '400', already_billed_events: 3 })).toBe(920)
})

test.each([
  ['late start', 'JPY', '1000', MARCH, { from: '2024-03-05', to: '2024-04-01' }, 871],
  ['leap February', 'JPY', '200000', { start: '2024-02-01', end: '2024-03-01' }, { from: '2024-02-04', to: '2024-03-01' }, 179310],
  ['share', 'USD', '599.95', MARCH, { from: '2024-03-03', to: '2024-04-01' }, 56124],
])('proration: %s', (_name, currency, unit_amount, period, prorate, expected) => {
  expect(amount(currency, { price: { model: 'flat', unit_amount }, prorate }, { period })).toBe(expected)
})

test.each([['JPY', '1024.5', 1025], ['USD', '0.125', 13], ['USD', '-0.125', -13]])('half away from zero: %s %s', (currency, unit_amount, expected) => {
  expect(amount(currency, { price: { model: 'flat', unit_amount } })).toBe(expected)
})

test('tax is taken per rate on what the coupon left', () => {
  const flat = (unit_amount: string, tax_rate: string): Line => ({ price: { model: 'flat', unit_amount }, tax_rate })
  const reply = preview('JPY', [flat('10000', '0.10'), flat('5000', '0'), flat('5000', '0.20')], { coupons: [{ type: 'fixed', value: '1000' }] })
  expect(reply.lines.map((line) => line.net)).toEqual([9500, 4750, 4750])
  expect(reply.taxes.map((group) => group.amount)).toEqual([950, 0, 950])
  expect([reply.tax, reply.total]).toEqual([1900, 20900])
})

test.each([['USD', '1', '0.05', [2, 2, 1]], ['JPY', '100', '5', [2, 2, 1]]])('%s coupon over three equal lines', (currency, unit_amount, value, expected) => {
  const line: Line = { price: { model: 'flat', unit_amount } }
  expect(preview(currency, [line, line, line], { coupons: [{ type: 'fixed', value }] }).lines.map((entry) => entry.discount)).toEqual(expected)
})

test('percent coupons come before fixed ones whatever the order of the request', () => {
  const line: Line = { price: { model: 'flat', unit_amount: '100' } }
  const coupons = [{ type: 'fixed', value: '10' }, { type: 'percent', value: '50' }]
  expect(preview('USD', [line], { coupons }).discount).toBe(6000)
})

test('equal rates form one group under the first spelling, rounded once', () => {
  const line = (tax_rate: string): Line => ({ price: { model: 'flat', unit_amount: '0.03' }, tax_rate })
  expect(preview('USD', [line('0.2'), line('0'), line('0.20'), line('0.200')]).taxes).toEqual([
    { rate: '0.2', base: 9, amount: 2 }, { rate: '0', base: 3, amount: 0 }])
})

test('credits never exceed a positive total and leave a negative one alone', () => {
  expect(preview('USD', [{ price: { model: 'flat', unit_amount: '1' } }], { prepaid_credits: '5' })).toMatchObject({ credits_applied: 100, amount_due: 0 })
  expect(preview('USD', [{ price: VOLUME, quantity: '15', already_billed: '5' }], { prepaid_credits: '5' })).toMatchObject({ credits_applied: 0, amount_due: -4500 })
})

const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 7n }), fc.integer({ min: 0, max: 10 ** 6 })).map(([a, b]) => `${a}.${String(b).padStart(12, '0')}`)
const anyPrice: fc.Arbitrary<PriceInput> = fc.oneof(
  decimal.map((unit_amount) => ({ model: 'flat' as const, unit_amount })),
  decimal.map((unit_amount) => ({ model: 'per_unit' as const, unit_amount })),
  fc.tuple(decimal, decimal, fc.integer({ min: 1, max: 1000 })).map(([unit_amount, flat_amount, up_to]) => ({
    model: 'graduated' as const, tiers: [{ up_to, unit_amount, flat_amount }, { up_to: null, unit_amount }] })),
  fc.tuple(decimal, decimal, fc.integer({ min: 1, max: 1000 })).map(([unit_amount, flat_amount, up_to]) => ({
    model: 'volume' as const, tiers: [{ up_to, unit_amount, flat_amount }, { up_to: null, unit_amount: '0.000000000001' }] })),
  fc.tuple(decimal, fc.integer({ min: 1, max: 50 })).map(([unit_amount, package_size]) => ({ model: 'package' as const, unit_amount, package_size })),
)
const anyLine = fc.record({ price: anyPrice, quantity: fc.integer({ min: 0, max: 5000 }).map(String), tax_rate: fc.constantFrom('0', '0.075', '0.2') })
const anyCoupon = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((value) => ({ type: 'percent', value: String(value) })),
  fc.integer({ min: 0, max: 10 ** 6 }).map((value) => ({ type: 'fixed', value: String(value) })),
)

test('every sum is the sum of its parts, discounts never turn a line negative, the same request gives the same bytes', () => {
  fc.assert(fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), fc.array(anyCoupon, { maxLength: 4 }), fc.constantFrom('USD', 'JPY', 'KWD'), fc.nat(10 ** 6),
    (lines, coupons, currency, credits) => {
      const rest = { coupons, prepaid_credits: String(credits) }
      const reply = preview(currency, lines, rest)
      const add = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
      expect(add(reply.lines.map((line) => line.amount))).toBe(reply.subtotal)
      expect(add(reply.lines.map((line) => line.discount))).toBe(reply.discount)
      expect(add(reply.lines.map((line) => line.net)) + reply.tax).toBe(reply.total)
      expect(add(reply.taxes.map((group) => group.base))).toBe(reply.subtotal - reply.discount)
      expect(reply.credits_applied + reply.amount_due).toBe(reply.total)
      for (const line of reply.lines) expect(line.discount >= 0 && (line.amount <= 0 ? line.discount === 0 : line.net >= 0)).toBe(true)
      expect(reply.amount_due >= 0 || reply.total < 0).toBe(true)
      expect(JSON.stringify(preview(currency, lines, rest))).toBe(JSON.stringify(reply))
    }))
})

test('billing in two steps costs what billing at once does', () => {
  fc.assert(fc.property(anyPrice.filter((price) => price.model !== 'flat'), fc.nat(3000), fc.nat(3000), (price, first, second) => {
    const total = String(first + second)
    const once = amount('USD', { price, quantity: total }) ?? 0
    const early = amount('USD', { price, quantity: String(first) }) ?? 0
    expect(early + (amount('USD', { price, quantity: total, already_billed: String(first) }) ?? 0)).toBe(once)
  }))
})
