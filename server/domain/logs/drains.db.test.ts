import http from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import type { CreateDrain } from '../../contract/log-drain.ts'
import { runtime } from '../../core/runtime.ts'
import { makeMember } from '../../testing/estate.ts'
import { makeOwner, metaFor } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { drainDue } from './drains/dispatch.ts'
import { createDrain, deleteDrain, getDrain, listDrains, recordLogs, testDrain, updateDrain } from './index.ts'
import { compactLogs } from './store/compact.ts'

const PORT = 25_211
withRuntime({ SHELLWEGO_WEBHOOK_ALLOW: `127.0.0.1/32:${PORT}` })

interface Taken { id: string; text: string; labels: Record<string, string> }
/** Keeps what it took, as Loki does: the same line of the same moment once. Fails as it is told, before or after it took a batch. */
interface Fault { status: number; keep: boolean }
interface Store { taken: Taken[]; requests: { url: string; headers: http.IncomingHttpHeaders }[]; fail: null | ((n: number) => Fault | null) }
const store: Store = { taken: [], requests: [], fail: null }
let server: http.Server
beforeAll(async () => {
  setPlainMail()
  server = http.createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      store.requests.push({ url: req.url ?? '', headers: req.headers })
      const fault = store.fail?.(store.requests.length) ?? null
      if (fault === null || fault.keep) keep(req.url ?? '', Buffer.concat(chunks).toString())
      res.writeHead(fault?.status ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve))
})
afterAll(() => { server.close() })
beforeEach(() => Object.assign(store, { taken: [], requests: [], fail: null }))

const keep = (url: string, body: string): void => {
  const lines: Taken[] = url.startsWith('/loki')
    ? (JSON.parse(body) as { streams: { stream: Record<string, string>; values: [string, string][] }[] }).streams.flatMap(({ stream, values }) =>
        values.map(([at, text]) => ({ id: `${at} ${text}`, text, labels: stream })))
    : body.split('\n').filter(Boolean).map((one) => JSON.parse(one) as Record<string, string>)
        .map((one) => ({ id: `${one.app_id} ${one.id}`, text: one.line ?? '', labels: one }))
  for (const line of lines) if (!store.taken.some((known) => known.id === line.id)) store.taken.push(line)
}

const setUp = async () => {
  const owner = await makeOwner()
  const nodeId = await insertNode()
  const first = await makeInstance(owner.organization.id, nodeId)
  const second = await makeInstance(owner.organization.id, nodeId)
  const seqs = new Map<string, number>()
  const write = (instanceId: string, ...texts: string[]) => recordLogs(nodeId, texts.map((line) => {
    seqs.set(instanceId, (seqs.get(instanceId) ?? 0) + 1)
    return { w: instanceId, start: instanceId, seq: seqs.get(instanceId) ?? 1, t: Date.now(), s: 'stdout' as const, line }
  }))
  return { owner, first, second, write }
}
type Asked = Partial<z.input<typeof CreateDrain>>
const http_ = (over: Asked = {}) => ({ name: 'Ours', kind: 'http' as const, url: `http://127.0.0.1:${PORT}/in`, ...over })
const sql = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query(text, values)
// The column rounds to milliseconds, so "now" may lie a moment ahead.
const due = () => sql("UPDATE log_drain SET next_attempt_at = now() - interval '1 second'")
const round = async (): Promise<void> => {
  await due()
  await drainDue()
}
const texts = () => store.taken.map((one) => one.text)

test('lines from now on arrive in order, with the secret header, of the level and app asked for', async () => {
  const { owner, first, second, write } = await setUp()
  await write(first.instanceId, 'before the drain')
  const drain = await owner.call(createDrain, http_({ app_id: first.appId, level: 'warn', headers: { Authorization: 'Bearer very-secret' } }))
  expect(drain).toMatchObject({ status: 'active', header_names: ['authorization'], app_id: first.appId })
  expect(JSON.stringify([drain, (await sql('SELECT * FROM log_drain')).rows])).not.toContain('very-secret')
  await write(first.instanceId, 'ERROR one', 'info two', 'warn: three')
  await write(second.instanceId, 'ERROR of another app')
  await round()
  expect(texts()).toEqual(['ERROR one', 'warn: three'])
  expect(store.requests[0]?.headers).toMatchObject({ authorization: 'Bearer very-secret', 'content-type': 'application/x-ndjson', 'x-shellwego-drain': drain.id })
  await round()
  expect(store.requests).toHaveLength(1)
  expect(await owner.call(getDrain, { drain_id: drain.id })).toMatchObject({ last_status: 204, last_error: null, failing_since: null })
})

test('whatever fails, every line arrives at least once and in order, at Loki exactly once', async () => {
  const { owner, first, second, write } = await setUp()
  await owner.call(createDrain, { name: 'Loki', kind: 'loki', url: `http://127.0.0.1:${PORT}` })
  store.fail = (n) => [null, { status: 503, keep: false }, { status: 500, keep: true }, { status: 429, keep: false }][n % 4] ?? null
  const want: string[] = []
  for (let n = 0; n < 40; n += 1) {
    want.push(`line ${n}`)
    await write(first.instanceId, `line ${n}`)
    if (n % 10 === 0) await write(second.instanceId, `other ${n}`)
    if (n % 15 === 0) await compactLogs()
    await round()
  }
  for (let i = 0; i < 12; i += 1) await round()
  expect(texts().filter((text) => text.startsWith('line'))).toEqual(want)
  expect(texts().filter((text) => text.startsWith('other'))).toEqual(['other 0', 'other 10', 'other 20', 'other 30'])
  expect(store.requests[0]?.url).toBe('/loki/api/v1/push')
  expect(store.taken[0]?.labels).toMatchObject({ app_id: first.appId, instance: first.instanceId, level: 'info', stream: 'stdout', organization: owner.organization.id })
})

