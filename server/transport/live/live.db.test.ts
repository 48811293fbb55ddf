import type http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVENT_MARKS } from '../../core/event-order.ts'
import { newId } from '../../core/id.ts'
import { recordEvent } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { actorOfToken, startSession } from '../../domain/auth/index.ts'
import { recordLogs } from '../../domain/logs/index.ts'
import { insertNode, makeInstance } from '../../domain/nodes/testing.ts'
import { brandContext, makeOwner, metaFor } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { sendProblem } from '../http/reply.ts'
import { listen } from '../node/testing.ts'
import { handleLive } from './index.ts'

/** A loaded machine is slow, not wrong. */
const PATIENT = { timeout: 10_000 }

withRuntime()
let server: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  server = await listen((req, res) => void answer(req, res))
})
afterAll(() => server.close())

const answer = async (req: http.IncomingMessage, res: http.ServerResponse): Promise<void> => {
  const url = new URL(req.url ?? '/', 'http://test')
  try {
    const brand = await brandContext()
    const token = req.headers.authorization?.slice(7) ?? req.headers.cookie ?? ''
    const actor = await actorOfToken(token, brand.id)
    if (!await handleLive(req, res, metaFor(actor ?? { type: 'anonymous' }, brand), url)) res.writeHead(204).end()
  } catch (error) {
    sendProblem(res, error, newId('request'), url.pathname)
  }
}

const setUp = async () => {
  const owner = await makeOwner()
  const { token } = await runtime().databases.asSystem('identity', (db) => startSession(db, owner.actor.userId, 'web', { ip: null, userAgent: null }))
  const nodeId = await insertNode()
  return { owner, token, nodeId, orgId: owner.organization.id, ...(await makeInstance(owner.organization.id, nodeId)) }
}

interface Frame { id: string; event: string; data: { line?: string; code?: string; type?: string } }

/** Reads frames as they come. */
const open = async (path: string, token: string, headers: Record<string, string> = {}) => {
  const control = new AbortController()
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers }, signal: control.signal })
  const frames: Frame[] = []
  let ended = false
  void (async () => {
    let rest = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? ''
        if (field('event')) frames.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) })
      }
    }
  })().catch(() => {}).finally(() => { ended = true })
  return { response, frames, close: () => control.abort(), lines: () => frames.map((f) => f.data.line), ended: () => ended }
}

const numbers = new Map<string, number>()
/** Lines of one start come in their order; before a colon stands which start it is. */
const write = (at: { nodeId: string; instanceId: string }, ...texts: string[]) =>
  recordLogs(at.nodeId, texts.map((text) => {
    const start = `${at.instanceId} ${text.split(':')[0]}`
    numbers.set(start, (numbers.get(start) ?? 0) + 1)
    return { w: at.instanceId, start, seq: numbers.get(start) ?? 1, t: Date.now(), s: 'stdout' as const, line: text }
  }))

test('a reader gets the newest lines, then each new one at once', async () => {
  const at = await setUp()
  await write(at, 'a', 'b', 'c')
  const stream = await open(`/v1/apps/${at.appId}/logs?follow=true&tail=2`, at.token)
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
  await expect.poll(stream.lines, PATIENT).toEqual(['b', 'c'])
  const writtenMs = performance.now()
  await write(at, 'd')
  await expect.poll(stream.lines, { ...PATIENT, interval: 5 }).toEqual(['b', 'c', 'd'])
  expect(performance.now() - writtenMs).toBeLessThan(4_500) // the safety re-read comes after five seconds
  stream.close()
})

test('a reader that was cut off goes on where it was, without gap or repetition, however lines were written', async () => {
  const at = await setUp()
  const all: string[] = []
  let cursor = ''
  const writing = Promise.all(Array.from({ length: 8 }, async (_, writer) => {
    for (let i = 0; i < 10; i += 1) await write(at, `${writer}:${i}:x`, `${writer}:${i}:y`)
  }))
  for (let round = 0; all.length < 160 && round < 60; round += 1) {
    const stream = await open(`/v1/apps/${at.appId}/logs?follow=true&tail=10000`, at.token, cursor ? { 'last-event-id': cursor } : {})
    await expect.poll(() => stream.frames.length, { ...PATIENT, interval: 5 }).toBeGreaterThan(0)
    stream.close()
    const taken = stream.frames.slice(0, 7 + round * 3)
    all.push(...taken.map((f) => f.data.line ?? ''))
    cursor = taken.at(-1)?.id ?? cursor
  }
  await writing
  expect(all).toHaveLength(160)
  expect(new Set(all).size).toBe(160)
})

