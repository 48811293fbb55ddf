import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { recordEvent } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { startReceiver, type Receiver } from '../../testing/hook-receiver.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { attempt } from './attempt.ts'
import { claimDue } from './claim.ts'
import { deliverDue, startDispatcher } from './dispatcher.ts'
import { createWebhook, deleteWebhook, getDelivery, getWebhook, listDeliveries, listWebhooks, redeliver, redeliverRange, rotateWebhookSecret, testWebhook, updateWebhook } from './index.ts'

const [PORT, SLOW_PORT] = [21_611, 21_612]
withRuntime({ SHELLWEGO_WEBHOOK_ALLOW: `127.0.0.1/32:${PORT},127.0.0.1/32:${SLOW_PORT}` })
let receiver: Receiver
let slow: Receiver
beforeAll(async () => {
  setPlainMail()
  ;[receiver, slow] = await Promise.all([startReceiver(PORT), startReceiver(SLOW_PORT)])
})
afterAll(() => {
  receiver.close()
  slow.close()
})
beforeEach(async () => {
  await sql('DELETE FROM webhook_endpoint')
  for (const one of [receiver, slow]) {
    one.received.length = 0
    one.set({})
  }
})

const sql = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query<Record<string, unknown>>(text, values)
type Owner = Awaited<ReturnType<typeof makeOwner>>
const emit = (owner: Owner, type = 'app.created', subject = { type: 'app', id: 'app_1' }, data: Record<string, string> = { name: 'shop' }): Promise<void> =>
  runtime().databases.asSystem('job', (db) => recordEvent(db, { orgId: owner.organization.id, type, subject, data, actor: { type: 'job', name: 'test' }, requestId: null }))
