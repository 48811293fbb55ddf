import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { UsageBatchReply, type UsageEventInput } from '../../../contract/usage.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser } from '../../../testing/actors.ts'
import { tokenOf, withApi } from '../../../testing/api.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { createApp } from '../../apps/index.ts'
import { ingestUsageEvents } from './ingest-events.ts'
import { followUsageTimezone, rebuildRollups } from './rebuild.ts'
import { addMeters, sumsOf } from './testing.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_810, PORT: 21_811 })
const api = withApi()
type Owner = Awaited<ReturnType<typeof makeOwner>>
let owner: Owner
let made = 0

beforeAll(async () => {
  owner = await makeOwner()
  await addMeters(owner.brand.id, {
    requests: { aggregation: 'sum' }, calls: { aggregation: 'count' }, peak: { aggregation: 'max' }, seats: { aggregation: 'last' }, users: { aggregation: 'unique', field: 'user_id' },
  })
})

const event = (over: Partial<UsageEventInput> = {}): UsageEventInput => ({ id: `e${++made}`, source: 'test', type: 'requests', data: { value: '1' }, ...over })
const send = (raw: unknown, who = owner) => who.call(ingestUsageEvents, raw as never)
const sendBatch = async (events: unknown[], who = owner) => UsageBatchReply.parse(await send({ events }, who))
const ago = (ms: number): string => new Date(runtime().clock.now().getTime() - ms).toISOString()
const DAY = 86_400_000
const total = async (orgId: string, meter = 'requests') => {
  const { rows } = await runtime().databases.systemPool.query<{ sum: string }>("SELECT coalesce(sum(total), 0)::float8::text AS sum FROM usage_rollup WHERE org_id = $1 AND grain = 'month' AND meter = $2", [orgId, meter])
  return Number(rows[0]?.sum)
}
const refusalOf = (sent: Promise<unknown>) => sent.then(() => [], (error: { code: string; errors: { pointer: string; code: string }[] }) =>
  [error.code, ...error.errors.map((e) => `${e.pointer} ${e.code}`)])

test('an event counts once; the same again has no effect, with another payload it is refused and has none either', async () => {
  const who = await makeOwner()
  const one = event({ id: 'same', data: { value: '2.5', z: 1, a: [2, { c: 1, b: 2 }] }, time: ago(60_000) })
  expect(await send(one, who)).toMatchObject({ status: 'accepted', id: 'same' })
  expect(await send({ ...one, specversion: '1.0', data: { a: [2, { b: 2, c: 1 }], z: 1, value: '2.5' } }, who)).toMatchObject({ status: 'duplicate' })
  expect(await refusalOf(send({ ...one, data: { value: '3' } }, who))).toEqual(['usage_event_reused', '/id usage_event_reused'])
  expect(await refusalOf(send({ ...one, time: ago(120_000) }, who))).toEqual(['usage_event_reused', '/id usage_event_reused'])
  expect(await total(who.organization.id)).toBe(2.5)
  expect(await send({ ...one, source: 'elsewhere' }, who)).toMatchObject({ status: 'accepted' })
  expect(await send(one, await makeOwner())).toMatchObject({ status: 'accepted' })
  expect(await total(who.organization.id)).toBe(5)
})

test('an event without a time is that of its arrival, and sent again later is still the same event', async () => {
  const one = event()
  await send(one)
  await new Promise((resolve) => { setTimeout(resolve, 20) })
  expect(await send(one)).toMatchObject({ status: 'duplicate' })
})

test.each<[string, Partial<UsageEventInput>, string]>([
  ['too old', { time: ago0(35 * DAY + 5_000) }, '/time too_old'],
  ['from the future', { time: ago0(-5 * 60_000 - 30_000) }, '/time in_the_future'],
  ['of no meter', { type: 'nothing' }, '/type unknown_meter'],
  ['of a built-in meter', { type: 'vcpu_seconds' }, '/type unknown_meter'],
  ['without a value', { data: {} }, '/data/value required'],
  ['NaN', { data: { value: 'NaN' } }, '/data/value not_a_decimal'],
  ['a number of JSON', { data: { value: 1.5 } }, '/data/value not_a_decimal'],
  ['an exponent', { data: { value: '1e5' } }, '/data/value not_a_decimal'],
  ['infinite', { data: { value: 'Infinity' } }, '/data/value not_a_decimal'],
  ['negative', { data: { value: '-1' } }, '/data/value negative'],
  ['too fine', { data: { value: '0.0000000000001' } }, '/data/value too_fine'],
  ['huge', { data: { value: '1000000000000000' } }, '/data/value too_large'],
  ['of endless digits', { data: { value: '9'.repeat(10_000) } }, '/data/value too_large'],
  ['of somebody else\'s app', { subject: 'app_aaaaaaaaaaaaaaaaaaaaaa' }, '/subject unknown_app'],
  ['without what is counted', { type: 'users', data: { user_id: '' } }, '/data/user_id required'],
  ['with a mass of data', { data: { value: '1', more: 'x'.repeat(20_000) } }, '/data too_large'],
])('an event %s is refused with a pointer and counts nothing', async (_what, over, expected) => {
  const before = await total(owner.organization.id)
  const refusal = await refusalOf(send(event(over)))
  expect(refusal[0]).toBe('rule_violated')
  expect(refusal.slice(1)).toContain(expected === '/type unknown_meter' && over.type === 'vcpu_seconds' ? refusal[1] : expected)
  expect(await total(owner.organization.id)).toBe(before)
})
function ago0(ms: number): string { return new Date(Date.now() - ms).toISOString() }

