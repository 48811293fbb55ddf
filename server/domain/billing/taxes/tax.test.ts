import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exact, multiply, roundHalfAwayFromZero, whole } from '../rules/rational.ts'
import { applyTax } from './apply-tax.ts'
import { TAX_PRESETS } from './presets.ts'
import { REVERSE_CHARGE, taxFor, type TaxBuyer, type TaxQuestion, type TaxRateRule, type TaxTreatment } from './tax-for.ts'
import { plainTaxId, taxIdFault } from './tax-id.ts'

const BUYER: TaxBuyer = { country: 'NG', region: '', business: false, taxId: null, vatStatus: 'none', exemption: null }
const SELLER = { country: 'NG', region: '', taxId: '0123', defaultRate: '0.075', defaultName: 'VAT' }
const rate = (over: Partial<TaxRateRule>): TaxRateRule => ({ country: 'NG', region: '', product: '', from: '2020-01-01', to: null, rate: '0.075', inclusive: false, name: 'VAT', ...over })
const ask = (over: Partial<TaxQuestion>) => taxFor({ seller: SELLER, buyer: BUYER, product: 'services', date: '2026-10-31', rates: [], ...over })
const buyer = (over: Partial<TaxBuyer>): TaxBuyer => ({ ...BUYER, ...over })
const german = { ...SELLER, country: 'DE', defaultRate: '0.19' }
const french = buyer({ country: 'FR', business: true, taxId: 'FR12345678901' })

test('a seller without rates charges everybody its one rate', () => {
  expect(ask({})).toMatchObject({ category: 'S', rate: '0.075' })
  expect(ask({ buyer: buyer({ country: 'US' }) })).toMatchObject({ category: 'S', rate: '0.075' })
  expect(ask({ seller: { ...SELLER, defaultRate: '0' } })).toMatchObject({ category: 'O', rate: '0' })
})

test('a rate counts from its first day to the day before its end', () => {
  const rates = [rate({ rate: '0.05', to: '2020-02-01' }), rate({ rate: '0.075', from: '2020-02-01' })]
  expect(ask({ rates, date: '2020-01-31' })).toMatchObject({ rate: '0.05' })
  expect(ask({ rates, date: '2020-02-01' })).toMatchObject({ rate: '0.075' })
})

test('region before country, product before all', () => {
  const rates = [rate({}), rate({ region: 'QC', rate: '0.15' }), rate({ product: 'books', rate: '0' }), rate({ region: 'QC', product: 'books', rate: '0.01' })]
  expect(ask({ rates })).toMatchObject({ rate: '0.075' })
  expect(ask({ rates, product: 'books' })).toMatchObject({ rate: '0', category: 'Z' })
  expect(ask({ rates, product: 'books', buyer: buyer({ region: 'QC' }) })).toMatchObject({ rate: '0.01' })
  expect(ask({ rates, buyer: buyer({ region: 'QC' }) })).toMatchObject({ rate: '0.15' })
})

test('an exemption counts while it lasts and says why', () => {
  const exempt = buyer({ exemption: { until: '2026-12-01', evidence: 'certificate 12' } })
  expect(ask({ buyer: exempt })).toMatchObject({ category: 'E', rate: '0', wording: 'Exempt from VAT: certificate 12' })
  expect(ask({ buyer: exempt, date: '2026-12-01' })).toMatchObject({ category: 'S' })
})

test('reverse charge only for a confirmed number of another member state; until the register answered, nothing is decided', () => {
  const rates = [rate({ country: 'DE', rate: '0.19' }), rate({ country: 'FR', rate: '0.2' })]
  const status = (vatStatus: TaxBuyer['vatStatus']) => ask({ seller: german, rates, buyer: { ...french, vatStatus } })
  expect(status('valid')).toMatchObject({ category: 'AE', rate: '0', wording: REVERSE_CHARGE })
  expect(status('none')).toEqual({ pending: true })
  expect(status('pending')).toEqual({ pending: true })
  expect(status('invalid')).toMatchObject({ category: 'S', rate: '0.2' })
  expect(ask({ seller: german, rates, buyer: { ...french, business: false } })).toMatchObject({ rate: '0.2' })
  expect(ask({ seller: german, rates, buyer: { ...french, country: 'DE', taxId: 'DE123456789' } })).toMatchObject({ rate: '0.19' })
  expect(ask({ seller: german, rates, buyer: { ...french, country: 'IT', business: false } })).toMatchObject({ rate: '0.19' })
  expect(ask({ seller: german, rates, buyer: buyer({ country: 'US' }) })).toMatchObject({ category: 'O', rate: '0' })
})

test('presets: each country has one rate on any day, and none overlaps', () => {
  for (const presets of Object.values(TAX_PRESETS)) {
    const sorted = [...presets].sort((a, b) => (a.from < b.from ? -1 : 1))
    sorted.forEach((preset, index) => { expect(preset.to).toBe(sorted[index + 1]?.from ?? null) })
  }
  expect(['NG', 'KE', 'ZA', 'GH'].map((country) => TAX_PRESETS[country]?.at(-1)?.rate)).toEqual(['0.075', '0.16', '0.15', '0.2'])
})

const treatment = (over: Partial<TaxTreatment> = {}): TaxTreatment => ({ category: 'S', rate: '0.2', name: 'VAT', inclusive: false, wording: null, ...over })
const lines = fc.array(fc.record({
  amount: fc.bigInt(-1_000_000n, 1_000_000_000n), discount: fc.constant(0n),
  tax: fc.record({ category: fc.constant('S' as const), rate: fc.constantFrom('0', '0.05', '0.075', '0.16', '0.219', '0.2'), name: fc.constant('VAT'), inclusive: fc.boolean(), wording: fc.constant(null) }),
}), { maxLength: 12 })

test('whatever the lines: nets are the bases, and what the customer pays is the prices, plus the tax that is not inside them', () => {
  fc.assert(fc.property(lines, (input) => {
    const { lines: out, groups } = applyTax(input)
    const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)
    expect(sum(out.map((line) => line.net))).toBe(sum(groups.map((group) => group.base)))
    const added = sum(groups.filter((group) => !group.inclusive).map((group) => group.amount))
    expect(sum(out.map((line) => line.net)) + sum(groups.map((group) => group.amount))).toBe(sum(input.map((line) => line.amount)) + added)
    for (const group of groups.filter((g) => !g.inclusive)) expect(group.amount).toBe(roundHalfAwayFromZero(multiply(whole(group.base), exact(group.rate))))
  }))
})

test('tax inside the price is taken out once per rate', () => {
  const { lines: out, groups } = applyTax([{ amount: 100n, discount: 0n, tax: treatment({ inclusive: true }) }, { amount: 20n, discount: 0n,
    tax: treatment({ inclusive: true }) }])
  expect(groups).toMatchObject([{ base: 100n, amount: 20n }])
  expect(out.map((line) => line.amount)).toEqual([83n, 17n])
})

test('tax numbers have the form of their country', () => {
  expect(taxIdFault('DE', 'DE 123 456 789')).toBeNull()
  expect(taxIdFault('DE', '123')).toMatch(/DE123456789/)
  expect(taxIdFault('NG', '01234567-0001')).toBeNull()
  expect(taxIdFault('KE', 'P051234567A')).toBeNull()
  expect(taxIdFault('KE', '12')).not.toBeNull()
  expect(taxIdFault('BR', '!')).not.toBeNull()
  expect(plainTaxId(' de-123.456 ')).toBe('DE123456')
})
