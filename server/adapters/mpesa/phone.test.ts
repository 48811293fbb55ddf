import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kenyanMobile, msisdn } from './phone.ts'

test.each([
  '0712345678', '0712 345 678', '712345678', '+254712345678', '254712345678', '00254712345678', '+254 (712) 345-678', ' 0712.345.678 ',
])('%j is +254712345678', (text) => { expect(kenyanMobile(text)).toBe('+254712345678') })

test.each([['0110123456', '+254110123456'], ['+254101234567', '+254101234567']])('the newer range: %s is %s', (text, phone) => { expect(kenyanMobile(text)).toBe(phone) })

test.each([
  '', 'phone', '071234567', '07123456789', '0812345678', '0612345678', '+255712345678', '2540712345678', '+2540712345678', '07123x5678', '+254', '٠٧١٢٣٤٥٦٧٨', '0712345678;0712345679', '++254712345678',
])('%j is none', (text) => { expect(kenyanMobile(text)).toBeNull() })

test('however it is written, it is one number, and normal already when normalised', () => {
  const subscriber = fc.tuple(fc.constantFrom('1', '7'), fc.stringMatching(/^\d{8}$/)).map(([first, rest]) => first + rest)
  fc.assert(fc.property(subscriber, fc.constantFrom('0', '254', '+254', '00254', ''), fc.constantFrom('', ' ', '-'), (digits, prefix, gap) => {
    const phone = kenyanMobile(`${prefix}${digits.slice(0, 3)}${gap}${digits.slice(3)}`)
    expect(phone).toBe(`+254${digits}`)
    expect(kenyanMobile(phone ?? '')).toBe(phone)
    expect(msisdn(phone ?? '')).toBe(`254${digits}`)
  }))
})