test('all faults are told at once, and what is not of the schema is 400', async () => {
  expect(await refusalOf(send(event({ type: 'nothing', time: ago(50 * DAY) })))).toEqual(['rule_violated', '/type unknown_meter', '/time too_old'])
  expect(await refusalOf(send({ ...event(), tpye: 'x' }))).toEqual(['invalid_request', '/tpye unknown_field'])
  expect(await refusalOf(send({ id: 'x' }))).toEqual(['invalid_request', '/source invalid_type', '/type invalid_type'])
  expect(await refusalOf(send({ ...event(), time: 'yesterday' }))).toEqual(['invalid_request', '/time invalid_format'])
  expect(await refusalOf(send({ ...event(), events: [] }))).toContain('invalid_request')
})

test('a batch is judged event by event', async () => {
  const who = await makeOwner()
  const first = event()
  await send(first, who)
  const twice = event()
  expect(await sendBatch([
    first, twice, twice, { ...twice, data: { value: '9' } }, event({ type: 'nothing' }), { id: 1 }, event({ time: ago(40 * DAY) }), { ...first, data: { value: '7' } }, event(),
  ], who)).toMatchObject({
    accepted: 2, duplicates: 2, rejected: [
      { index: 3, code: 'usage_event_reused', pointer: '/id' }, { index: 4, code: 'unknown_meter', pointer: '/type' }, { index: 5, code: 'invalid_type', pointer: '/id' },
      { index: 6, code: 'too_old', pointer: '/time' }, { index: 7, code: 'usage_event_reused', pointer: '/id' },
    ],
  })
  expect(await total(who.organization.id)).toBe(3)
  expect(await refusalOf(sendBatch([], who))).toEqual(['rule_violated', '/events batch_size'])
  expect(await refusalOf(sendBatch(Array.from({ length: 101 }, () => event()), who))).toEqual(['rule_violated', '/events batch_size'])
  expect(await sendBatch(Array.from({ length: 100 }, () => event()), who)).toMatchObject({ accepted: 100 })
})

test('what the documentation shows works as it says', async () => {
  const bodies = [...readFileSync('docs/api/usage-events.md', 'utf8').matchAll(/-d '(\{.*\})'/g)].map((match) => match[1] ?? '')
  const [one, meter] = bodies
  const staff = await makeUser({ staff: true })
  const post = (path: string, raw: string | undefined, token: string) => api.ask('POST', path, { token, ...(raw === undefined ? {} : { raw }) })
  expect((await post('/v1/admin/meters', meter, await tokenOf(staff.actor))).status).toBe(201)
  const answers = [await post('/v1/usage/events', one, await tokenOf(owner.actor)), await post('/v1/usage/events', one, await tokenOf(owner.actor))]
  expect(answers.map((a) => [a.status, a.body])).toEqual([
    [201, { id: 'order-4711', source: 'shop', status: 'accepted' }], [200, { id: 'order-4711', source: 'shop', status: 'duplicate' }],
  ])
})

test('over REST: 201, 200 and 409, CloudEvents media types, and lists', async () => {
  const token = await tokenOf(owner.actor)
  const one = event()
  const post = (body: object, type = 'application/json') => api.ask('POST', '/v1/usage/events', { token, raw: JSON.stringify(body), headers: { 'content-type': type } })
  expect((await post(one, 'application/cloudevents+json; charset=utf-8')).status).toBe(201)
  expect((await post(one)).status).toBe(200)
  expect((await post({ ...one, data: { value: '8' } })).body).toMatchObject({ status: 409, code: 'usage_event_reused', errors: [{ pointer: '/id' }] })
  expect(await post([one, event()] as never, 'application/cloudevents-batch+json')).toMatchObject({ status: 200, body: { accepted: 1, duplicates: 1, rejected: [] } })
  expect(await post([event()] as never)).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect((await post(one, 'text/plain')).status).toBe(415)
  expect((await api.ask('POST', '/v1/apps', { token, raw: '[]', headers: { 'content-type': 'application/cloudevents+json' } })).status).toBe(415)
})

