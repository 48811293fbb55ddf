import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, totpUri } from './totp-code.ts'

const codeAt = (secret: string, atMs: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs })
const STEP_MS = 30_000

test('the test vectors of RFC 6238 (SHA-1, last six digits) are accepted', () => {
  const secret = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer }).base32
  for (const [seconds, code] of [[59, '287082'], [1111111109, '081804'], [1234567890, '005924'], [2000000000, '279037']] as const) {
    expect(stepOfCode(secret, code, 0, seconds * 1000)).toBe(Math.floor(seconds / 30))
  }
})

test('a code counts one step early or late and no further, and each step once', () => {
  const secret = newTotpSecret()
  fc.assert(fc.property(fc.integer({ min: 1e12, max: 4e12 }), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -3, max: 3 }), (now, offset, used) => {
    const step = Math.floor(now / STEP_MS) + offset
    const lastStep = Math.floor(now / STEP_MS) + used
    const expected = Math.abs(offset) <= 1 && step > lastStep ? step : null
    // A six-digit code may by chance be that of a neighbouring step too.
    const codes = [-1, 0, 1].map((d) => codeAt(secret, now + d * STEP_MS))
    fc.pre(new Set([...codes, codeAt(secret, step * STEP_MS)]).size === (Math.abs(offset) <= 1 ? 3 : 4))
    expect(stepOfCode(secret, codeAt(secret, step * STEP_MS), lastStep, now)).toBe(expected)
  }))
})

test('anything but six ASCII digits is no code', () => {
  const secret = newTotpSecret()
  for (const text of ['', '12345', '1234567', '12345a', '١٢٣٤٥٦', ' 123456', '-12345']) expect(stepOfCode(secret, text, 0, Date.now())).toBeNull()
})

test('the address for the QR code names the account and keeps odd names apart from its syntax', () => {
  const uri = new URL(totpUri('JBSWY3DPEHPK3PXP', 'Acme: Cloud & Co', 'a+b@example.com'))
  expect([uri.protocol, uri.host, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual(['otpauth:', 'totp', 'JBSWY3DPEHPK3PXP', 'Acme  Cloud & Co'])
  expect(decodeURIComponent(uri.pathname)).toContain('a+b@example.com')
})
