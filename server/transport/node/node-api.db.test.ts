import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DesiredReply, NodeError, RegisterReply } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { issueJoinToken, removeObject, setDesired } from '../../domain/nodes/index.ts'
import { FACTS } from '../../domain/nodes/testing.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { waitingNodes } from './index.ts'
import { FakeAgent, listen } from './testing.ts'

withRuntime()
let server: Awaited<ReturnType<typeof listen>>
beforeAll(async () => { server = await listen() })
afterAll(() => server.close())

const joined = async (): Promise<FakeAgent> => {
  const agent = new FakeAgent(server.port)
  expect((await agent.join()).status).toBe(201)
  return agent
}
const codeOf = (answer: { body: unknown }): string => NodeError.parse(answer.body).code
const route = (host: string) => ({ kind: 'route' as const, id: `route_${host}`, desired: 'present' as const, spec: { host, target: 'portal' as const } })
const set = (nodeId: string, host: string) => runtime().databases.asSystem('job', (db) => setDesired(db, nodeId, route(host)))

test('a join token makes one node; the same machine asking again gets the same one, another machine none', async () => {
  const { token } = await runtime().databases.asSystem('node-api', issueJoinToken)
  const agent = new FakeAgent(server.port)
  const first = await agent.join({}, token)
  expect(first.status).toBe(201)
  expect(RegisterReply.parse(first.body)).toMatchObject({ lease_ttl_s: 40, heartbeat_s: 10, poll_wait_s: 55, credential_ttl_s: 86_400 })
  const again = await agent.join({}, token)
  expect([again.status, RegisterReply.parse(again.body).node_id]).toEqual([200, RegisterReply.parse(first.body).node_id])
  const other = await new FakeAgent(server.port).join({}, token)
  expect([other.status, codeOf(other)]).toEqual([401, 'join_token_used'])
  const thief = new FakeAgent(server.port)
  const stolen = await thief.join({ install_id: agent.installId }, token)
  expect([stolen.status, codeOf(stolen)]).toEqual([409, 'identity_mismatch'])
})

test('a registration that arrives twice locks nobody out: whichever answer came, its credential opens a session; not that of another boot', async () => {
  const { token } = await runtime().databases.asSystem('node-api', issueJoinToken)
  const agent = new FakeAgent(server.port)
  await agent.join({}, token)
  const { credential } = agent
  await agent.join({}, token)
  expect((await agent.session({ credential })).status).toBe(200)
  expect((await agent.status([])).status).toBe(200)
  const before = agent.credential
  await agent.join({ boot_id: 'boot-2' }, token)
  expect(codeOf(await agent.session({ credential: before }))).toBe('credential_expired')
})

test('an expired join token and a key of another kind are refused', async () => {
  const { token } = await runtime().databases.asSystem('node-api', issueJoinToken)
  await runtime().databases.systemPool.query("UPDATE join_token SET expires_at = now() - interval '1 s' WHERE used_at IS NULL")
  expect(codeOf(await new FakeAgent(server.port).join({}, token))).toBe('join_token_expired')
  expect(codeOf(await new FakeAgent(server.port).join({}, 'join_never'))).toBe('join_token_invalid')
  const exchangeKey = generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  expect(codeOf(await new FakeAgent(server.port).join({ public_key: exchangeKey }))).toBe('bad_request')
  expect(codeOf(await new FakeAgent(server.port).join({ public_key: 'no key' }))).toBe('bad_request')
})

test('a key of the mesh is one node\'s: a machine that was copied gets no place in it, and keeps everybody else\'s', async () => {
  const mesh = { public_key: `${'k'.repeat(42)}A=`, endpoint: '198.51.100.1:51820' }
  const [first, copy] = [new FakeAgent(server.port), new FakeAgent(server.port)]
  await first.join({ facts: { ...FACTS, mesh } })
  expect((await copy.join({ facts: { ...FACTS, mesh: { ...mesh, endpoint: '198.51.100.2:51820' } } })).status).toBe(201)
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>('SELECT id FROM node WHERE facts->\'mesh\' IS NOT NULL')
  expect(rows.map((row) => row.id)).toEqual([first.nodeId])
  const named = await new FakeAgent(server.port).join({ facts: { ...FACTS, mesh: { ...mesh, endpoint: 'node.example.com:51820' } } })
  expect([named.status, codeOf(named)]).toEqual([400, 'bad_request'])
})

