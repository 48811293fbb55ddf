import type http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
    const actor = await actorOfToken(String(req.headers.authorization).slice(7), brand.id)
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

let seq = 0
const write = (at: { nodeId: string; instanceId: string }, ...texts: string[]) =>
  recordLogs(at.nodeId, texts.map((text) => ({ w: at.instanceId, start: at.instanceId, seq: seq += 1, t: Date.now(), s: 'stdout' as const, line: text })))

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

test('a reader that loses the session or the membership is let go', async () => {
  const at = await setUp()
  const stream = await open('/v1/events?follow=true', at.token)
  await runtime().databases.systemPool.query('DELETE FROM session WHERE user_id = $1', [at.owner.actor.userId])
  await runtime().databases.systemPool.query("SELECT pg_notify('shellwego', $1)", [`org:${at.orgId} member.removed`])
  await expect.poll(stream.ended, PATIENT).toBe(true)
  expect(stream.frames.at(-1)).toMatchObject({ event: 'end', data: { code: 'unauthenticated' } })
})

test('events reach the reader once, also when an earlier number is committed later', async () => {
  const at = await setUp()
  const record = (type: string, hold?: Promise<void>) => runtime().databases.asSystem('job', async (db) => {
    await recordEvent(db, { orgId: at.orgId, type, subject: { type: 'test', id: type }, actor: { type: 'job', name: 'test' }, requestId: null })
    await hold
  })
  const stream = await open('/v1/events?follow=true', at.token)
  await record('test.first')
  await expect.poll(() => stream.frames.map((f) => f.event), PATIENT).toEqual(['test.first'])
  let release = () => {}
  const late = record('test.late', new Promise((resolve) => { release = resolve }))
  await new Promise((resolve) => setTimeout(resolve, 200))
  await record('test.second')
  await expect.poll(() => stream.frames.map((f) => f.event), PATIENT).toEqual(['test.first', 'test.second'])
  release()
  await late
  await expect.poll(() => stream.frames.map((f) => f.event), PATIENT).toEqual(['test.first', 'test.second', 'test.late'])
  expect(stream.frames[0]?.data).toMatchObject({ type: 'test.first' })
  stream.close()
})
