import { expect, test } from 'vitest'
import type { LogRecord } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, metaFor } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { makeCustomer } from '../billing/testing/books.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { downloadAppLogs } from './download-logs.ts'
import { listAppLogs, recordLogs } from './index.ts'
import { pruneLogs } from './prune-logs.ts'
import { CHUNK_LINES } from './store/append.ts'
import { compactLogs } from './store/compact.ts'
import { readLines } from './store/read.ts'

withRuntime()

const line = (instanceId: string, seq: number, text: string, start = instanceId): LogRecord =>
  ({ w: instanceId, start, seq, t: Date.now(), s: 'stdout', line: text })
const setUp = async () => {
  const owner = await makeOwner()
  const nodeId = await insertNode()
  return { owner, nodeId, ...(await makeInstance(owner.organization.id, nodeId)) }
}
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await runtime().databases.systemPool.query(text, values)).rows as T[]
const chunks = (appId: string) =>
  sql<{ lines: number; signed: boolean }>(
  'SELECT (last_id - first_id + 1)::int AS lines, signature IS NOT NULL AS signed FROM log_chunk WHERE app_id = $1 ORDER BY last_id', [appId])

test('small chunks are put together without a change of number, order or text, and found again by what they hold', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  const text = (n: number): string => `${n % 7 === 0 ? 'ERROR' : 'info'} line ${n}${n === 1234 ? ' NeedleÄ in here' : ''}`
  for (let n = 0; n < 5_000; n += 100) await recordLogs(nodeId, Array.from({ length: 100 }, (_, i) => line(instanceId, n + i, text(n + i))))
  const all = async () => (await owner.call(listAppLogs, { app_id: appId, tail: 10_000 })).data
  const before = await all()
  expect([before.length, (await chunks(appId)).length]).toEqual([5_000, 50])
  await compactLogs()
  expect(await all()).toEqual(before)
  expect((await chunks(appId)).map((one) => [one.lines, one.signed])).toEqual([[CHUNK_LINES, true], [5_000 - CHUNK_LINES, false]])
  for (let n = 5_000; n < 6_500; n += 100) await recordLogs(nodeId, Array.from({ length: 100 }, (_, i) => line(instanceId, n + i, text(n + i))))
  await compactLogs()
  expect((await chunks(appId)).map((one) => [one.lines, one.signed])).toEqual([[CHUNK_LINES, true], [6_500 - CHUNK_LINES, true]])
  expect((await all()).map((one) => one.line)).toEqual(Array.from({ length: 6_500 }, (_, n) => text(n)))
  const found = await owner.call(listAppLogs, { app_id: appId, search: 'needleä IN' })
  expect(found.data.map((one) => one.line)).toEqual([text(1_234)])
  expect((await owner.call(listAppLogs, { app_id: appId, search: 'nothing of that kind' })).data).toEqual([])
  const errors = await owner.call(listAppLogs, { app_id: appId, level: 'warn', tail: 10_000 })
  expect(errors.data.map((one) => one.line)).toEqual(Array.from({ length: 929 }, (_, n) => text(7 * n)))
})

test('pages lead through the whole log in both directions while it is put together and written to', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  let written = 0
  const write = async (count: number): Promise<void> => {
    await recordLogs(nodeId, Array.from({ length: count }, (_, i) => line(instanceId, written + i, `n ${written + i}`)))
    written += count
  }
  for (let i = 0; i < 30; i += 1) await write(7)
  const read = async (order: 'newest' | 'oldest') => {
    const seen: string[][] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await owner.call(listAppLogs, { app_id: appId, tail: 23, order, ...(cursor ? { cursor } : {}) })
      seen.push(page.data.map((one) => one.line))
      cursor = page.pagination.next_cursor
      if (seen.length === 3) await compactLogs()
      if (seen.length === 4) await write(5)
    }
    return order === 'newest' ? seen.reverse().flat() : seen.flat()
  }
  expect(await read('newest')).toEqual(Array.from({ length: 210 }, (_, n) => `n ${n}`))
  for (let i = 0; i < 20; i += 1) await write(3)
  expect(await read('oldest')).toEqual(Array.from({ length: written }, (_, n) => `n ${n}`))
})

