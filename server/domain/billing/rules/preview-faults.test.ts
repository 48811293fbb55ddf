import fc from 'fast-check'
import { expect, test } from 'vitest'
import { previewBilling } from './preview.ts'

const LINE = { key: 'a', price: { model: 'per_unit', unit_amount: '1' }, quantity: '1' }
const BODY = { currency: 'USD', timezone: 'Africa/Lagos', period: { start: '2024-03-01', end: '2024-04-01' }, lines: [LINE] }
const line = (change: object) => ({ ...BODY, lines: [{ ...LINE, ...change }] })
const priced = (price: object) => line({ price })
const tiers = (...ups: (number | string | null)[]) => ups.map((up_to) => ({ up_to, unit_amount: '1' }))

function faults(body: unknown): [number, ...string[]] {
  const result = previewBilling(body)
  return result.ok ? [200] : [result.status, ...result.errors.map((error) => error.pointer)]
}

test('the base request of these tests is valid', () => { expect(faults(BODY)).toEqual([200]) })

test.each<[string, unknown, ...string[]]>([
  ['not an object', [], ''],
  ['an unknown field', { ...BODY, x: 1 }, '/x'],
  ['an unknown field that needs escaping', line({ 'a/b~c': 1 }), '/lines/0/a~1b~0c'],
  ['an unknown field of a price', priced({ model: 'flat', unit_amount: '1', tiers: [] }), '/lines/0/price/tiers'],
  ['an exponent form', priced({ model: 'flat', unit_amount: '1e3' }), '/lines/0/price/unit_amount'],
  ['an exponent form of a count', priced({ model: 'package', unit_amount: '1', package_size: '1e1' }), '/lines/0/price/package_size'],
  ['a number for a decimal', line({ quantity: 1 }), '/lines/0/quantity'],
  ['13 decimals', line({ quantity: '0.0000000000001' }), '/lines/0/quantity'],
  ['a fractional count', priced({ model: 'package', unit_amount: '1', package_size: 1.5 }), '/lines/0/price/package_size'],
  ['a missing quantity', line({ quantity: undefined }), '/lines/0/quantity'],
  ['an unknown model', priced({ model: 'dynamic', unit_amount: '1' }), '/lines/0/price/model'],
  ['a missing currency', { ...BODY, currency: undefined }, '/currency'],
  ['no lines', { ...BODY, lines: [] }, '/lines'],
  ['1001 lines', { ...BODY, lines: Array.from({ length: 1001 }, (_, index) => ({ ...LINE, key: `k${index}` })) }, '/lines'],
  ['a day that does not exist', { ...BODY, period: { start: '2024-02-30', end: '2024-04-01' } }, '/period/start'],
])('%s is 400', (_name, body, ...pointers) => { expect(faults(body)).toEqual([400, ...pointers]) })

test.each<[string, unknown, ...string[]]>([
  ['minimum above maximum', priced({ model: 'flat', unit_amount: '1', minimum: '2', maximum: '1.99' }), '/lines/0/price/minimum'],
  ['already_billed on flat', line({ price: { model: 'flat', unit_amount: '1' }, already_billed: '0' }), '/lines/0/already_billed'],
  ['a negative quantity', line({ quantity: '-1' }), '/lines/0/quantity'],
  ['a tax rate above 1', line({ tax_rate: '1.01' }), '/lines/0/tax_rate'],
  ['tiers that do not rise', priced({ model: 'volume', tiers: tiers(5, '5', null) }), '/lines/0/price/tiers/1/up_to'],
  ['a closed last tier', priced({ model: 'graduated', tiers: tiers(5, 6) }), '/lines/0/price/tiers/1/up_to'],
  ['an open tier in the middle', priced({ model: 'graduated', tiers: tiers(null, null) }), '/lines/0/price/tiers/0/up_to'],
  ['a package of 0', priced({ model: 'package', unit_amount: '1', package_size: 0 }), '/lines/0/price/package_size'],
  ['events on another model', line({ events: 1 }), '/lines/0/events'],
  ['two lines of one key', { ...BODY, lines: [LINE, LINE] }, '/lines/1/key'],
  ['an empty proration', line({ prorate: { from: '2024-03-05', to: '2024-03-05' } }), '/lines/0/prorate/to'],
  ['a proration outside the period', line({ prorate: { from: '2024-02-29', to: '2024-04-02' } }), '/lines/0/prorate/from', '/lines/0/prorate/to'],
  ['an empty period', { ...BODY, period: { start: '2024-03-01', end: '2024-03-01' } }, '/period/end'],
  ['an unknown currency', { ...BODY, currency: 'ABC' }, '/currency'],
  ['an unknown time zone', { ...BODY, timezone: 'Mars/Olympus' }, '/timezone'],
  ['a percent coupon of 0', { ...BODY, coupons: [{ type: 'percent', value: '0' }] }, '/coupons/0/value'],
  ['a percent coupon above 100', { ...BODY, coupons: [{ type: 'percent', value: '100.1' }] }, '/coupons/0/value'],
  ['a fixed coupon finer than the minor unit', { ...BODY, coupons: [{ type: 'fixed', value: '0.001' }] }, '/coupons/0/value'],
  ['credits finer than the minor unit', { ...BODY, currency: 'JPY', prepaid_credits: '0.5' }, '/prepaid_credits'],
  ['negative credits', { ...BODY, prepaid_credits: '-1' }, '/prepaid_credits'],
  ['an amount beyond 2^53 - 1', line({ quantity: '90071992547409.92' }), '/lines/0'],
  ['a sum beyond 2^53 - 1', { ...BODY, lines: ['a', 'b'].map((key) => ({ ...LINE, key, quantity: '90071992547409.91' })) }, '/lines'],
])('%s is 422', (_name, body, ...pointers) => { expect(faults(body)).toEqual([422, ...pointers]) })

test('the greatest amount the wire can carry is accepted', () => { expect(faults(line({ quantity: '90071992547409.91' }))).toEqual([200]) })

test('faults of schema and rules come in one answer, each with its pointer', () => {
  const body = {
    ...BODY, currency: 'ABC',
    lines: [{ key: 'a', price: { model: 'per_unit', unit_amount: 1, minimum: '2', maximum: '1' } }, { key: 'a', price: { model: 'flat', unit_amount: '1' }, already_billed: '1', tax_rate: '2' }],
  }
  expect(faults(body)).toEqual([400, '/lines/0/price/unit_amount', '/lines/0/quantity', '/currency', '/lines/0/price/minimum',
    '/lines/1/tax_rate', '/lines/1/already_billed', '/lines/1/key'])
})

test('no body whatever makes the engine throw, and refused bodies always name a fault', () => {
  const leaf = fc.oneof(fc.constantFrom('0', '-1', '1.5', '1e5', 'USD', '2024-03-01', 'flat', 'volume', '__proto__'), fc.integer(), fc.constant(null), fc.boolean())
  const key = fc.constantFrom('currency', 'lines', 'price', 'model', 'tiers', 'up_to', 'quantity', 'prorate', 'from', 'coupons', 'type', 'value', 'period', 'start')
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(key, tie('tree'), { maxKeys: 6 })),
  }))
  fc.assert(fc.property(tree, tree, (patch, linePatch) => {
    const bodies = [patch, { ...BODY, ...(typeof patch === 'object' ? patch : {}) }, line(typeof linePatch === 'object' && linePatch !== null ? linePatch : {})]
    for (const body of bodies) {
      const result = previewBilling(body)
      if (!result.ok) expect(result.errors.length).toBeGreaterThan(0)
    }
  }))
})
