import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LedgerTransaction } from './ledger.ts'
import {
  balances, creditExpired, creditNoteIssued, creditPurchased, creditPurchaseIssued, invoiceFinalised,
  invoiceVoided, invoiceWrittenOff, paymentReceived, payoutReceived,
  promotionGranted, promotionRevoked, providerFee, refundFailed, refundPaid, resellerShare,
} from './ledger.ts'
import { connectedPayout, partOf, platformFee, platformFeeReturned, sellerFeeKept, sellerFeeReturned, sharedRefundFailed } from './shared-money.ts'

const shared = fc.boolean()
const positive = fc.bigInt({ min: 1n, max: 10n ** 15n })
const any = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
const currency = fc.constantFrom('USD', 'NGN', 'JPY')
const id = fc.stringMatching(/^[a-z0-9]{1,8}$/)
const kind = fc.constantFrom('paid' as const, 'promotional' as const)
const provider = fc.constantFrom('stripe', 'paystack')
const providerSum = fc.record({ id, provider, currency, amount: positive })
const sellerSum = fc.record({ id, provider, currency, amount: positive, shared })
const invoice = fc.record({ invoiceId: id, currency, net: any, tax: any, creditsUsed: fc.array(fc.record({ kind, amount: positive }), { maxLength: 3 }) })

const transaction: fc.Arbitrary<LedgerTransaction> = fc.oneof(
  invoice.map(invoiceFinalised),
  invoice.map(invoiceVoided),
  fc.record({ attemptId: id, provider, currency, amount: positive, due: any, shared }).map(paymentReceived),
  sellerSum.map(providerFee), providerSum.map(payoutReceived), sellerSum.map(refundPaid), sellerSum.map(refundFailed),
  providerSum.map(platformFee), providerSum.map(platformFeeReturned), providerSum.map(sellerFeeReturned), providerSum.map(sellerFeeKept),
  providerSum.map(connectedPayout),
  fc.tuple(providerSum, positive).map(([sum, part]) => sharedRefundFailed({ ...sum, part: part > sum.amount ? sum.amount : part })),
  fc.record({ creditNoteId: id, currency, net: positive, tax: fc.bigInt({ min: 0n, max: 10n ** 12n }), settlement: fc.constantFrom('receivable' as const, 'refund' as const, 'credit' as const) }).map(creditNoteIssued),
  fc.record({ invoiceId: id, currency, outstanding: positive }).map(invoiceWrittenOff),
  fc.record({ grantId: id, currency, amount: positive }).map(promotionGranted),
  fc.record({ useId: id, currency, amount: positive }).map(promotionRevoked),
  fc.record({ useId: id, currency, amount: positive, kind }).map(creditExpired),
  fc.record({ invoiceId: id, currency, amount: positive }).map(creditPurchaseIssued),
  fc.record({ invoiceId: id, currency, amount: positive }).map(creditPurchased),
  fc.record({ invoiceId: id, currency, amount: positive }).map(resellerShare),
)

