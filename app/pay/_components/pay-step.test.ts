import { expect, test } from 'vitest'
import type { Checkout } from '../../_lib/wire.ts'
import { firstChoice, firstMethod, inHomeOrder, payStep, phoneNumber, pollMs, PUSH_MS, pushLeftMs, type PayFacts } from './pay-step.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const at = (ms: number): string => new Date(NOW + ms).toISOString()
const money = (amount: number) => ({ amount, currency: 'USD' })

type Payment = NonNullable<Checkout['payment']>
const payment = (over: Partial<Payment> = {}): Payment => ({
  id: 'pay_1', provider: 'stripe', name: 'Stripe', way: 'redirect', state: 'pending', amount: money(100), checkout_url: 'https://pay.example/1', message: null,
  instructions: [], failure_code: null, payment_method_id: null, created_at: at(-10_000), updated_at: at(-10_000), ...over,
})
const step = (latest: Payment | null, over: Partial<PayFacts> = {}, invoice: { status?: string; due?: number } = {}) =>
  payStep({
    checkout: { status: invoice.status ?? 'open', amount_due: money(invoice.due ?? 100), payment: latest }, opening: false, returned: null, dismissed: null, now: NOW, ...over,
  })

test('nothing begun: the payer chooses; a press opens', () => {
  expect(step(null)).toBe('choose')
  expect(step(null, { opening: true })).toBe('opening')
})

test('a checkout begun here or in another tab waits at the provider; back from it, its result is checked', () => {
  expect(step(payment())).toBe('at_provider')
  expect(step(payment(), { returned: 'pay_1' })).toBe('checking')
  expect(step(payment(), { returned: 'pay_of_before' })).toBe('at_provider')
  expect(step(payment({ checkout_url: null }))).toBe('choose')
})

test('turning away from a try leads back to the choice, but never while money is under way', () => {
  expect(step(payment(), { dismissed: 'pay_1' })).toBe('choose')
  expect(step(payment({ state: 'failed' }), { dismissed: 'pay_1' })).toBe('choose')
  expect(step(payment({ state: 'processing' }), { dismissed: 'pay_1' })).toBe('checking')
})

test('a phone is waited for until its time is over', () => {
  expect(step(payment({ way: 'push', created_at: at(-PUSH_MS + 1000) }))).toBe('confirm_on_phone')
  expect(step(payment({ way: 'push', created_at: at(-PUSH_MS) }))).toBe('checking')
  expect(pushLeftMs(at(-30_000), NOW)).toBe(90_000)
  expect(pushLeftMs(at(-PUSH_MS * 2), NOW)).toBe(0)
})

test('a transfer shows where to pay for as long as it is open', () => { expect(step(payment({ way: 'instructions', created_at: at(-86_400_000) }))).toBe('transfer') })

test.each(['failed', 'canceled', 'expired'] as const)('%s shows the reason', (state) => { expect(step(payment({ state }))).toBe('failed') })

test('the bank may ask the payer', () => { expect(step(payment({ state: 'requires_action' }))).toBe('requires_action') })

test('a paid invoice is paid whatever the last try says; one that cannot be paid is closed', () => {
  expect(step(payment({ state: 'failed' }), { opening: true }, { status: 'paid', due: 0 })).toBe('paid')
  expect(step(null, {}, { status: 'partially_paid', due: 0 })).toBe('paid')
  for (const status of ['void', 'uncollectible', 'draft', 'issued']) expect(step(payment(), {}, { status })).toBe('closed')
})

test('part of it arrived: the rest can be paid', () => { expect(step(payment({ state: 'succeeded' }), {}, { status: 'partially_paid', due: 40 })).toBe('choose') })

test('what cannot change any more is not asked about', () => {
  expect([pollMs('paid'), pollMs('closed')]).toEqual([null, null])
  expect(pollMs('checking')).toBeLessThan(pollMs('choose') ?? 0)
})

const way = (provider: string, minimum: number | null = null): Checkout['ways'][number] => ({
  provider, name: provider, kind: 'redirect', saves_methods: true, minimum: minimum === null ? null : money(minimum),
})

test('the way paid by last comes first, if it is offered and takes the sum', () => {
  expect(firstChoice([way('stripe'), way('paystack')], 'paystack')).toBe('paystack')
  expect(firstChoice([way('stripe'), way('paystack', 500)], 'paystack')).toBe('stripe')
  expect(firstChoice([way('stripe', 50), way('paystack')], null)).toBe('paystack')
  expect(firstChoice([way('stripe')], 'gone')).toBe('stripe')
  expect(firstChoice([], 'stripe')).toBe('')
  const order = (currency: string) => inHomeOrder([way('stripe'), way('flutterwave'), way('paystack'), way('mpesa')], currency).map(({ provider }) => provider)
  expect(order('KES')).toEqual(['mpesa', 'stripe', 'flutterwave', 'paystack'])
  expect(order('NGN')).toEqual(['paystack', 'flutterwave', 'stripe', 'mpesa'])
  expect(order('USD')).toEqual(['stripe', 'flutterwave', 'paystack', 'mpesa'])
})

test.each([
  ['+254 712 345 678', 'KES', '+254712345678'], ['0712-345-678', 'KES', '+254712345678'], ['00254712345678', 'KES', '+254712345678'], ['(0712) 345678', 'KES', '+254712345678'],
  ['254712345678', 'KES', '+254712345678'], ['+2348012345678', 'USD', '+2348012345678'],
])('%s, paying %s, is %s', (typed, currency, full) => { expect(phoneNumber(typed, currency)).toBe(full) })
test.each([['', 'KES'], ['123', 'KES'], ['call me', 'KES'], ['+25471234567812345', 'KES'], ['0712 34x 678', 'KES'], ['+', 'KES'], ['0712345678', 'USD']])('%j, paying %s, is none', (typed, currency) => {
  expect(phoneNumber(typed, currency)).toBeNull()
})

test('a card that was just refused is not the one to begin with; another is, or another way', () => {
  const [own, other] = [{ id: 'pm_1' }, { id: 'pm_2' }]
  expect(firstMethod([own, other], { payment: null })).toBe(own)
  expect(firstMethod([own, other], { payment: payment({ state: 'failed', payment_method_id: 'pm_1' }) })).toBe(other)
  expect(firstMethod([own], { payment: payment({ state: 'failed', payment_method_id: 'pm_1' }) })).toBeNull()
  expect(firstMethod([own], { payment: payment({ state: 'succeeded', payment_method_id: 'pm_1' }) })).toBe(own)
})
