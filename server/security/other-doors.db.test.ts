import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../compose.ts'
import { runtime } from '../core/runtime.ts'
import { makeUser } from '../testing/actors.ts'
import { tokenOf, withApi } from '../testing/api.ts'
import { makeEstate, type Estate } from '../testing/estate.ts'
import { machineAsker, tokenAskers } from '../testing/refusals/askers.ts'
import { withRuntime } from '../testing/runtime.ts'
import { DOORS, doorOf, type Door } from '../transport/doors.ts'
import { handleHealth } from '../transport/health.ts'
import { handleHook } from '../transport/inbound/hooks.ts'
import { handleNodeRequest, stopNodeApi } from '../transport/node/index.ts'
import { NODE_ROUTES } from '../transport/node/routes.ts'
import { FakeAgent, listen, type Tampering } from '../transport/node/testing.ts'
import { createDocsHandler } from '../transport/rest/docs.ts'
import { appRouter } from '../transport/trpc/router.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_080, PORT: 21_081 })
const api = withApi()
let estate: Estate
let portal: Awaited<ReturnType<typeof listen>>
/** Bearer tokens that open other doors. */
let foreign: Record<string, string>

beforeAll(async () => {
  estate = await makeEstate()
  const docs = createDocsHandler(operations)
  const behind: Partial<Record<Door, http.RequestListener>> = {
    node: (req, res) => void handleNodeRequest(req, res), hooks: (req, res) => void handleHook(req, res), health: (_req, res) => void handleHealth(res),
    docs: (req, res) => void docs(req, res),
  }
  portal = await listen((req, res) => {
    const door = doorOf((req.url ?? '/').split('?', 1)[0] ?? '/')
    const handler = door === null ? undefined : behind[door]
    if (handler) handler(req, res)
    else res.writeHead(404).end()
  })
  const [readOnly, machine] = [(await tokenAskers(estate)).readOnly, await machineAsker(estate)]
  foreign = {
    'a session of the owner': await tokenOf(estate.owner.actor), 'a session of the operator': await tokenOf((await makeUser({ staff: true })).actor),
    'a personal token': (await readOnly.question()).token ?? '', 'a service account': (await machine.question()).token ?? '',
  }
}, 60_000)
afterAll(async () => {
  stopNodeApi()
  await portal.close()
})

/** Where the refusals of each door are tried. A new door without a row does not compile. */
const TRIED: Record<Door, string> = {
  rest: 'refusals', trpc: 'doors', node: 'below', install: 'below', hooks: 'hooks', health: 'below', metrics: 'metrics', docs: 'below',
}
test('every way into the portal is one of those that are tried', () => {
  expect(Object.keys(TRIED)).toEqual(Object.keys(DOORS))
  for (const [path, door] of [['/v1/apps', 'rest'], ['/api/trpc/x', 'trpc'], ['/node/v1/desired', 'node'], ['/hooks/stripe', 'hooks'], ['/health', 'health'], ['/metrics', 'metrics'], ['/docs', 'docs']] as const) {
    expect(doorOf(path)).toBe(door)
  }
  for (const page of ['/', '/v1', '/v10/apps', '/healthz', '/health/x', '/docsx', '/apps', '/hooks', '/api/auth/session']) expect(doorOf(page), page).toBeNull()
})