test('every transaction sums to zero, has no empty entry and names its cause', () => {
  fc.assert(fc.property(transaction, (built) => {
    expect(built.entries.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(0n)
    expect(built.entries.every((entry) => entry.amount !== 0n)).toBe(true)
    expect(built.businessKey).toMatch(/^[a-z_]+(:[a-z0-9]+)+$/)
  }))
})

test('whatever is booked, the balances of a currency sum to zero', () => {
  fc.assert(fc.property(fc.array(transaction, { maxLength: 30 }), (booked) => {
    for (const code of ['USD', 'NGN', 'JPY']) expect([...balances(booked, code).values()].reduce((a, b) => a + b, 0n)).toBe(0n)
  }))
})

test('an invoice that is issued, paid, charged a fee and paid out leaves revenue, tax, fee and cash', () => {
  const booked = [
    invoiceFinalised({ invoiceId: 'i', currency: 'USD', net: 1000n, tax: 75n, creditsUsed: [{ kind: 'promotional', amount: 100n }] }),
    paymentReceived({ attemptId: 'a', provider: 'stripe', currency: 'USD', amount: 975n, due: 975n }),
    providerFee({ id: 'ch', provider: 'stripe', currency: 'USD', amount: 30n }),
    payoutReceived({ id: 'po', provider: 'stripe', currency: 'USD', amount: 945n }),
  ]
  const nonZero = Object.fromEntries([...balances(booked, 'USD')].filter(([, amount]) => amount !== 0n))
  expect(nonZero).toEqual({ customer_credit_promotional: 100n, revenue: -1000n, tax_payable: -75n, provider_fees: 30n, cash: 945n })
})

test('money beyond what is owed becomes credit of the customer', () => {
  const { entries } = paymentReceived({ attemptId: 'a', provider: 'paystack', currency: 'NGN', amount: 500n, due: 300n })
  expect(entries).toEqual([{ account: 'cash_in_transit:paystack', amount: 500n }, { account: 'receivable', amount: -300n }, { account: 'customer_credit_paid', amount: -200n }])
})

test('credit that is bought and spent becomes revenue once, when it is spent', () => {
  const booked = [
    creditPurchaseIssued({ invoiceId: 'buy', currency: 'USD', amount: 500n }),
    paymentReceived({ attemptId: 'a', provider: 'stripe', currency: 'USD', amount: 500n, due: 500n }),
    creditPurchased({ invoiceId: 'buy', currency: 'USD', amount: 500n }),
    invoiceFinalised({ invoiceId: 'i', currency: 'USD', net: 300n, tax: 0n, creditsUsed: [{ kind: 'paid', amount: 300n }] }),
    creditExpired({ useId: 'u', kind: 'paid', currency: 'USD', amount: 200n }),
  ]
  const nonZero = Object.fromEntries([...balances(booked, 'USD')].filter(([, amount]) => amount !== 0n))
  expect(nonZero).toEqual({ 'cash_in_transit:stripe': 500n, revenue: -300n, breakage: -200n })
})

test('a void takes back all that finalising booked', () => {
  const issued = { invoiceId: 'i', currency: 'USD', net: 1000n, tax: 75n, creditsUsed: [{ kind: 'paid' as const, amount: 10n }] }
  expect([...balances([invoiceFinalised(issued), invoiceVoided(issued)], 'USD').values()].every((amount) => amount === 0n)).toBe(true)
})

test('a refund is cleared by its credit note', () => {
  const booked = [refundPaid({ id: 'r', provider: 'stripe', currency: 'USD', amount: 107n }), creditNoteIssued({ creditNoteId: 'c', currency: 'USD', net: 100n, tax: 7n, settlement: 'refund' })]
  expect(balances(booked, 'USD').get('refunds')).toBe(0n)
})

test.each([0n, -1n])('a payment, refund, fee, payout or write-off of %i is refused', (amount) => {
  const sum = { id: 'x', provider: 'stripe', currency: 'USD', amount }
  const all = [() => providerFee(sum), () => payoutReceived(sum), () => refundPaid(sum), () => refundFailed(sum),
    () => paymentReceived({ attemptId: 'a', provider: 'stripe', currency: 'USD', amount, due: 5n }),
    () => invoiceWrittenOff({ invoiceId: 'i', currency: 'USD', outstanding: amount })]
  for (const build of all) expect(build).toThrow(RangeError)
})

const left = (booked: readonly LedgerTransaction[]) => Object.fromEntries([...balances(booked, 'USD')].filter(([, amount]) => amount !== 0n))

test('of a shared payment the seller has its own account at the provider, and the platform its part less the fee', () => {
  const sum = { id: 'a', provider: 'stripe', currency: 'USD' }
  const refund = { ...sum, id: 'r', amount: 500n }
  const seller = [
    paymentReceived({ ...sum, attemptId: 'a', amount: 1000n, due: 1000n, shared: true }), providerFee({ ...sum, amount: 100n, shared: true }),
    refundPaid({ ...refund, shared: true }), sellerFeeReturned({ ...refund, amount: 50n }), connectedPayout({ ...sum, amount: 400n }),
  ]
  expect(left(seller)).toEqual({ receivable: -1000n, cash: 400n, provider_fees: 50n, refunds: 500n, 'connected_account:stripe': 50n })
  const platform = [platformFee({ ...sum, amount: 100n }), providerFee({ ...sum, id: 'platform:a', amount: 30n }), platformFeeReturned({ ...refund, amount: 50n })]
  expect(left(platform)).toEqual({ platform_fees: -50n, provider_fees: 30n, 'cash_in_transit:stripe': 20n })
})

test('a refund of a shared payment that failed leaves its money with the platform, which owes the reseller its part', () => {
  const refund = { id: 'r', provider: 'stripe', currency: 'USD' }
  expect(left([platformFeeReturned({ ...refund, amount: 50n }), sharedRefundFailed({ ...refund, amount: 500n, part: 50n })]))
    .toEqual({ 'cash_in_transit:stripe': 450n, reseller_payable: -450n })
})

test('our part of a payment, however it is cut, adds up to the whole', () => {
  fc.assert(fc.property(positive, fc.bigInt({ min: 0n, max: 1_000_000n }), fc.array(positive, { maxLength: 5 }), (whole, permille, cuts) => {
    const fee = (whole * permille) / 1_000_000n
    const sums = [...cuts, whole].map((cut) => (cut > whole ? whole : cut)).sort((a, b) => (a < b ? -1 : 1))
    const parts = sums.map((upTo) => partOf(fee, whole, upTo))
    expect(parts.at(-1)).toBe(fee)
    expect(parts.every((part, index) => part >= (parts[index - 1] ?? 0n) && part <= fee)).toBe(true)
  }))
})