test('a call needs the credential, a fitting signature, a near clock and a fresh nonce', async () => {
  const agent = await joined()
  const usage = { stream_id: 's', records: [] }
  const post = async (tampering: Parameters<FakeAgent['post']>[2]) => {
    const answer = await agent.post('/node/v1/usage', usage, tampering)
    return [answer.status, answer.status === 200 ? 'ok' : codeOf(answer)]
  }
  expect(await post({ nonce: 'nonce-1' })).toEqual([200, 'ok'])
  expect(await post({ nonce: 'nonce-1' })).toEqual([401, 'replayed_nonce'])
  expect(await post({ credential: 'nodecred_wrong' })).toEqual([401, 'credential_expired'])
  expect(await post({ key: generateKeyPairSync('ed25519').privateKey })).toEqual([401, 'bad_signature'])
  expect(await post({ sentBody: Buffer.from('{"stream_id":"x","records":[]}') })).toEqual([401, 'bad_signature'])
  expect(await post({ headers: { 'x-node-id': 'node_unknown' } })).toEqual([404, 'node_unknown'])
  expect(await post({ headers: { 'content-type': 'text/html' } })).toEqual([415, 'bad_request'])
  const skewed = await agent.post('/node/v1/usage', usage, { timestampMs: Date.now() - 301_000 })
  expect(codeOf(skewed)).toBe('clock_skew')
  expect(Math.abs(Date.parse(NodeError.parse(skewed.body).server_time ?? '') - Date.now())).toBeLessThan(5_000)
})

test('a new session rotates the credential, ends the session before it, and survives lost replies', async () => {
  const agent = await joined()
  const [oldSession, oldCredential] = [agent.sessionId, agent.credential]
  await agent.session()
  expect(agent.credential).not.toBe(oldCredential)
  expect((await agent.post('/node/v1/usage', { stream_id: 's', records: [] }, { credential: oldCredential })).status).toBe(200)
  expect(codeOf(await agent.status([], { session_id: oldSession }))).toBe('superseded_session')
  expect((await agent.status([])).status).toBe(200)
  const presented = agent.credential
  for (let lost = 0; lost < 3; lost += 1) expect((await agent.session({ credential: presented })).status).toBe(200)
  await runtime().databases.systemPool.query("UPDATE node SET credential_expires_at = now() - interval '1 s' WHERE id = $1", [agent.nodeId])
  expect(codeOf(await agent.status([]))).toBe('credential_expired')
  expect((await agent.session()).status).toBe(200)
})

test('a token says where its machine stands, and one for another place is refused to a node that is there', async () => {
  const issue = (region: string, zone: string) => runtime().databases.asSystem('node-api', (db) => issueJoinToken(db, { region, zone, labels: { disk: 'fast' } }))
  const agent = new FakeAgent(server.port)
  expect((await agent.join({}, (await issue('lagos', 'a')).token)).status).toBe(201)
  const { rows } = await runtime().databases.systemPool.query('SELECT region, zone, labels FROM node WHERE id = $1', [agent.nodeId])
  expect(rows).toEqual([{ region: 'lagos', zone: 'a', labels: { disk: 'fast' } }])
  expect((await agent.join({}, (await issue('lagos', 'a')).token)).status).toBe(200)
  const moved = await agent.join({}, (await issue('accra', '')).token)
  expect([moved.status, codeOf(moved)]).toEqual([409, 'join_token_elsewhere'])
})

test('two tokens used at once by one machine make one node', async () => {
  const agent = new FakeAgent(server.port)
  const answers = await Promise.all(Array.from({ length: 6 }, () => agent.join()))
  expect(answers.map((a) => a.status).toSorted()).toEqual([200, 200, 200, 200, 200, 201])
  expect(new Set(answers.map((a) => RegisterReply.parse(a.body).node_id)).size).toBe(1)
})

test('a delayed call for a session does not end what a later one granted', async () => {
  const agent = await joined()
  const [first, startedMs] = [agent.credential, Date.now()]
  await agent.session()
  const [second, session] = [agent.credential, agent.sessionId]
  const delayed = await agent.session({ credential: first, timestampMs: startedMs - 1000 })
  expect([delayed.status, codeOf(delayed)]).toEqual([401, 'replayed_nonce'])
  expect([agent.credential, agent.sessionId]).toEqual([second, session])
  expect((await agent.status([])).status).toBe(200)
  await agent.session()
  expect(codeOf(await agent.session({ credential: first }))).toBe('credential_expired')
  expect((await agent.status([])).status).toBe(200)
})

test('of many calls for a session at once, one credential is good in the end and the agent is never locked out', async () => {
  const agent = await joined()
  const presented = agent.credential
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => agent.session({ credential: presented, timestampMs: Date.now() + n })))
  const granted = answers.flatMap((a) => (a.status === 200 ? [RegisterReply.parse(a.body)] : []))
  const good = await Promise.all(granted.map(async ({ credential, session_id: sessionId }) => {
    const answer = await agent.post('/node/v1/status', {
      session_id: sessionId, seq: 1, observed_epoch: '', observed_index: 0, boot_id: 'boot-1', heartbeat: true, objects: [],
      node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
    }, { credential })
    return answer.status === 200
  }))
  expect(good.filter(Boolean)).toHaveLength(1)
  expect((await agent.session({ credential: presented, timestampMs: Date.now() + 100 })).status).toBe(200)
})

