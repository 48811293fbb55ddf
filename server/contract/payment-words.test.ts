import { expect, test } from 'vitest'
import { failureWords, methodName, railName } from './payment-words.ts'

const CODES = [
  'insufficient_funds', 'card_declined', 'expired_card', 'lost_or_stolen', 'authentication_required', 'invalid_method', 'limit_exceeded', 'processing_error',
  'cancelled_by_payer', 'timeout',
]

test.each(CODES)('%s has a reason of its own and something to do', (code) => {
  const { reason, advice } = failureWords(code)
  expect(reason).not.toBe(failureWords('unknown').reason)
  expect(reason).not.toContain('_')
  expect(reason.endsWith('.')).toBe(false)
  expect(advice.endsWith('.')).toBe(true)
})

test.each([null, 'unknown', 'do_not_honor', '__proto__', 'constructor'])('%s is told without words of the provider', (code) => {
  expect(failureWords(code)).toEqual({ reason: 'the provider gave no reason', advice: 'Try again, or choose another way to pay.' })
})

test('a rail without a name of its own reads like one', () => {
  expect(['mpesa', 'bank_transfer', 'gcash', 'some_rail'].map(railName)).toEqual(['M-Pesa', 'Bank transfer', 'Gcash', 'Some rail'])
})

test('a stored method is named by its brand and its last digits', () => {
  expect(methodName({ brand: 'visa', last4: '4242' })).toBe('Visa ending in 4242')
  expect(methodName({ brand: 'mpesa', last4: '' })).toBe('M-Pesa')
  expect(methodName({ brand: 'jcb', last4: '0505' })).toBe('Jcb ending in 0505')
  expect(methodName({ brand: '', last4: '1111' })).toBe('Card ending in 1111')
})