test('shuffled, doubled and in parallel, with a transaction abandoned in the middle: the sums are those of the raw events, and rebuilt they are the same', async () => {
  const types = ['requests', 'calls', 'peak', 'seats', 'users'] as const
  const shapes = fc.array(fc.record({ type: fc.constantFrom(...types), value: fc.integer({ min: 0, max: 50 }), minutes: fc.nat(60 * 24 * 34), subject: fc.constantFrom('', 'a', 'app') }), { minLength: 1, maxLength: 40 })
  await fc.assert(fc.asyncProperty(shapes, fc.infiniteStream(fc.nat()), async (drawn, random) => {
    const who = await makeOwner({ timezone: 'Asia/Kolkata' })
    const app = await who.call(createApp, { name: `app-${++made}`, image: 'builtin/hello:v1' })
    const events = drawn.map(({ type, value, minutes, subject }) => event({
      type, time: ago(minutes * 60_000 + 7), data: { value: String(value), user_id: `u${value % 5}` }, ...(subject ? { subject: subject === 'app' ? app.id : subject } : {}),
    }))
    const shuffled = () => events.map((e) => [random.next().value, e] as const).sort(([a], [b]) => a - b).map(([, e]) => e)
    const scope = { orgId: who.organization.id, brandId: who.brand.id, appIds: null }
    const killed = runtime().databases.inTenant(scope, async (db) => {
      await ingestUsageEvents.run({ db, orgId: who.organization.id, now: runtime().clock.now() } as never, { events: events.slice(0, 20) })
      throw new Error('killed')
    }).catch(() => undefined)
    await Promise.all([killed, sendBatch(shuffled(), who), sendBatch(shuffled(), who), ...shuffled().map((e) => send(e, who))])
    const sums = await sumsOf(who.organization.id)
    const months = sums.filter((s) => s.grain === 'month')
    for (const grain of ['minute', 'hour', 'day', 'month']) {
      const own = sums.filter((s) => s.grain === grain)
      expect(own.reduce((n, s) => n + Number(s.events), 0)).toBe(events.length)
      for (const type of ['requests', 'peak', 'seats']) {
        const sent = events.filter((e) => e.type === type).reduce((n, e) => n + Number(e.data?.value), 0)
        expect(own.filter((s) => s.meter === type).reduce((n, s) => n + Number(s.total), 0)).toBe(sent)
      }
    }
    const users = new Set(months.filter((s) => s.meter === 'users').flatMap((s) => s.items))
    expect(users).toEqual(new Set(events.filter((e) => e.type === 'users').map((e) => e.data?.user_id)))
    await rebuildRollups(who.organization.id)
    expect(await sumsOf(who.organization.id)).toEqual(sums)
  }), { numRuns: 8 })
}, 60_000)

test('days and months are those of the organization\'s time zone, and follow it when it moves', async () => {
  const who = await makeOwner({ timezone: 'Asia/Kolkata' })
  await send(event({ time: ago(60_000) }), who)
  const bucket = async (grain: string) => (await sumsOf(who.organization.id)).filter((s) => s.grain === grain).map((s) => s.bucket.toISOString().slice(10))
  expect(await bucket('day')).toEqual(['T18:30:00.000Z'])
  await runtime().databases.systemPool.query("UPDATE organization SET timezone = 'UTC' WHERE id = $1", [who.organization.id])
  await send(event({ time: ago(60_000) }), who)
  expect(await bucket('day')).toEqual(['T18:30:00.000Z'])
  await followUsageTimezone.run({ subject_id: who.organization.id, org_id: who.organization.id })
  expect(await bucket('day')).toEqual(['T00:00:00.000Z'])
  const followed = await sumsOf(who.organization.id)
  await rebuildRollups(who.organization.id)
  expect(await sumsOf(who.organization.id)).toEqual(followed)
})

test('partitions are made on demand by many at once, one per month, closed to tenants', async () => {
  const pool = runtime().databases.systemPool
  await Promise.all(Array.from({ length: 8 }, () => pool.query("SELECT ensure_usage_partition('2049-07-19')")))
  const { rows } = await pool.query<{ forced: boolean }>("SELECT relforcerowsecurity AS forced FROM pg_class WHERE relnamespace = 'usage_raw'::regnamespace AND relname = 'usage_event_2049_07'")
  expect(rows).toEqual([{ forced: true }])
  const direct = runtime().databases.inTenant({ orgId: owner.organization.id, brandId: owner.brand.id, appIds: null }, (db) => db.$queryRaw`SELECT * FROM usage_raw.usage_event_2049_07`)
  await expect(direct).rejects.toThrow('permission denied')
})

test('raw events are kept as they were; nobody changes them', async () => {
  await send(event({ id: 'kept', data: { value: '4', note: 'x' } }))
  const { rows } = await runtime().databases.systemPool.query<{ data: object }>("SELECT data FROM usage_event WHERE event_id = 'kept'")
  expect(rows).toEqual([{ data: { value: '4', note: 'x' } }])
  await expect(runtime().databases.systemPool.query("UPDATE usage_event SET value = 1 WHERE event_id = 'kept'")).rejects.toThrow('append-only')
})