test('chunks that are put together between two looks of one reader give it no line twice and hide none', async () => {
  for (const order of ['oldest', 'newest'] as const) {
    const { owner, nodeId, appId, instanceId } = await setUp()
    for (let n = 0; n < 3_000; n += 100) await recordLogs(nodeId, Array.from({ length: 100 }, (_, i) => line(instanceId, n + i, `n ${n + i}`)))
    const { lines, next } = await runtime().databases.asSystem('job', async (db) => {
      let looks = 0
      const meddled = new Proxy(db, { get: (target, name): unknown => (name !== '$queryRaw' ? Reflect.get(target, name) : async (...asked: [never]) => {
        looks += 1
        if (looks === 2) await compactLogs()
        return target.$queryRaw(...asked)
      }) })
      return readLines(meddled, { orgId: owner.organization.id, appId }, { order, limit: 10_000 })
    })
    expect([lines.map((one) => one.line), next]).toEqual([Array.from({ length: 3_000 }, (_, n) => `n ${n}`), null])
    expect((await chunks(appId)).length).toBeLessThan(5)
  }
})

test('what comes again is dropped, and a hole that nobody spoke of is told', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  const batch = [1, 2, 3].map((seq) => line(instanceId, seq, `line ${seq}`))
  await Promise.all([recordLogs(nodeId, batch), recordLogs(nodeId, batch), recordLogs(nodeId, batch.slice(1))])
  await compactLogs()
  await recordLogs(nodeId, [...batch.slice(2), line(instanceId, 6, 'line 6'), { w: instanceId, start: instanceId, seq: 9, t: Date.now(), gap: 50 }, line(instanceId, 10, 'line 10')])
  expect((await owner.call(listAppLogs, { app_id: appId })).data.map((one) => one.line)).toEqual([
    'line 1', 'line 2', 'line 3', '[2 lines are missing here: the node lost what it had kept]', 'line 6',
    '[50 bytes were dropped: the app wrote faster than its log could be kept]', 'line 10'])
})

test('the plan says how long lines are shown and kept, and an app that holds too much loses its oldest', async () => {
  const owner = await makeCustomer({ joinedAt: new Date() })
  const nodeId = await insertNode()
  const { appId, instanceId } = await makeInstance(owner.organization.id, nodeId)
  const quiet = await makeInstance(owner.organization.id, nodeId)
  await recordLogs(nodeId, [line(quiet.instanceId, 1, 'quiet')])
  await recordLogs(nodeId, [{ ...line(instanceId, 1, 'old'), t: Date.now() - 9 * 86_400_000 }])
  await recordLogs(nodeId, [{ ...line(instanceId, 2, 'packed with younger'), t: Date.now() - 9 * 86_400_000 }, line(instanceId, 3, 'young')])
  const left = async () => (await owner.call(listAppLogs, { app_id: appId })).data.map((one) => one.line)
  await pruneLogs()
  expect(await left()).toEqual(['old', 'packed with younger', 'young'])
  await sql('UPDATE plan SET log_days = 7')
  expect(await left()).toEqual(['young'])
  await pruneLogs()
  expect(await chunks(appId)).toHaveLength(1)
  for (let seq = 4; seq < 20; seq += 1) await recordLogs(nodeId, [line(instanceId, seq, `${seq} ${'x'.repeat(100)}`)])
  await pruneLogs(600)
  const kept = await left()
  expect(kept.length).toBeGreaterThan(1)
  expect(kept.length).toBeLessThan(8)
  expect(kept.at(-1)).toContain('19 ')
  expect((await owner.call(listAppLogs, { app_id: quiet.appId })).data.map((one) => one.line)).toEqual(['quiet'])
  await sql('UPDATE plan SET log_days = 30')
})

