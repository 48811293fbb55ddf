import { expect, test } from 'vitest'
import { goDurationUs, parseRequest } from './request-log.ts'

const line = (user: string, over: object = {}): string =>
  JSON.stringify({ ts: 1_700_000_000_000.5, user_id: user, duration: 1.5, size: 12, status: 200, ...over })

test.each([
  ['4.453606ms', 4_454], ['301.8µs', 302], ['1m2.5s', 62_500_000], ['950ns', 1], ['0s', 0], ['', null], ['soon', null], ['5', null],
])('Go writes %s', (text, us) => {
  expect(goDurationUs(text)).toBe(us)
})

test('a request is as slow as its instance took to begin its answer; where none did, as long as the visitor waited', () => {
  expect(parseRequest(line('2ms 10.64.0.3 Shop.Test:8443'))).toEqual({
    endedMs: 1_700_000_000_000.5, status: 200, bytesOut: 12, host: 'shop.test:8443', upstream: '10.64.0.3', latencyUs: 2_000,
  })
  expect(parseRequest(line('2ms 127.63.0.1 shop.test 1', { status: 503 })), 'the agent was asked, and no instance answered').toMatchObject({ latencyUs: 1_500_000 })
  expect(parseRequest(line('  shop.test', { status: 502 }))).toMatchObject({ upstream: null, latencyUs: 1_500_000, host: 'shop.test' })
})

test('lines that were cut off or are no request are passed over', () => {
  for (const text of ['', '{"ts":1', 'null', '[]', '{"level":"warn"}', line('a', { status: 'ok' })]) expect(parseRequest(text)).toBeNull()
})
