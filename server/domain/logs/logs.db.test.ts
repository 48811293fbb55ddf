import { expect, test } from 'vitest'
import type { LogRecord } from '../../contract/node-api/v1.ts'
import { recordEvent } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { listAppLogs, listEvents, recordLogs } from './index.ts'

withRuntime()

const line = (instanceId: string, seq: number, text: string, over: Partial<{ start: string; t: number; s: 'stdout' | 'stderr' }> = {}): LogRecord =>
  ({ w: instanceId, start: over.start ?? instanceId, seq, t: over.t ?? Date.now(), s: over.s ?? 'stdout', line: text })
const setUp = async () => {
  const owner = await makeOwner()
  const nodeId = await insertNode()
  return { owner, nodeId, ...(await makeInstance(owner.organization.id, nodeId)) }
}

test('lines come back oldest first, once each, and older ones by cursor', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  const lines = Array.from({ length: 10 }, (_, i) => line(instanceId, i, `line ${i}`))
  expect(await recordLogs(nodeId, lines)).toEqual({ acked: { [instanceId]: 9 } })
  await recordLogs(nodeId, lines.slice(4))
  const newest = await owner.call(listAppLogs, { app_id: appId, tail: 4 })
  expect(newest.data.map((l) => l.line)).toEqual(['line 6', 'line 7', 'line 8', 'line 9'])
  expect(newest.follow_cursor).toBe(newest.data.at(-1)?.id)
  const older = await owner.call(listAppLogs, { app_id: appId, tail: 6, cursor: newest.pagination.next_cursor ?? '' })
  expect(older.data.map((l) => l.line)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4', 'line 5'])
  expect(older.pagination).toMatchObject({ has_more: false, next_cursor: null })
})

/** So many transactions wait for a lock; if they never do, the order that the test then sees says so. */
const waiting = async (count: number): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await runtime().databases.systemPool.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    if ((rows[0]?.n ?? 0) >= count) return
    await new Promise((resolve) => { setTimeout(resolve, 25) })
  }
}

test('a later line never becomes visible before an earlier one of the same app', async () => {
  const { nodeId, appId, instanceId, owner } = await setUp()
  await recordLogs(nodeId, [line(instanceId, 1, 'before', { start: 'fast' })])
  const blocker = await runtime().databases.systemPool.connect()
  await blocker.query('BEGIN')
  await blocker.query('INSERT INTO log_start (start_id, seq, touched_at) VALUES ($1, 0, now())', ['slow'])
  const done: string[] = []
  const slow = recordLogs(nodeId, [line(instanceId, 1, 'first', { start: 'slow' }), line(instanceId, 2, 'held up', { start: 'slow' })]).then(() => done.push('slow'))
  await waiting(1)
  const fast = recordLogs(nodeId, [line(instanceId, 2, 'second', { start: 'fast' })]).then(() => done.push('fast'))
  await waiting(2)
  expect(done).toEqual([])
  await blocker.query('ROLLBACK')
  blocker.release()
  await Promise.all([slow, fast])
  expect(done).toEqual(['slow', 'fast'])
  expect((await owner.call(listAppLogs, { app_id: appId })).data.map((l) => l.line)).toEqual(['before', 'first', 'held up', 'second'])
})

test('search takes any case and no wildcards; time, instance and gaps are kept', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  await recordLogs(nodeId, [
    line(instanceId, 1, 'Error: 100% of\0 it', { s: 'stderr' }), line(instanceId, 2, 'fine'), line(instanceId, 3, 'long ago', { t: Date.now() - 7_200_000 }),
    { w: instanceId, start: instanceId, seq: 4, t: Date.now(), gap: 77 },
  ])
  const find = async (input: object) => (await owner.call(listAppLogs, { app_id: appId, ...input })).data.map((l) => `${l.stream} ${l.line}`)
  expect(await find({ search: 'ERROR: 100%' })).toEqual(['stderr Error: 100% of\uFFFD it'])
  expect(await find({ search: '%' })).toHaveLength(1)
  expect(await find({ until: '1h' })).toEqual(['stdout long ago'])
  expect(await find({ since: '1h', search: 'long' })).toEqual([])
  expect(await find({ search: '77 bytes' })).toEqual(['system [77 bytes were dropped: the app wrote faster than its log could be kept]'])
  expect(await find({ instance_id: 'inst_other' })).toEqual([])
  await expect(owner.call(listAppLogs, { app_id: appId, since: 'yesterday' })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('another organization finds no logs, and another node writes none', async () => {
  const { owner, nodeId, appId, instanceId } = await setUp()
  await recordLogs(nodeId, [line(instanceId, 1, 'private')])
  expect(await recordLogs(await insertNode(), [line(instanceId, 2, 'forged')])).toEqual({ acked: { [instanceId]: 2 } })
  const stranger = await makeOwner()
  await expect(stranger.call(listAppLogs, { app_id: appId })).rejects.toMatchObject({ code: 'not_found' })
  expect((await owner.call(listAppLogs, { app_id: appId })).data.map((l) => l.line)).toEqual(['private'])
})

test('the organization reads its own events, newest first, page by page', async () => {
  const { owner } = await setUp()
  const { data } = await owner.call(listEvents, {})
  expect(data.map((e) => e.type)).toEqual(['organization.created'])
  expect(data[0]?.actor).toEqual({ type: 'user', id: owner.actor.userId })
  await runtime().databases.asSystem('job', async (db) => {
    for (const type of ['app.created', 'app.scaled']) await recordEvent(db, { orgId: owner.organization.id, type, subject: { type: 'app', id: 'app_x' }, actor: owner.actor, requestId: null })
  })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await owner.call(listEvents, { limit: 1, ...(cursor ? { cursor } : {}) })
    seen.push(...page.data.map((e) => e.type))
    cursor = page.pagination.next_cursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(['app.scaled', 'app.created', 'organization.created'])
  expect((await owner.call(listEvents, { filter: { type: 'app.created,app.deleted' } })).data.map((e) => e.type)).toEqual(['app.created'])
  expect((await owner.call(listEvents, { type: 'app.scaled' })).data.map((e) => e.type)).toEqual(['app.scaled'])
})