test('the list carries index, epoch and generations; the same wish changes nothing; a tombstone stays until it is confirmed', async () => {
  const agent = await joined()
  expect(await set(agent.nodeId, 'a.test')).toBe(1)
  expect(await set(agent.nodeId, 'a.test')).toBe(1)
  const first = await agent.poll(0)
  const list = DesiredReply.parse(first.body)
  expect(first.headers.etag).toBe(`"${list.epoch}:2"`)
  expect(list).toMatchObject({ index: 2, complete: true, objects: [{ kind: 'route', id: 'route_a.test', generation: 1, desired: 'present', spec: { host: 'a.test' } }] })
  await runtime().databases.asSystem('job', (db) => removeObject(db, agent.nodeId, 'route', 'route_a.test'))
  const second = DesiredReply.parse((await agent.poll(2, first.headers.etag)).body)
  expect(second).toMatchObject({ index: 3, objects: [{ generation: 2, desired: 'absent', spec: null }] })
  const absent = (generation: number) => ({ kind: 'route' as const, id: 'route_a.test', generation, phase: 'absent' as const, code: null, reason: null, health: null, restarts: 0, vm_start_id: null, image_digest: null, since_ms: 0, running_ms: null })
  await agent.status([absent(1)])
  expect(DesiredReply.parse((await agent.poll(0)).body).objects).toHaveLength(1)
  await agent.status([absent(2)])
  expect(DesiredReply.parse((await agent.poll(0)).body).objects).toEqual([])
})

test('a waiting poll wakes within a blink of the commit, and ends with 304 when its time is over', async () => {
  const agent = await joined()
  await set(agent.nodeId, 'a.test')
  const { headers } = await agent.poll(0)
  const waiting = agent.poll(2, headers.etag)
  await expect.poll(waitingNodes, { timeout: 10_000 }).toBe(1)
  const changedMs = performance.now()
  await set(agent.nodeId, 'b.test')
  expect(DesiredReply.parse((await waiting).body)).toMatchObject({ index: 3 })
  expect(performance.now() - changedMs).toBeLessThan(10_000) // the safety re-read comes after fifteen seconds
  const ended = await agent.poll(3, headers.etag?.replace(':2"', ':3"'), '1s')
  expect([ended.status, ended.body, ended.headers['x-index']]).toEqual([304, null, '3'])
  expect(waitingNodes()).toBe(0)
})

test('a node with nothing to run waits too, and gets its empty list when it asks for all', async () => {
  const agent = await joined()
  const all = await agent.poll(0)
  expect(DesiredReply.parse(all.body)).toMatchObject({ index: 1, objects: [] })
  expect((await agent.poll(1, all.headers.etag, '1s')).status).toBe(304)
})

test('a newer poll of a node ends the older, and a closed connection leaves no waiter', async () => {
  const agent = await joined()
  await set(agent.nodeId, 'a.test')
  const { headers } = await agent.poll(0)
  const older = agent.poll(2, headers.etag)
  await expect.poll(waitingNodes, { timeout: 10_000 }).toBe(1)
  const newer = agent.poll(2, headers.etag, '2s')
  expect((await older).status).toBe(304)
  expect(waitingNodes()).toBe(1)
  expect((await newer).status).toBe(304)
  const { Agent } = await import('node:http')
  const connection = new Agent({ keepAlive: true })
  const cut = agent.poll(2, headers.etag, '55s', connection).catch(() => 'cut')
  await expect.poll(waitingNodes, { timeout: 10_000 }).toBe(1)
  connection.destroy()
  expect(await cut).toBe('cut')
  await expect.poll(waitingNodes, { timeout: 10_000 }).toBe(0)
})

test('an agent that has seen more than the database holds starts a new epoch', async () => {
  const agent = await joined()
  await set(agent.nodeId, 'a.test')
  const { epoch } = DesiredReply.parse((await agent.poll(0)).body)
  const restored = DesiredReply.parse((await agent.poll(9, `"${epoch}:9"`)).body)
  expect(restored.epoch).not.toBe(epoch)
  expect(restored.index).toBe(2)
  await agent.status([], { observed_epoch: restored.epoch, observed_index: 7 })
  expect(DesiredReply.parse((await agent.poll(0)).body).epoch).not.toBe(restored.epoch)
})

test.each([['/node/v1/nothing', 404], ['/node/v1/register', 405]])('%s is refused in the words of the node API', async (path, status) => {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`)
  expect([answer.status, NodeError.parse(await answer.json()).code]).toEqual([status, 'bad_request'])
})
