import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generateTypes, typesFile } from '../../scripts/sdk/generate.ts'
import { ApiError, ConnectionError, createClient, dataOf, followStream, pagesOf, type ClientOptions } from './index.ts'
import { serializeQuery } from './query.ts'
import { framesOf } from './stream.ts'

test('the types in the repository are those of docs/api/openapi.json; `node scripts/sdk/main.ts` writes them anew', async () => {
  expect(readFileSync(typesFile, 'utf8') === await generateTypes(), 'cli/sdk/generated/api.ts is behind the document').toBe(true)
}, 30_000)

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers })
const problem = (status: number, code: string) => ({ type: 'about:blank', title: 'T', status, detail: 'D', code, request_id: 'req_1' })

/** A client whose answers are given, and what it sent and how long it waited. */
const scripted = (answers: (Response | Error)[], options: Partial<ClientOptions> = {}) => {
  const [sent, waits]: [Request[], number[]] = [[], []]
  const client = createClient({
    baseUrl: 'https://console.example.com/', token: 'pat_x', organizationId: 'org_1', ...options,
    fetch: async (request) => {
      sent.push(request)
      const next = answers.shift()
      if (!next) throw new Error('nothing left to answer')
      if (next instanceof Error) throw next
      return next
    },
    sleep: async (ms) => { waits.push(ms) },
  })
  return { client, sent, waits }
}
const create = (client: ReturnType<typeof scripted>['client']) => dataOf(client.POST('/v1/apps', { body: { name: 'a', image: 'b' } }))

test('every request carries token and organization, every change a key of its own', async () => {
  const { client, sent } = scripted([answer(200, { data: [] }), answer(201), answer(201)])
  await client.GET('/v1/apps')
  await create(client)
  await create(client)
  expect(sent.map(({ url }) => url)).toEqual(Array(3).fill('https://console.example.com/v1/apps'))
  expect(sent.every(({ headers }) => headers.get('authorization') === 'Bearer pat_x' && headers.get('shellwego-organization') === 'org_1')).toBe(true)
  const keys = sent.map(({ headers }) => headers.get('idempotency-key'))
  expect([keys[0], keys[1]?.length, keys[1] === keys[2]]).toEqual([null, 36, false])
})

test('429 and 503 are tried again after the time they name, under the same key, with the same body', async () => {
  const { client, sent, waits } = scripted([answer(429, {}, { 'retry-after': '7' }), answer(503), new TypeError('fetch failed'), answer(201, { id: 'app_1' })])
  expect(await create(client)).toEqual({ id: 'app_1' })
  expect(waits[0]).toBe(7000)
  expect(waits[1]).toBeGreaterThanOrEqual(250)
  expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
  expect(await Promise.all(sent.map((request) => request.text()))).toEqual(Array(4).fill('{"name":"a","image":"b"}'))
})

test('it gives up after its tries, at once when the wait is too long, and never repeats what is refused', async () => {
  const tired = scripted(Array.from({ length: 9 }, () => answer(503, problem(503, 'unavailable'))), { retries: 2 })
  await expect(create(tired.client)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
  expect(tired.sent).toHaveLength(3)
  const later = scripted([answer(429, problem(429, 'rate_limited'), { 'retry-after': '3600' })])
  await expect(create(later.client)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 3600 })
  const refused = scripted([answer(409, problem(409, 'name_taken'))])
  await expect(create(refused.client)).rejects.toBeInstanceOf(ApiError)
  expect([later.sent.length, refused.sent.length]).toEqual([1, 1])
})

test('a lost connection and an answer that is none of ours are told apart', async () => {
  const lost = scripted(Array.from({ length: 9 }, () => new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })), { retries: 1 })
  const error = await create(lost.client).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ConnectionError)
  expect((error as Error).message).toBe('no answer from https://console.example.com: ECONNREFUSED')
  const { client } = scripted([new Response('<html>', { status: 502 })])
  await expect(create(client)).rejects.toMatchObject({ code: 'unexpected_answer', status: 502 })
})

test('Ctrl-C ends the waiting', async () => {
  const stop = new AbortController()
  const client = createClient({ baseUrl: 'https://a.example.com', signal: stop.signal, fetch: async () => answer(429, {}, { 'retry-after': '50' }) })
  const asked = client.GET('/v1/apps').catch((error: Error) => error.name)
  setTimeout(() => stop.abort(), 50)
  expect(await asked).toBe('AbortError')
})

test('lists are read to their end, page after page', async () => {
  const page = (data: number[], next: string | null) => answer(200, { data, pagination: { limit: 2, has_more: next !== null, next_cursor: next } })
  const { client, sent } = scripted([page([1, 2], 'c1'), page([3, 4], 'c2'), page([5], null)])
  const all: unknown[] = []
  for await (const app of pagesOf((cursor) => client.GET('/v1/apps', { params: { query: { limit: 2, ...(cursor ? { cursor } : {}) } } }))) all.push(app)
  expect(all).toEqual([1, 2, 3, 4, 5])
  expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?limit=2', '?limit=2&cursor=c1', '?limit=2&cursor=c2'])
})

test('filters and ranges are written as the API reads them', () => {
  expect(decodeURIComponent(serializeQuery({ filter: { q: 'a b', created_at: { gte: new Date(0) } }, sort: ['-created_at', 'name'], none: undefined, nil: null, yes: true })))
    .toBe('filter[q]=a+b&filter[created_at][gte]=1970-01-01T00:00:00.000Z&sort=-created_at,name&yes=true')
})

const stream = (...chunks: string[]) => new Response(new ReadableStream({
  start: (controller) => {
    for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
    controller.close()
  },
}))

test('frames are read however the network cuts them', async () => {
  const text = ': hello\n\nid: 1\nevent: line\ndata: {"a":"é"}\n\nid: 2\r\nevent: line\r\ndata: {"a":2}\r\n\r\n'
  for (const size of [1, 3, 1000]) {
    const bytes = new TextEncoder().encode(text)
    const body = new ReadableStream<Uint8Array>({ start: (controller) => {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    } })
    const frames: unknown[] = []
    for await (const frame of framesOf(body)) frames.push(frame)
    expect([size, frames]).toEqual([size, [{ id: '1', event: 'line', data: { a: 'é' } }, { id: '2', event: 'line', data: { a: 2 } }]])
  }
})

test('a stream goes on behind the last frame after the connection is lost, and ends when it is told to', async () => {
  const opened: (string | null)[] = []
  const answers = [stream('id: 1\ndata: 1\n\nid: 2\ndata: 2\n\n'), stream('id: 3\ndata: 3\n\nevent: end\ndata: {"code":"forbidden"}\n\n')]
  const seen: unknown[] = []
  const following = (async () => {
    const open = async (last: string | null) => {
      opened.push(last)
      return answers.shift() ?? stream()
    }
    for await (const { data } of followStream({ signal: new AbortController().signal, open })) seen.push(data)
  })()
  await expect(following).rejects.toMatchObject({ code: 'forbidden' })
  expect([opened, seen]).toEqual([[null, '2'], [1, 2, 3]])
})
