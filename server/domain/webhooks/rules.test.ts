import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { EVENT_TYPES, filterTakes, isEventFilter, isEventType } from '../../contract/event-types.ts'
import { CreateWebhook, RETRY_DELAYS_S } from '../../contract/webhook.ts'
import { payloadOf } from './payload.ts'
import { errorOf, pauseSeconds, retryAfterSeconds, retryDelay, verdictOf } from './schedule.ts'
import { newSecret, signatureHeaders } from './signature.ts'

const chance = fc.double({ min: 0, max: 1, noNaN: true })

test('ten attempts over some 75 hours, each wait a tenth longer or shorter at most', () => {
  expect(RETRY_DELAYS_S.reduce((sum: number, s) => sum + s, 0) / 3600).toBeCloseTo(75.6, 1)
  fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), chance, (tries, c) => {
    const planned = RETRY_DELAYS_S[tries - 1] ?? 0
    const delay = retryDelay(tries, c, null) ?? 0
    expect(delay).toBeGreaterThanOrEqual(planned * 0.9 - 1e-6)
    expect(delay).toBeLessThanOrEqual(planned * 1.1 + 1e-6)
  }))
  expect(retryDelay(10, 0.5, null)).toBeNull()
  expect(retryDelay(10, 0.5, 60)).toBeNull()
})

test('Retry-After can put an attempt off, never bring it forward, and by a day at most', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), chance, fc.integer({ min: 0, max: 1e9 }), (tries, c, after) => {
    const delay = retryDelay(tries, c, after) ?? 0
    expect(delay).toBeGreaterThanOrEqual(retryDelay(tries, c, null) ?? 0)
    expect(delay).toBeGreaterThanOrEqual(Math.min(after, 86_400))
    expect(delay).toBeLessThanOrEqual(95_041)
  }))
})

test('Retry-After is read as seconds or as a date; nonsense is none', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  expect(retryAfterSeconds('120', now)).toBe(120)
  expect(retryAfterSeconds('Sat, 21 Nov 2026 12:05:00 GMT', now)).toBe(300)
  expect(retryAfterSeconds('Sat, 21 Nov 2026 11:05:00 GMT', now)).toBe(0)
  for (const text of [undefined, '', 'soon', '-5x', '99999999999999']) expect(retryAfterSeconds(text, now)).toBeNull()
  fc.assert(fc.property(fc.string(), (text) => {
    const seconds = retryAfterSeconds(text, now)
    expect(seconds === null || seconds >= 0).toBe(true)
  }))
})

test('only 2xx is success, 410 is the end, a redirect is a failure of its own name', () => {
  fc.assert(fc.property(fc.integer({ min: 100, max: 999 }), (status) => {
    expect(verdictOf(status) === 'delivered').toBe(status >= 200 && status <= 299)
    expect(errorOf(status) === null).toBe(status >= 200 && status <= 299)
  }))
  expect([verdictOf(410), verdictOf(null), errorOf(302), errorOf(410), errorOf(500)]).toEqual(['gone', 'failed', 'redirect', 'gone', 'refused_status'])
  const pauses = [pauseSeconds(429, 30), pauseSeconds(503, 1e6), pauseSeconds(429, null), pauseSeconds(500, 30), pauseSeconds(null, null)]
  expect(pauses).toEqual([30, 3_600, null, null, null])
})

test('the standardwebhooks verifier accepts what we sign, by the old secret as by the new one, and nothing that was changed', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const [fresh, old] = [newSecret(), newSecret()]
    const body = JSON.stringify({ text })
    const headers = signatureHeaders([fresh, old], 'evt_1', Math.floor(Date.now() / 1000), body)
    for (const secret of [fresh, old]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow()
    expect(() => new Webhook(fresh).verify(`${body} `, headers)).toThrow()
    expect(() => new Webhook(fresh).verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow()
    expect(() => new Webhook(fresh).verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 600) })).toThrow()
  }), { numRuns: 50 })
})