test('strangers, unknown apps and unknown fields are refused before a stream opens', async () => {
  const [at, other] = [await setUp(), await setUp()]
  const status = async (path: string, token: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { authorization: `Bearer ${token}` } })).status
  expect(await status(`/v1/apps/${at.appId}/logs?follow=true`, other.token)).toBe(404)
  expect(await status(`/v1/apps/${at.appId}/logs?follow=true&organization_id=${at.orgId}`, other.token)).toBe(404)
  expect(await status(`/v1/apps/${at.appId}/logs?follow=true`, 'sess_nobody')).toBe(401)
  expect(await status(`/v1/apps/${at.appId}/logs?follow=true&colour=red`, at.token)).toBe(400)
  expect(await status(`/v1/apps/${at.appId}/logs`, at.token)).toBe(204)
})

test('a reader that loses the session or the membership is let go within two seconds, without any wake-up', async () => {
  const at = await setUp()
  const stream = await open('/v1/events?follow=true', at.token)
  await runtime().databases.systemPool.query('DELETE FROM session WHERE user_id = $1', [at.owner.actor.userId])
  await expect.poll(stream.ended, { timeout: 2_500 }).toBe(true)
  expect(stream.frames.at(-1)).toMatchObject({ event: 'end', data: { code: 'unauthenticated' } })
})

const record = (orgId: string, type: string, hold?: Promise<void>) => runtime().databases.asSystem('job', async (db) => {
  await recordEvent(db, { orgId, type, subject: { type: 'app', id: `app_${type}` }, actor: { type: 'job', name: 'test' }, requestId: null })
  await hold
})
const types = (stream: { frames: Frame[] }) => stream.frames.map((f) => f.event)

test('an event waits for those with a lower number that are still being written, and for nobody else', async () => {
  const at = await setUp()
  const mark = async (orgId: string) => {
    const { rows } = await runtime().databases.systemPool.query<{ mark: number }>('SELECT hashtext($1) & $2 AS mark', [orgId, EVENT_MARKS])
    return rows[0]?.mark
  }
  let other = await setUp()
  while (await mark(other.orgId) === await mark(at.orgId)) other = await setUp()
  const stream = await open('/v1/events?follow=true', at.token)
  await record(at.orgId, 'test.first')
  await expect.poll(() => types(stream), PATIENT).toEqual(['test.first'])
  let release = () => {}
  const late = record(at.orgId, 'test.late', new Promise((resolve) => { release = resolve }))
  await new Promise((resolve) => setTimeout(resolve, 200))
  await record(at.orgId, 'test.second')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(types(stream)).toEqual(['test.first'])
  const elsewhere = await open('/v1/events?follow=true', other.token)
  await record(other.orgId, 'test.other')
  await expect.poll(() => types(elsewhere), PATIENT).toEqual(['test.other'])
  release()
  await late
  await expect.poll(() => types(stream), PATIENT).toEqual(['test.first', 'test.late', 'test.second'])
  expect(stream.frames[0]?.data).toMatchObject({ type: 'test.first' })
  stream.close()
  elsewhere.close()
})

test('a writer that gives up holds nobody for long', async () => {
  const at = await setUp()
  const stream = await open('/v1/events?follow=true', at.token)
  let giveUp = (_: Error) => {}
  const lost = record(at.orgId, 'test.lost', new Promise((_, reject) => { giveUp = reject })).catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 200))
  await record(at.orgId, 'test.kept')
  giveUp(new Error('changed my mind'))
  await lost
  await expect.poll(() => types(stream), { timeout: 2_000 }).toEqual(['test.kept'])
  stream.close()
})

