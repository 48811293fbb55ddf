import { expect, test } from 'vitest'
import { brokenWords, expiryText, methodLook, removalWarning } from './method-words.ts'

const method = (id: string, isDefault = false, state: 'active' | 'broken' | 'expired' = 'active') => ({ id, brand: 'visa', last4: id, default: isDefault, state })
const on = { auto_pay: true, top_up: null }
const off = { auto_pay: false, top_up: null }

test('removing the card that pays is warned about, and says what happens then', () => {
  expect(removalWarning(method('1111', true), [method('1111', true), method('2222')], on)).toContain('Visa ending in 2222 is charged instead')
  expect(removalWarning(method('1111', true), [method('1111', true), method('2222', false, 'broken')], on)).toContain('paid by hand')
  expect(removalWarning(method('1111', true), [method('1111', true)], { auto_pay: false, top_up: { below: { amount: 1, currency: 'USD' }, amount: { amount: 1, currency: 'USD' } } })).toContain('paid by hand')
})

test('removing any other card warns of nothing', () => {
  expect(removalWarning(method('2222'), [method('1111', true), method('2222')], on)).toBeNull()
  expect(removalWarning(method('1111', true), [method('1111', true)], off)).toBeNull()
  expect(removalWarning(method('1111', true), [method('1111', true)], undefined)).toBeNull()
})

const now = new Date('2026-11-21T12:00:00Z')
test.each([
  ['active', { month: 11, year: 2026 }, 'Expires soon'], ['active', { month: 12, year: 2026 }, 'Expires soon'], ['active', { month: 1, year: 2027 }, null], ['active', null, null],
  ['expired', { month: 10, year: 2026 }, 'Expired'], ['broken', { month: 1, year: 2030 }, 'Refused by the bank'],
] as const)('%s, good until %j: %s', (state, expires, word) => { expect(methodLook({ state, expires }, now)?.word ?? null).toBe(word) })

test('the expiry reads as on the card, a refusal in plain words', () => {
  expect(expiryText({ expires: { month: 3, year: 2031 } })).toBe('03/31')
  expect(expiryText({ expires: null })).toBeNull()
  expect(brokenWords({ failure_code: 'lost_or_stolen' })).toBe('The bank has blocked the card. Add another one.')
})
