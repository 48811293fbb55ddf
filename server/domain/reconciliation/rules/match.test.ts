import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditorReference } from '../../../contract/creditor-reference.ts'
import { bookOf, type OpenInvoice } from './book.ts'
import { match, type Money } from './match.ts'

const invoice = (n: number, over: Partial<OpenInvoice> = {}): OpenInvoice => ({
  id: `inv_${n}`, orgId: `org_${n % 4}`, number: `SWG-2026-${String(n).padStart(6, '0')}`, outstanding: BigInt(1000 + n * 100), currency: 'EUR',
  buyer: `Buyer ${n % 4} Ltd`, dueAt: n, ...over,
})
const invoices = Array.from({ length: 8 }, (_, n) => invoice(n + 1))
const book = bookOf(invoices, [{ account: 'DE1', orgId: 'org_1' }])
const money = (over: Partial<Money>): Money => ({ amount: 1100n, currency: 'EUR', payer: '', payerAccount: '', text: '', ...over })
const rf = (n: number): string => creditorReference(invoice(n).number)

test('a reference is certain, whatever the sum', () => {
  for (const [amount, share, credit] of [[1100n, 1100n, 0n], [300n, 300n, 0n], [1500n, 1100n, 400n]] as const) {
    expect(match(money({ amount, text: `Payment ${rf(1)} thanks` }), book))
      .toEqual({ book: { rule: 'reference', confidence: 'certain', shares: [{ invoiceId: 'inv_1', amount: share }], credit } })
  }
})

test('a reference in groups and small letters is the same reference', () => {
  const printed = rf(1).toLowerCase().replaceAll(/(.{4})/g, '$1 ')
  expect(match(money({ text: `for ${printed}` }), book)).toMatchObject({ book: { rule: 'reference', shares: [{ invoiceId: 'inv_1' }] } })
})

test.each(['SWG-2026-000001', 'swg 2026 000001', 'inv: SWG/2026/000001.', 'SWG2026000001'])('an invoice number with its exact sum is certain: %s', (text) => {
  expect(match(money({ text }), book)).toMatchObject({ book: { rule: 'number', confidence: 'certain' } })
})

test('a number with another sum, and a longer number, are for a person', () => {
  expect(match(money({ amount: 999n, text: 'SWG-2026-000001' }), book)).toMatchObject({ book: null, reason: 'sum_differs', proposals: [{ rule: 'number', confidence: 'likely' }] })
  expect(match(money({ amount: 999n, text: 'SWG-2026-0000011' }), book)).toMatchObject({ book: null, reason: 'nothing_fits' })
})

test('one line pays several invoices', () => {
  expect(match(money({ amount: 2300n, text: 'SWG-2026-000001, SWG-2026-000002' }), book)).toMatchObject({
    book: { rule: 'number', shares: [{ invoiceId: 'inv_1', amount: 1100n }, { invoiceId: 'inv_2', amount: 1200n }], credit: 0n },
  })
  expect(match(money({ amount: 2000n, text: `${rf(1)} ${rf(2)}` }), book)).toMatchObject({ book: null, reason: 'sum_differs' })
  expect(match(money({ amount: 3000n, text: `${rf(1)} ${rf(5)}` }), book)).toMatchObject({ book: { credit: 400n } })
  expect(match(money({ amount: 3000n, text: `${rf(1)} ${rf(2)}` }), book)).toMatchObject({ book: null, reason: 'sum_differs' })
})

test('a wrong reference, a settled one, and another currency are never booked', () => {
  expect(match(money({ text: 'RF99SWG2026000001' }), book)).toMatchObject({ book: null, reason: 'wrong_reference' })
  expect(match(money({ text: creditorReference('SWG-2026-999999') }), book)).toMatchObject({ book: null, reason: 'wrong_reference' })
  expect(match(money({ currency: 'USD', text: rf(1) }), book)).toMatchObject({ book: null })
})

test('who pays and how much are hints', () => {
  expect(match(money({ amount: 1500n, payerAccount: 'DE1' }), book)).toMatchObject({ book: null, reason: 'payer_known', proposals: [{ rule: 'payer_and_amount', confidence: 'likely', shares: [{ invoiceId: 'inv_5' }] }] })
  expect(match(money({ amount: 2600n, payerAccount: 'DE1' }), book)).toMatchObject({ book: null, proposals: [{ rule: 'payer_and_amount', shares: [{ invoiceId: 'inv_1' }, { invoiceId: 'inv_5' }] }] })
  expect(match(money({ amount: 50n, payer: 'BUYER 1, Ltd.' }), book)).toMatchObject({ book: null, proposals: [{ rule: 'payer', confidence: 'possible' }] })
  expect(match(money({ amount: 1200n }), book)).toMatchObject({ book: null, reason: 'only_amount_fits', proposals: [{ shares: [{ invoiceId: 'inv_2' }] }] })
})

const anyText = fc.array(fc.oneof(
  fc.constantFrom(...invoices.map((one) => one.number), ...invoices.map((one) => creditorReference(one.number)), 'RF00', 'thanks', '...'), fc.string()), { maxLength: 5 })
  .map((parts) => parts.join(' '))
const anyMoney = fc.record({
  amount: fc.oneof(fc.bigInt({ min: 1n, max: 20_000n }), fc.constantFrom(1100n, 1200n, 2300n)), currency: fc.constantFrom('EUR', 'USD'),
  payer: fc.constantFrom('', 'Buyer 1 Ltd', 'Somebody'), payerAccount: fc.constantFrom('', 'DE1', 'DE2'), text: anyText,
})

test('shares and credit are the money, no invoice gets more than it is owed, and only what was named is booked', () => {
  fc.assert(fc.property(anyMoney, (given) => {
    const verdict = match(given, book)
    for (const proposal of verdict.book ? [verdict.book] : verdict.proposals) {
      expect(proposal.shares.reduce((sum, one) => sum + one.amount, proposal.credit)).toBe(given.amount)
      expect(proposal.credit >= 0n).toBe(true)
      for (const one of proposal.shares) {
        const owes = invoices.find((candidate) => candidate.id === one.invoiceId)
        expect(one.amount > 0n && owes !== undefined && one.amount <= owes.outstanding && owes.currency === given.currency).toBe(true)
      }
    }
    if (verdict.book) {
      expect(verdict.book.confidence).toBe('certain')
      expect(['reference', 'number']).toContain(verdict.book.rule)
    } else expect(verdict.proposals.every((one) => one.confidence !== 'certain')).toBe(true)
  }))
})

test('the order in which invoices are loaded changes nothing', () => {
  fc.assert(fc.property(anyMoney, fc.shuffledSubarray(invoices, { minLength: 8 }), (given, shuffled) => {
    expect(match(given, bookOf(shuffled, [{ account: 'DE1', orgId: 'org_1' }]))).toEqual(match(given, book))
  }))
})
