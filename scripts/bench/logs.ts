import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { newId } from '../../server/core/id.ts'
import { runtime } from '../../server/core/runtime.ts'
import { actorOfToken, startSession } from '../../server/domain/auth/index.ts'
import { listAppLogs, recordLogs } from '../../server/domain/logs/index.ts'
import { compactLogs } from '../../server/domain/logs/store/compact.ts'
import { insertNode, makeInstance } from '../../server/domain/nodes/testing.ts'
import { brandContext, makeOwner, metaFor } from '../../server/testing/actors.ts'
import { handleLive } from '../../server/transport/live/index.ts'
import { withCore } from './core.ts'
import { quantile, type Figure } from './report.ts'

/** `SHELLWEGO_BENCH_LINES=10000000` for the size the product is made for. */
const LINES = Number(process.env.SHELLWEGO_BENCH_LINES ?? 300_000)
const BARE = 100_000
const BATCH = 5_000
const WORDS = ['GET', 'POST', '/v1/orders', '/health', 'completed', 'user', 'cache', 'miss', 'hit', 'retry', 'connection', 'payment', 'worker', 'queue', 'job', 'started']
const QUESTIONS = 60
const FOLLOWED = 40

interface Place { nodeId: string; appId: string; instanceId: string }

const word = (): string => WORDS[Math.floor(Math.random() * WORDS.length)] ?? ''
/** About 110 letters: level, a random id, some words, a number, a duration. */
const textOf = (n: number): string => `${n % 50 === 0 ? 'ERROR' : n % 11 === 0 ? 'warn' : 'info'} request ${randomBytes(8).toString('hex')} ${Array.from({ length: 8 }, word).join(' ')} ${
  n} status=${200 + n % 5} took ${Math.floor(Math.random() * 1000)}ms${n === Math.floor(LINES / 3) ? ' a rare needle' : ''}`
const batchOf = (first: number, count: number): string[] => Array.from({ length: count }, (_, i) => textOf(first + i))

const seconds = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await act()
  return (performance.now() - begun) / 1000
}

/** Nothing but rows: one table without an index, filled by COPY's nearest kin that the driver has. */
const storeBare = async (batches: readonly string[][], place: Place): Promise<number> => {
  const pool = runtime().databases.systemPool
  await pool.query('CREATE SCHEMA bench; CREATE TABLE bench.line (app_id text, instance_id text, seq bigint, at timestamptz, stream text, line text)')
  return seconds(async () => {
    for (const [at, lines] of batches.entries()) {
      await pool.query({
        name: 'bench-bare', values: [place.appId, place.instanceId, lines.map((_, i) => at * BATCH + i), lines],
        text: `INSERT INTO bench.line SELECT $1, $2, s, now(), 'stdout', l FROM unnest($3::bigint[], $4::text[]) AS t(s, l)`,
      })
    }
  })
}

const store = (place: Place, first: number, lines: readonly string[]): Promise<unknown> => {
  const t = Date.now()
  return recordLogs(place.nodeId, lines.map((line, i) => ({ w: place.instanceId, start: place.instanceId, seq: first + i + 1, t, s: 'stdout' as const, line })))
}

/** Text is made outside the measured time. */
const storeAll = async (place: Place): Promise<{ store: number; compact: number }> => {
  let [stored, compacted] = [0, 0]
  for (let first = 0; first < LINES; first += 20 * BATCH) {
    const batches = Array.from({ length: Math.min(20, Math.ceil((LINES - first) / BATCH)) }, (_, i) => batchOf(first + i * BATCH, BATCH))
    stored += await seconds(async () => { for (const [i, lines] of batches.entries()) await store(place, first + i * BATCH, lines) })
    compacted += await seconds(compactLogs)
  }
  return { store: stored, compact: compacted }
}

type Owner = Awaited<ReturnType<typeof makeOwner>>
const search = async (owner: Owner, place: Place, question: () => object): Promise<number[]> => {
  const ms: number[] = []
  for (let i = 0; i < QUESTIONS; i++) {
    const asked = { app_id: place.appId, ...question() }
    ms.push(await seconds(() => owner.call(listAppLogs, asked)) * 1000)
  }
  return ms
}
const timed = async (count: number, act: () => Promise<unknown>): Promise<number[]> => {
  const ms: number[] = []
  for (let i = 0; i < count; i++) ms.push(await seconds(act) * 1000)
  return ms
}
/** The plain rows of the bare table, looked through as they lie. */
const searchBare = (): Promise<number[]> =>
  timed(10, () => runtime().databases.systemPool.query("SELECT line FROM bench.line WHERE line ILIKE '%there is no such text%'"))