test('a large backlog goes out in pieces', async () => {
  const { owner, first, write } = await setUp()
  await owner.call(createDrain, http_())
  const many = Array.from({ length: 3_500 }, (_, n) => `n ${n} ${'x'.repeat(n % 900)}`)
  await write(first.instanceId, ...many)
  await round()
  expect(texts()).toEqual(many)
  expect(store.requests.length).toBeGreaterThan(3)
})

test('after an hour its owners are told, after three days it is turned off, and enabled again it goes on where it stopped', async () => {
  const { owner, first, write } = await setUp()
  const drain = await owner.call(createDrain, http_())
  store.fail = () => ({ status: 500, keep: false })
  await write(first.instanceId, 'kept')
  await round()
  expect(await owner.call(getDrain, { drain_id: drain.id })).toMatchObject({ status: 'failing', last_status: 500, last_error: 'refused_status' })
  const wait = (await sql('SELECT extract(epoch FROM next_attempt_at - now())::float8 AS s FROM log_drain WHERE id = $1', [drain.id])).rows[0] as { s: number }
  expect(wait.s).toBeGreaterThan(3)
  await sql("UPDATE log_drain SET failing_since = now() - interval '2 hours'")
  await round()
  await round()
  await sql("UPDATE log_drain SET failing_since = now() - interval '73 hours'")
  await round()
  const off = await owner.call(getDrain, { drain_id: drain.id })
  expect(off).toMatchObject({ status: 'disabled', disabled_reason: 'failing', enabled: false })
  await drainJobs()
  const { rows } = await sql("SELECT dedupe_key FROM mail WHERE \"to\" = $1 AND dedupe_key LIKE 'drain-trouble:%'", [owner.actor.email])
  expect((rows as { dedupe_key: string }[]).map((row) => row.dedupe_key.split(':')[1]).sort()).toEqual(['disabled', 'failing'])
  const asked = store.requests.length
  await round()
  expect(store.requests).toHaveLength(asked)
  store.fail = null
  await write(first.instanceId, 'later')
  await owner.call(updateDrain, { drain_id: drain.id, enabled: true })
  await round()
  expect(texts()).toEqual(['kept', 'later'])
})

test('a test says what the address answered and moves nothing; private addresses are refused', async () => {
  const { owner, first, write } = await setUp()
  const drain = await owner.call(createDrain, http_())
  const tried = (id: string) => testDrain.handle(metaFor(owner.actor, owner.brand), { organization_id: owner.organization.id, drain_id: id })
  expect(await tried(drain.id)).toMatchObject({ ok: true, status: 204, error: null })
  store.fail = () => ({ status: 401, keep: false })
  expect(await tried(drain.id)).toMatchObject({ ok: false, status: 401, error: 'refused_status' })
  store.fail = null
  await write(first.instanceId, 'one')
  await round()
  expect(texts()).toEqual(['A test of the log drain Ours.', 'one'])
  for (const url of ['http://127.0.0.1:9/x', 'http://10.0.0.1/x', 'http://169.254.169.254/latest', 'ftp://example.com']) {
    await expect(owner.call(createDrain, http_({ url })), url).rejects.toMatchObject({ code: 'rule_violated' })
  }
  const moved = await owner.call(createDrain, http_({ url: 'http://localhost.example.invalid/x' }))
  expect(await tried(moved.id)).toMatchObject({ ok: false, error: 'name_not_found' })
})

test('another organization finds no drain, a viewer makes none, and lines go only where their reader may send them', async () => {
  const { owner, first } = await setUp()
  const drain = await owner.call(createDrain, http_())
  const stranger = await makeOwner()
  await expect(stranger.call(getDrain, { drain_id: drain.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(stranger.call(deleteDrain, { drain_id: drain.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(stranger.call(createDrain, http_({ app_id: first.appId }))).rejects.toMatchObject({ code: 'not_found' })
  const inside = { organization_id: owner.organization.id }
  await expect((await makeMember(owner.organization.id, 'viewer')).call(createDrain, { ...http_(), ...inside })).rejects.toMatchObject({ code: 'forbidden' })
  const limited = await makeMember(owner.organization.id, 'developer')
  await sql('UPDATE membership SET app_ids = ARRAY[$2] WHERE user_id = (SELECT user_id FROM membership WHERE org_id = $1 AND role = \'developer\')', [owner.organization.id, first.appId])
  const refused = { code: 'forbidden' }
  await expect(limited.call(createDrain, { ...http_({ app_id: first.appId }), ...inside })).rejects.toMatchObject(refused)
  await expect(limited.call(listDrains, inside)).rejects.toMatchObject(refused)
})