const upgrade = (path: string): Promise<number | string> => new Promise((resolve, reject) => {
  const req = http.request({ host: '127.0.0.1', port: portal.port, path, headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' } })
  req.on('upgrade', (_res, socket) => { socket.destroy(); resolve('upgraded') }).on('response', (res) => { res.resume(); resolve(res.statusCode ?? 0) }).on('error', reject).end()
})
test('no door opens a WebSocket', async () => {
  for (const path of ['/v1/events?follow=true', '/api/trpc/x', '/node/v1/desired', '/hooks/stripe', '/health', '/metrics', '/docs', '/']) expect(await upgrade(path), path).not.toBe('upgraded')
})

const nodeApi = async (path: string, headers: Record<string, string>) => {
  const answer = await fetch(`http://127.0.0.1:${portal.port}/node/v1${path}`, path.startsWith('/desired') ? { headers } : { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } })
  return { status: answer.status, text: await answer.text() }
}

describe.each([...Object.keys(NODE_ROUTES), '/desired'])('/node/v1%s', (route) => {
  const path = route === '/desired' ? '/desired?index=0&wait=1s' : route
  test('refuses nobody, people, machines and tokens of other doors, with one answer that says nothing', async () => {
    const bare = await nodeApi(path, {})
    expect(bare.status).toBe(401)
    for (const [name, token] of Object.entries(foreign)) {
      const alone = await nodeApi(path, { authorization: `Bearer ${token}` })
      expect(alone, name).toEqual(bare)
    }
  })

  test('refuses a node that is not itself: another\'s name, another\'s credential, another\'s key, a person\'s token, a call of before', async () => {
    const [one, two] = [new FakeAgent(portal.port), new FakeAgent(portal.port)]
    await one.join()
    await two.join()
    const type: Record<string, string> = route === '/logs' ? { 'content-type': 'application/x-ndjson' } : {}
    const ask = (agent: FakeAgent, { headers, ...tampering }: Tampering) => {
      const over = { ...tampering, headers: { ...type, ...headers } }
      return route === '/desired' ? agent.get('/node/v1/desired?index=0&wait=1s', over) : agent.post(`/node/v1${route}`, {}, over)
    }
    const answers = await Promise.all([
      ask(one, { headers: { 'x-node-id': two.nodeId } }), ask(one, { credential: two.credential }), ask(one, { key: two.keys.privateKey }),
      ...Object.values(foreign).map((credential) => ask(one, { credential })), ask(one, { timestampMs: Date.now() - 3_600_000 }),
    ])
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 401))
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain(estate.marker)
    const nonce = 'a'.repeat(24)
    await ask(two, { nonce })
    expect((await ask(two, { nonce })).body).toMatchObject({ code: 'replayed_nonce' })
  })
})

test('nobody joins as a node with a token that is none, used, or of another door', async () => {
  const agent = new FakeAgent(portal.port)
  await agent.join()
  const { rows: [before] } = await runtime().databases.systemPool.query('SELECT count(*) FROM node')
  const answers = await Promise.all(['join_x', '', ...Object.values(foreign)].map((token) => new FakeAgent(portal.port).join({}, token)))
  expect(answers.map((a) => a.status).filter((status) => status !== 401 && status !== 400)).toEqual([])
  const { rows: [after] } = await runtime().databases.systemPool.query('SELECT count(*) FROM node')
  expect(after).toEqual(before)
})

test('health and the reference are for everybody and hold nothing of anybody', async () => {
  for (const path of ['/health', '/docs', '/docs/problems', '/docs/problems/not_found']) {
    const { port } = portal
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => http.get({ port, path, headers: { host: 'console.localhost' } }, (res) => {
      let text = ''
      res.on('data', (chunk: Buffer) => { text += chunk.toString() }).on('end', () => resolve({ status: res.statusCode ?? 0, text }))
    }).on('error', reject))
    expect([path, answer.status, answer.text.includes(estate.marker)]).toEqual([path, 200, false])
  }
})

describe('the sandbox', () => {
  const provider = (path: string, token?: string) => fetch(`http://127.0.0.1:21080${path}`, { method: 'POST', body: '', ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) })
  test('the stand-ins of the providers answer only to their own keys', async () => {
    for (const path of ['/v1/checkout/sessions', '/v1/refunds', '/v1/nothing', '/transaction/initialize', '/refund', '/nothing']) {
      for (const token of [undefined, 'sk_test_guess', ...Object.values(foreign)]) {
        const answer = await provider(path, token)
        expect([path, answer.status]).toEqual([path, 401])
      }
    }
  })

  test('in production none of its procedures is there, for nobody and for the operator alike', async () => {
    const procedures = Object.keys(appRouter._def.procedures).filter((name) => name.startsWith('sandbox.'))
    expect(procedures.length).toBeGreaterThan(3)
    const { env } = runtime()
    env.SHELLWEGO_MODE = 'production'
    try {
      for (const name of procedures) {
        for (const token of [undefined, ...Object.values(foreign)]) {
          for (const method of ['GET', 'POST']) {
            const answer = await api.ask(method, `/api/trpc/${name}`, { ...(token ? { token } : {}), headers: { 'x-shellwego-csrf': '1' }, ...(method === 'POST' ? { body: {} } : {}) })
            expect([name, method, answer.status, answer.body.code]).toEqual([name, method, 404, 'not_found'])
          }
        }
      }
    } finally { env.SHELLWEGO_MODE = 'sandbox' }
  })
})