const make = async (over: { url?: string; events?: string[]; headers?: Record<string, string> } = {}) => {
  const owner = await makeOwner()
  const hook = await owner.call(createWebhook, { url: receiver.url, events: ['app.*'], ...over })
  return { owner, hook, at: { webhook_id: hook.id } }
}
/** The next attempt of everything is due now. */
const comeDue = () => sql("UPDATE webhook_delivery SET next_attempt_at = now() - interval '1 second' WHERE state = 'pending'")
const deliveriesOf = async (owner: Owner, id: string) => (await owner.call(listDeliveries, { webhook_id: id })).data
const code = (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', (error: { code?: string; message: string }) => error.code ?? error.message)

test('an event reaches the endpoint that asked for it, signed so that the standardwebhooks verifier accepts it', async () => {
  const { owner, hook, at } = await make({ headers: { Authorization: 'Bearer of-mine' } })
  await emit(owner)
  await emit(owner, 'payment.succeeded', { type: 'payment', id: 'pay_1' })
  expect(await deliverDue()).toBe(1)
  const [message] = receiver.received
  if (!message) throw new Error('nothing arrived')
  expect(new Webhook(hook.secret).verify(message.body, message.headers)).toEqual({
    id: message.headers['webhook-id'], type: 'app.created', timestamp: expect.any(String), data: { name: 'shop', organization_id: owner.organization.id, app_id: 'app_1' },
  })
  expect(message.headers).toMatchObject({ authorization: 'Bearer of-mine', 'content-type': 'application/json', 'x-shellwego-event': 'app.created' })
  const [delivery] = await deliveriesOf(owner, hook.id)
  expect(delivery).toMatchObject({ status: 'delivered', attempts: 1, last_status: 200, event_id: message.headers['webhook-id'], next_attempt_at: null })
  const detail = await owner.call(getDelivery, { ...at, delivery_id: delivery?.id ?? '' })
  expect(detail.payload).toBe(message.body)
  expect(detail.log).toMatchObject([{ number: 1, error: null, response: { status: 200, body: 'thanks' }, request: { headers: { authorization: '[hidden]', 'webhook-id': delivery?.event_id } } }])
  expect(JSON.stringify(detail)).not.toContain('of-mine')
})

test('the secret is shown once, stored sealed, and is in no later answer', async () => {
  const { owner, hook, at } = await make()
  expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const { rows: [row] } = await sql('SELECT * FROM webhook_endpoint WHERE id = $1', [hook.id])
  expect(JSON.stringify(row)).not.toContain(hook.secret.slice(6))
  for (const answer of [await owner.call(getWebhook, at), await owner.call(listWebhooks, {}), await owner.call(updateWebhook, { ...at, description: 'x' })]) {
    expect(JSON.stringify(answer)).not.toContain(hook.secret.slice(6))
  }
})

test('a delivery exists if and only if its event was committed, one per endpoint, and a rolled back event leaves none', async () => {
  const { owner, hook } = await make()
  const second = await owner.call(createWebhook, { url: receiver.url, events: ['*'] })
  await runtime().databases.asSystem('job', async (db) => {
    await recordEvent(db, { orgId: owner.organization.id, type: 'app.created', subject: { type: 'app', id: 'app_x' }, actor: { type: 'job', name: 'test' }, requestId: null })
    throw new Error('changed my mind')
  }).catch(() => {})
  await Promise.all(Array.from({ length: 12 }, (_, i) => emit(owner, 'app.scaled', { type: 'app', id: `app_${i}` })))
  const { rows } = await sql(`SELECT endpoint_id, count(*)::int AS n, count(DISTINCT event_id)::int AS events FROM webhook_delivery
    WHERE event_type = 'app.scaled' GROUP BY 1 ORDER BY 1`)
  expect(rows).toEqual([hook.id, second.id].sort().map((id) => ({ endpoint_id: id, n: 12, events: 12 })))
  expect((await sql("SELECT 1 FROM webhook_delivery WHERE event_type = 'app.created'")).rowCount).toBe(0)
})

test('another organization\'s events are never delivered, and a disabled endpoint gets none', async () => {
  const { hook, owner } = await make({ events: ['*'] })
  await emit(await makeOwner())
  await owner.call(updateWebhook, { webhook_id: hook.id, enabled: false })
  await emit(owner)
  await deliverDue()
  expect(receiver.received.filter((m) => !m.body.includes('webhook.created'))).toEqual([])
})

test('a failure is tried again with the same webhook-id and a new timestamp, until it succeeds', async () => {
  const { owner, hook, at } = await make()
  receiver.set({ status: 500, body: `broken ${'x'.repeat(10_000)}\0` })
  await emit(owner)
  await deliverDue()
  expect(await owner.call(getWebhook, at)).toMatchObject({ status: 'failing' })
  const [waiting] = await deliveriesOf(owner, hook.id)
  expect(waiting).toMatchObject({ status: 'pending', attempts: 1, last_status: 500, last_error: 'refused_status' })
  const wait = new Date(waiting?.next_attempt_at ?? 0).getTime() - Date.now()
  expect(wait).toBeGreaterThan(3_000)
  expect(wait).toBeLessThan(6_000)
  expect(await deliverDue()).toBe(0)
  receiver.set({ status: 204, body: '' })
  await comeDue()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await deliverDue()
  const [first, second] = receiver.received
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(Number(second?.headers['webhook-timestamp'])).toBeGreaterThan(Number(first?.headers['webhook-timestamp']))
  expect(second?.body).toBe(first?.body)
  expect(await deliveriesOf(owner, hook.id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
  expect(await owner.call(getWebhook, at)).toMatchObject({ status: 'active', failing_since: null })
  const detail = await owner.call(getDelivery, { ...at, delivery_id: waiting?.id ?? '' })
  expect(detail.log.map((a) => a.number)).toEqual([2, 1])
  expect(detail.log[1]?.response?.body).toHaveLength(4_096)
})

test('after ten failed attempts it is given up, owners are told once, and after five days the endpoint is turned off', async () => {
  const { owner, hook, at } = await make()
  receiver.set({ status: 500 })
  await emit(owner)
  await emit(owner, 'app.updated')
  for (let i = 0; i < 25; i += 1) {
    await deliverDue()
    await comeDue()
  }
  expect(receiver.received).toHaveLength(20)
  expect((await deliveriesOf(owner, hook.id)).map((d) => [d.status, d.attempts])).toEqual([['failed', 10], ['failed', 10]])
  const told = async (type: string) => (await sql('SELECT 1 FROM event WHERE type = $1 AND subject_id = $2', [type, hook.id])).rowCount
  expect(await told('webhook.failing')).toBe(1)
  await sql("UPDATE webhook_endpoint SET failing_since = now() - interval '6 days', warned_at = now() - interval '2 days' WHERE id = $1", [hook.id])
  await emit(owner)
  await sql("SELECT graphile_worker.add_job('webhooks.sweep', '{}')")
  await drainJobs()
  expect(await owner.call(getWebhook, at)).toMatchObject({ status: 'disabled', disabled_reason: 'failing' })
  expect(await told('webhook.disabled')).toBe(1)
  const mails = await sql(`SELECT dedupe_key FROM mail WHERE "to" = $1 AND dedupe_key LIKE 'webhook-trouble:%' ORDER BY created_at`, [owner.actor.email])
  expect(mails.rows.map((row) => String(row.dedupe_key).split(':')[1])).toEqual(['failing', 'disabled'])
  expect((await deliveriesOf(owner, hook.id))[0]).toMatchObject({ status: 'cancelled' })
})

test('410 turns the endpoint off at once and cancels what waits', async () => {
  const { owner, hook, at } = await make()
  receiver.set({ status: 410 })
  await emit(owner)
  const taken = await claimDue(10)
  await emit(owner, 'app.updated')
  const [one] = taken
  if (!one) throw new Error('nothing was due')
  const { recordAttempt } = await import('./record-attempt.ts')
  await recordAttempt(one, await attempt(one))
  expect(await owner.call(getWebhook, at)).toMatchObject({ status: 'disabled', disabled_reason: 'gone' })
  expect((await deliveriesOf(owner, hook.id)).map((d) => d.status).sort()).toEqual(['cancelled', 'failed'])
  expect(await deliverDue()).toBe(0)
})

test('429 with Retry-After leaves the whole endpoint alone for that long', async () => {
  const { owner, hook, at } = await make()
  receiver.set({ status: 429, headers: { 'retry-after': '120' } })
  await emit(owner)
  await deliverDue()
  await emit(owner, 'app.updated')
  expect(await deliverDue()).toBe(0)
  const wait = new Date((await deliveriesOf(owner, hook.id)).find((d) => d.attempts === 1)?.next_attempt_at ?? 0).getTime() - Date.now()
  expect(wait).toBeGreaterThan(110_000)
  expect((await owner.call(getWebhook, at)).paused_until).not.toBeNull()
  await sql('UPDATE webhook_endpoint SET paused_until = now() WHERE id = $1', [hook.id])
  receiver.set({})
  expect(await deliverDue()).toBe(1)
})

test('a redirect is a failure and is not followed', async () => {
  const { owner, hook } = await make()
  receiver.set({ status: 302, headers: { location: slow.url } })
  await emit(owner)
  await deliverDue()
  expect(slow.received).toHaveLength(0)
  expect(await deliveriesOf(owner, hook.id)).toMatchObject([{ status: 'pending', last_status: 302, last_error: 'redirect' }])
})

test('an address inside is logged as not allowed, and nothing is sent there', async () => {
  const { owner, hook, at } = await make({ url: 'https://169-254-169-254.example.invalid/' })
  await sql('UPDATE webhook_endpoint SET url = $2 WHERE id = $1', [hook.id, 'http://10.0.0.5:8080/'])
  await emit(owner)
  await deliverDue()
  const [delivery] = await deliveriesOf(owner, hook.id)
  expect(delivery).toMatchObject({ status: 'pending', last_status: null, last_error: 'address_not_allowed' })
  const { log } = await owner.call(getDelivery, { ...at, delivery_id: delivery?.id ?? '' })
  expect(log).toMatchObject([{ error: 'address_not_allowed', response: null, detail: expect.stringContaining('Address not allowed') }])
})

test.each([
  ['ftp://example.com/', 'scheme_not_allowed'], ['https://user:pw@example.com/', 'credentials_not_allowed'], ['https://example.com:22/', 'port_not_allowed'],
  ['https://169.254.169.254/latest', 'address_not_allowed'], ['https://[::1]/', 'address_not_allowed'], ['https://0x7f.1/', 'address_not_allowed'],
  ['https://localhost/', 'address_not_allowed'], ['https://console.localhost/v1/apps', 'address_not_allowed'], ['example.com', 'invalid_url'],
])('%s cannot be made an endpoint', async (url, expected) => {
  const owner = await makeOwner()
  await expect(owner.call(createWebhook, { url, events: ['*'] })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/url', code: expected }] })
})

test('a rotated secret signs at once; the old one signs too until the overlap ends', async () => {
  const { owner, hook, at } = await make()
  const rotated = await owner.call(rotateWebhookSecret, at)
  expect(rotated.secret).not.toBe(hook.secret)
  await emit(owner)
  await deliverDue()
  const [message] = receiver.received
  for (const secret of [hook.secret, rotated.secret]) new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})
  await sql("UPDATE webhook_endpoint SET previous_until = now() - interval '1 second'")
  await emit(owner)
  await deliverDue()
  const later = receiver.received[1]
  new Webhook(rotated.secret).verify(later?.body ?? '', later?.headers ?? {})
  expect(() => new Webhook(hook.secret).verify(later?.body ?? '', later?.headers ?? {})).toThrow()
  const cut = await owner.call(rotateWebhookSecret, { ...at, overlap_hours: 0 })
  expect(cut.previous_secret_until).toBeNull()
})

test('a test event goes to its endpoint alone, whatever it filters', async () => {
  const { owner, hook, at } = await make({ events: ['invoice.paid'] })
  await owner.call(createWebhook, { url: slow.url, events: ['webhook.*', '*'] })
  await sql('DELETE FROM webhook_delivery')
  const delivery = await owner.call(testWebhook, at)
  expect(delivery).toMatchObject({ webhook_id: hook.id, event_type: 'webhook.test', status: 'pending' })
  await deliverDue()
  expect(receiver.received.map((m) => (JSON.parse(m.body) as { type: string }).type)).toEqual(['webhook.test'])
  expect(slow.received).toEqual([])
  for (let i = 0; i < 9; i += 1) await owner.call(testWebhook, at)
  expect(await code(owner.call(testWebhook, at))).toBe('rate_limited')
})

test('one delivery or a span can be sent again, with the same webhook-id', async () => {
  const { owner, hook, at } = await make()
  const began = new Date(Date.now() - 1_000).toISOString()
  receiver.set({ status: 410 })
  await emit(owner)
  await deliverDue()
  await owner.call(updateWebhook, { ...at, enabled: true })
  receiver.set({})
  await emit(owner, 'app.updated')
  await deliverDue()
  expect((await owner.call(redeliverRange, { ...at, since: began })).queued).toBe(1)
  await deliverDue()
  expect(receiver.received).toHaveLength(3)
  expect(receiver.received[2]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id'])
  expect((await owner.call(redeliverRange, { ...at, since: began, status: 'all' })).queued).toBe(2)
  await deliverDue()
  expect(receiver.received).toHaveLength(5)
  const [newest] = await deliveriesOf(owner, hook.id)
  await owner.call(redeliver, { ...at, delivery_id: newest?.id ?? '' })
  await deliverDue()
  expect(receiver.received).toHaveLength(6)
  expect(await code(owner.call(redeliverRange, { ...at, since: new Date().toISOString(), until: began }))).toBe('rule_violated')
  await owner.call(updateWebhook, { ...at, enabled: false })
  expect(await code(owner.call(redeliver, { ...at, delivery_id: newest?.id ?? '' }))).toBe('state_conflict')
  expect(await code(owner.call(testWebhook, at))).toBe('state_conflict')
})

test('of sixty that want the last places, exactly twenty get one', async () => {
  const owner = await makeOwner()
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => code(owner.call(createWebhook, { url: receiver.url, events: ['*'] }))))
  expect(outcomes.filter((o) => o === 'ok')).toHaveLength(20)
  expect(outcomes.filter((o) => o === 'quota_exceeded')).toHaveLength(40)
}, 60_000)

test('a sender that dies between sending and recording costs a second sending, not the delivery', async () => {
  const { owner, hook } = await make()
  await emit(owner)
  const [lost] = await claimDue(10)
  if (!lost) throw new Error('nothing was due')
  await attempt(lost)
  expect(await claimDue(10)).toEqual([])
  await sql("UPDATE webhook_delivery SET next_attempt_at = next_attempt_at - interval '31 seconds'")
  await deliverDue()
  expect(receiver.received.map((m) => m.headers['webhook-id'])).toEqual([lost.event.id, lost.event.id])
  expect(await deliveriesOf(owner, hook.id)).toMatchObject([{ status: 'delivered', attempts: 1 }])
  const { recordAttempt } = await import('./record-attempt.ts')
  receiver.set({ status: 410 })
  await recordAttempt(lost, await attempt(lost))
  expect(await deliveriesOf(owner, hook.id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
})

test('what is being sent when its endpoint is deleted is forgotten', async () => {
  const { owner, at } = await make()
  await emit(owner)
  const [taken] = await claimDue(10)
  await owner.call(deleteWebhook, at)
  const { recordAttempt } = await import('./record-attempt.ts')
  if (taken) await recordAttempt(taken, await attempt(taken))
  expect(await code(owner.call(getWebhook, at))).toBe('not_found')
  expect((await sql('SELECT 1 FROM webhook_attempt')).rowCount).toBe(0)
})

test('two dispatchers send each delivery once; a slow endpoint gets four at a time and delays nobody', async () => {
  const { owner, hook } = await make()
  slow.set({ delayMs: 1_500 })
  const lagging = await owner.call(createWebhook, { url: slow.url, events: ['app.scaled'] })
  for (let i = 0; i < 12; i += 1) await emit(owner, 'app.scaled', { type: 'app', id: `app_${i}` })
  const both = [startDispatcher(), startDispatcher()]
  await expect.poll(() => slow.received.length, { timeout: 5_000 }).toBeGreaterThan(0)
  const startedMs = Date.now()
  await emit(owner, 'app.created')
  await expect.poll(() => receiver.received.some((m) => m.body.includes('app.created')), { timeout: 5_000, interval: 10 }).toBe(true)
  expect(Date.now() - startedMs).toBeLessThan(900)
  await expect.poll(async () => (await deliveriesOf(owner, lagging.id)).every((d) => d.status === 'delivered'), { timeout: 15_000 }).toBe(true)
  await Promise.all(both.map((d) => d.stop()))
  expect(slow.received).toHaveLength(12)
  expect(receiver.received).toHaveLength(13)
  expect(slow.mostOpen()).toBeLessThanOrEqual(8)
  expect((await deliveriesOf(owner, hook.id)).every((d) => d.status === 'delivered' && d.attempts === 1)).toBe(true)
}, 40_000)

const sum = (numbers: number[] = []): number => numbers.reduce((total, n) => total + n, 0)

test('the list shows the last 24 hours of each endpoint', async () => {
  const { owner } = await make()
  await emit(owner)
  await deliverDue()
  receiver.set({ status: 500 })
  await emit(owner)
  await deliverDue()
  const [listed] = (await owner.call(listWebhooks, {})).data
  expect(listed?.activity).toHaveLength(24)
  expect([sum(listed?.activity.map((h) => h.succeeded)), sum(listed?.activity.map((h) => h.failed))]).toEqual([1, 1])
})

test('finished deliveries go after 30 days; what is still to be sent stays', async () => {
  const { owner, hook } = await make()
  await emit(owner)
  await deliverDue()
  await emit(owner)
  await sql("UPDATE webhook_delivery SET created_at = now() - interval '31 days'")
  await sql("SELECT graphile_worker.add_job('webhooks.sweep', '{}')")
  await drainJobs()
  expect((await deliveriesOf(owner, hook.id)).map((d) => d.status)).toEqual(['pending'])
})