test('X-ShellWeGo-Signature is the reference\'s: hex HMAC-SHA256 of the body under the secret as text', () => {
  const [secret, old] = [newSecret(), newSecret()]
  const reference = (key: string, body: string): string => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
  expect(signatureHeaders([secret], 'evt_1', 1, '{"a":1}')['x-shellwego-signature']).toBe(reference(secret, '{"a":1}'))
  expect(signatureHeaders([secret, old], 'evt_1', 1, '{}')['x-shellwego-signature']).toBe(`${reference(secret, '{}')},${reference(old, '{}')}`)
})

test('a payload says what happened to what, and stays below 20 kB whatever the event holds', () => {
  const event = { id: 'evt_1', orgId: 'org_1', type: 'deployment.succeeded', subjectType: 'deployment', subjectId: 'dep_1', data: { app_id: 'app_1' }, at: new Date('2026-11-21T12:00:00Z') }
  expect(JSON.parse(payloadOf(event))).toEqual({
    id: 'evt_1', type: 'deployment.succeeded', timestamp: '2026-11-21T12:00:00.000Z', data: { app_id: 'app_1', organization_id: 'org_1', deployment_id: 'dep_1' },
  })
  const large = payloadOf({ ...event, data: { text: 'ü'.repeat(15_000) } })
  expect(Buffer.byteLength(large)).toBeLessThan(20_000)
  expect(JSON.parse(large)).toMatchObject({ id: 'evt_1', data: { deployment_id: 'dep_1', truncated: true } })
})

const types = Object.entries(EVENT_TYPES).flatMap(([group, names]) => Object.keys(names).map((name) => `${group}.${name}`))

test('a filter takes its type, its group, or all, as a naive reading says', () => {
  const filters = fc.subarray([...types, ...Object.keys(EVENT_TYPES).map((g) => `${g}.*`), '*'], { maxLength: 4 })
  fc.assert(fc.property(filters, fc.constantFrom(...types), (chosen, type) => {
    expect(filterTakes(chosen, type)).toBe(chosen.includes('*') || chosen.includes(type) || chosen.includes(`${type.split('.')[0] ?? ''}.*`))
  }), { numRuns: 1_000 })
  expect(filterTakes(['sso.*'], 'sso_domain.added')).toBe(false)
})

test('a filter that can never take anything is refused by name', () => {
  for (const filter of [...types, '*', 'app.*']) expect(isEventFilter(filter)).toBe(true)
  for (const filter of ['', 'app', 'app.', '.*', 'app.**', 'a.*', 'app.exploded', '__proto__.*', 'constructor.name', 'app.constructor', 'app.toString', '**', 'app.created ']) expect(isEventFilter(filter), filter).toBe(false)
  expect(isEventType('app.*')).toBe(false)
})

test('headers we set and headers that would smuggle are refused', () => {
  const parse = (headers: Record<string, string>) => CreateWebhook.safeParse({ url: 'https://example.com', events: ['*'], headers }).success
  expect(parse({ Authorization: 'Bearer abc', 'X-Custom-Header': 'value' })).toBe(true)
  for (const name of ['Host', 'webhook-id', 'Webhook-Signature', 'X-ShellWeGo-Signature', 'content-length', 'Transfer-Encoding', 'connection', 'a b', 'a\r\nb', '']) expect(parse({ [name]: 'x' }), name).toBe(false)
  for (const value of ['a\r\nb: c', '\u0000', 'grüß', 'x'.repeat(1_001)]) expect(parse({ 'x-a': value })).toBe(false)
})

test('a secret of one\'s own has 24 to 64 bytes', () => {
  const parse = (secret: string) => CreateWebhook.safeParse({ url: 'https://example.com', events: ['*'], secret }).success
  const of = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`
  expect([23, 24, 64, 65].map((n) => parse(of(n)))).toEqual([false, true, true, false])
  for (const bad of ['whsec_', 'whsec_!!!!', 'secret', of(32).slice(6), `${of(32)}\n`]) expect(parse(bad), bad).toBe(false)
})