test('a reader cut off again and again gets each event once and in order, whatever commits when', async () => {
  const at = await setUp()
  const total = 60
  const started = await open('/v1/events?follow=true', at.token)
  await record(at.orgId, 'test.begin')
  await expect.poll(() => types(started), PATIENT).toEqual(['test.begin'])
  started.close()
  const got = [...started.frames]
  const writing = Promise.all(Array.from({ length: 6 }, async (_, writer) => {
    for (let i = 0; i < total / 6; i += 1) {
      await record(at.orgId, `test.n${writer}_${i}`, new Promise((resolve) => setTimeout(resolve, Math.random() * 60)))
    }
  }))
  for (let round = 0; got.length <= total && round < 80; round += 1) {
    const stream = await open('/v1/events?follow=true', at.token, { 'last-event-id': got.at(-1)?.id ?? '' })
    await expect.poll(() => stream.frames.length, { ...PATIENT, interval: 5 }).toBeGreaterThan(0)
    stream.close()
    got.push(...stream.frames.slice(0, 1 + (round % 5)))
  }
  await writing
  expect(got).toHaveLength(total + 1)
  expect(new Set(got.map((f) => f.id)).size).toBe(total + 1)
  const order = got.map((f) => Number(f.id))
  expect(order).toEqual([...order].sort((a, b) => a - b))
}, 60_000)

test('a reader that wants some events gets those, and a filter that means nothing is refused', async () => {
  const at = await setUp()
  const stream = await open('/v1/events?follow=true&type=app.*,invoice.paid', at.token)
  const one = await open('/v1/events?follow=true&subject_type=app&subject_id=app_app.created', at.token)
  for (const type of ['app.created', 'member.added', 'invoice.paid', 'app.deleted']) await record(at.orgId, type)
  await expect.poll(() => types(stream), PATIENT).toEqual(['app.created', 'invoice.paid', 'app.deleted'])
  await expect.poll(() => types(one), PATIENT).toEqual(['app.created'])
  stream.close()
  one.close()
  const status = async (query: string) => (await fetch(`http://127.0.0.1:${server.port}/v1/events?follow=true&${query}`, { headers: { authorization: `Bearer ${at.token}` } })).status
  expect([await status('type=nothing.*'), await status('type='), await status('cursor=999999999999999'), await status('cursor=-1')]).toEqual([400, 400, 400, 400])
})

test('a reader restricted to an app sees that app\'s events only', async () => {
  const at = await setUp()
  await runtime().databases.systemPool.query("UPDATE membership SET app_ids = ARRAY['app_mine'], role = 'developer' WHERE user_id = $1", [at.owner.actor.userId])
  const stream = await open('/v1/events?follow=true', at.token)
  await record(at.orgId, 'test.others')
  await runtime().databases.asSystem('job', async (db) => {
    for (const id of ['app_other', 'app_mine']) await recordEvent(db, { orgId: at.orgId, type: 'app.updated', subject: { type: 'app', id }, actor: { type: 'job', name: 'test' }, requestId: null })
  })
  await expect.poll(() => stream.frames.length, PATIENT).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(stream.frames.map((f) => f.data)).toMatchObject([{ type: 'app.updated', subject: { id: 'app_mine' } }])
  stream.close()
})

test('with a cookie only the console\'s own pages may listen; a token may be used from anywhere', async () => {
  const at = await setUp()
  const status = async (headers: Record<string, string>) => {
    const control = new AbortController()
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/events?follow=true`, { headers, signal: control.signal })
    control.abort()
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    return response.status
  }
  const cookie = at.token
  expect(await status({ cookie })).toBe(200)
  expect(await status({ cookie, origin: `http://127.0.0.1:${server.port}` })).toBe(200)
  for (const origin of ['https://evil.example', 'null', 'https://shop.apps.localhost', `http://127.0.0.1:${server.port + 1}`]) expect(await status({ cookie, origin }), origin).toBe(403)
  for (const site of ['cross-site', 'same-site']) expect(await status({ cookie, 'sec-fetch-site': site }), site).toBe(403)
  expect(await status({ authorization: `Bearer ${at.token}`, origin: 'https://evil.example' })).toBe(200)
})