/** What PostgreSQL needs to wake somebody. */
const notifyBare = async (): Promise<number[]> => {
  const listener = await runtime().databases.systemPool.connect()
  await listener.query('LISTEN bench')
  const ms = await timed(FOLLOWED, () => {
    const heard = once(listener, 'notification')
    void runtime().databases.systemPool.query('NOTIFY bench')
    return heard
  })
  await listener.query('UNLISTEN bench')
  listener.release()
  return ms
}

/** From the call that stores a line until a reader of the live stream has it. */
const follow = async (owner: Owner, place: Place): Promise<number[]> => {
  const brand = await brandContext()
  const { token } = await runtime().databases.asSystem('identity', (db) => startSession(db, owner.actor.userId, 'web', { ip: null, userAgent: null }))
  const actor = await actorOfToken(token, brand.id)
  const server = http.createServer((req, res) => void handleLive(req, res, metaFor(actor ?? { type: 'anonymous' }, brand, { requestId: newId('request') }), new URL(req.url ?? '/', 'http://bench')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const response = await fetch(`http://127.0.0.1:${port}/v1/apps/${place.appId}/logs?follow=true&tail=0`, { headers: { authorization: 'Bearer bench' } })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const ms: number[] = []
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (let i = 0; i < FOLLOWED; i++) {
    const marker = `followed ${i} ${newId('request')}`
    const begun = performance.now()
    void store(place, LINES + 1_000 + i, [marker])
    for (let text = ''; !text.includes(marker);) text += (await reader?.read())?.value ?? ''
    ms.push(performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await reader?.cancel()
  server.closeAllConnections()
  server.close()
  return ms
}

/** All lines in one app, which is the hardest: questions are about one app. */
export async function measureLogs(): Promise<Figure[]> {
  return withCore(8, async () => {
    const owner = await makeOwner()
    const nodeId = await insertNode()
    const place = { nodeId, ...await makeInstance(owner.organization.id, nodeId) }
    const bare = BARE / await storeBare(Array.from({ length: BARE / BATCH }, (_, i) => batchOf(i * BATCH, BATCH)), place)
    const took = await storeAll(place)
    const { rows: [size] } = await runtime().databases.systemPool.query<{ bytes: string }>("SELECT pg_total_relation_size('log_chunk') AS bytes")
    const found = {
      'a text that occurs once': await search(owner, place, () => ({ search: 'A RARE needle' })),
      'a text that does not occur': await search(owner, place, () => ({ search: 'there is no such text' })),
      'a random hexadecimal id': await search(owner, place, () => ({ search: randomBytes(8).toString('hex') })),
      'a frequent word': await search(owner, place, () => ({ search: 'retry' })), 'errors only': await search(owner, place, () => ({ level: 'error' })),
    }
    const [plain, woken] = [quantile(await searchBare(), 0.95), await notifyBare()]
    const ms = await follow(owner, place)
    const short = await search(owner, place, () => ({ search: '~~' })).then((all) => quantile(all, 0.95))
    return [
      { what: 'lines stored, masked and numbered', value: LINES / took.store, unit: 'lines/s', reference: { what: 'bare INSERT of the same text', value: bare } },
      { what: 'the same with putting chunks together', value: LINES / (took.store + took.compact), unit: 'lines/s', reference: { what: 'bare INSERT of the same text', value: bare } },
      { what: `kept bytes per line of ${LINES}`, value: Number(size?.bytes) / LINES, unit: 'bytes' },
      ...Object.entries(found).map(([what, all]) => ({
        what: `search over ${LINES} lines of one app, ${what}, p95`, value: quantile(all, 0.95), unit: 'ms', target: '<= 500',
        reference: { what: `bare ILIKE over ${BARE} plain rows`, value: plain },
      })),
      { what: 'search for two letters that do not occur, ends within its time, p95', value: short, unit: 'ms', target: '<= 3000' },
      ...[0.5, 0.95].map((q) => ({
        what: `a line from the agent's call to a reader of the live stream, ${q === 0.5 ? 'median' : 'p95'}`, value: quantile(ms, q), unit: 'ms',
        reference: { what: 'bare NOTIFY to LISTEN', value: quantile(woken, q) },
      })),
    ]
  })
}