test('a batch larger than a chunk is cut, and a line break in a line does not make two', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  await recordLogs(nodeId, [line(instanceId, 1, 'one\nline'), ...Array.from({ length: CHUNK_LINES + 1 }, (_, i) => line(instanceId, i + 2, `l ${i}`))])
  expect((await chunks(appId)).map((one) => one.lines)).toEqual([CHUNK_LINES, 2])
  const { data } = await owner.call(listAppLogs, { app_id: appId, order: 'oldest', tail: 2 })
  expect(data.map((one) => one.line)).toEqual(['one\u2424line', 'l 0'])
})

test('what looks like an expression is looked for as text, and none takes long', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  const odd = ['(a+)+$ .* [a-z]{2,}', 'half\\way \\d+ %_', `'; DROP TABLE log_chunk; --`, 'tab\there']
  const alike = Array.from({ length: 20_000 }, (_, n) => `${'a'.repeat(150)}${n % 100 === 0 ? 'b' : 'a'}${'a'.repeat(50)}`)
  for (let n = 0; n < 20_000; n += 5_000) await recordLogs(nodeId, alike.slice(n, n + 5_000).map((text, i) => line(instanceId, n + i, text)))
  await recordLogs(nodeId, odd.map((text, i) => line(instanceId, 20_000 + i, text)))
  await compactLogs()
  const find = async (search: string) => {
    const begun = performance.now()
    const { data, search_complete: complete } = await owner.call(listAppLogs, { app_id: appId, search, tail: 10_000 })
    return { lines: data.map((one) => one.line), complete, ms: performance.now() - begun }
  }
  for (const [search, hits] of [
    ['(a+)+$', [odd[0]]], ['.*', [odd[0]]], ['[a-z]{2,}', [odd[0]]], ['\\d+', [odd[1]]], ['%_', [odd[1]]], ['\\', [odd[1]]], [`'; drop`, [odd[2]]], ['\t', [odd[3]]],
    ['\n', []], [' '.repeat(200), []],
  ] as const) expect((await find(search)).lines, JSON.stringify(search)).toEqual(hits)
  for (const search of ['a'.repeat(100) + 'c' + 'a'.repeat(99), 'ab'.repeat(100), 'a'.repeat(51) + 'b' + 'a'.repeat(51), '(a+)+b', 'aa']) {
    const { ms, complete } = await find(search)
    expect([complete || ms > 1_900, ms < 5_000], `${search} ${ms}`).toEqual([true, true])
  }
  for (const search of ['', 'x'.repeat(201), '\0', '\uD800']) await expect(owner.call(listAppLogs, { app_id: appId, search })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a download holds every line that fits, oldest first, and a stranger gets none', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  for (let n = 0; n < 12_000; n += 3_000) {
    await recordLogs(nodeId, Array.from({ length: 3_000 }, (_, i) => line(instanceId, n + i, `line ${n + i}`)))
  }
  const fetched = async (input: object) => {
    const asked = { organization_id: owner.organization.id, app_id: appId, ...input }
    const { body, fileName } = await downloadAppLogs.handle(metaFor(owner.actor, owner.brand), asked)
    return { text: (await Array.fromAsync(body as AsyncIterable<string>)).join(''), fileName }
  }
  const { text, fileName } = await fetched({})
  expect(text.split('\n').filter(Boolean).map((one) => one.split(' ').slice(3).join(' '))).toEqual(Array.from({ length: 12_000 }, (_, n) => `line ${n}`))
  expect(fileName).toMatch(/-\d{4}-\d\d-\d\d\.log$/)
  const json = await fetched({ format: 'json', search: 'line 7' })
  expect(json.text.split('\n').filter(Boolean)).toHaveLength(1_111)
  const stranger = await makeOwner()
  await expect(downloadAppLogs.handle(metaFor(stranger.actor, stranger.brand), { organization_id: stranger.organization.id, app_id: appId })).rejects.toMatchObject({ code: 'not_found' })
})
