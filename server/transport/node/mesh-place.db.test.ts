import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { MESH_NODES } from '../../contract/node-api/network.ts'
import { runtime } from '../../core/runtime.ts'
import { getNode } from '../../domain/nodes/index.ts'
import { FACTS } from '../../domain/nodes/testing.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { FakeAgent, withNodeApi } from './testing.ts'

withRuntime()
const { port, staff } = withNodeApi()
beforeEach(() => sql('DELETE FROM node'))

const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const meshFacts = (key = randomBytes(32).toString('base64')) => ({ ...FACTS, mesh: { public_key: key, endpoint: '198.51.100.1:51820', edges: true } })
const joined = async (facts: object = meshFacts()): Promise<FakeAgent> => {
  const agent = new FakeAgent(port())
  expect((await agent.join({ facts })).status).toBe(201)
  return agent
}
const places = async (): Promise<(number | null)[]> => (await sql<{ at: number | null }>('SELECT mesh_index AS at FROM node ORDER BY at')).map(({ at }) => at)
const placeOf = async (agent: FakeAgent) => (await sql<{ at: number | null }>('SELECT mesh_index AS at FROM node WHERE id = $1', [agent.nodeId]))[0]?.at
const come = (agent: FakeAgent, facts: object) => agent.post('/node/v1/session', { boot_id: 'boot-1', agent_version: '0.1.0', facts })
const conditionsOf = async (agent: FakeAgent) => (await staff().call(getNode, { node_id: agent.nodeId })).conditions.map(({ type }) => type)

test('joins at once get a place each, without a gap; what was given up is given again', async () => {
  const agents = await Promise.all(Array.from({ length: 12 }, () => joined()))
  expect(await places()).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
  await sql('DELETE FROM node WHERE id = ANY($1)', [agents.slice(3, 5).map((agent) => agent.nodeId)])
  await Promise.all([joined(), joined()])
  expect(await places()).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
})

test('a join that hangs holds up no other', async () => {
  const client = await runtime().databases.systemPool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1::int, 1)', [0x6d657368])
    const second = await joined()
    expect(await placeOf(second)).toBe(2)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  expect(await placeOf(await joined())).toBe(1)
})

test('of two machines that come with one key at once, one is in the mesh', async () => {
  const key = randomBytes(32).toString('base64')
  await Promise.all(Array.from({ length: 6 }, () => joined(meshFacts(key))))
  expect((await places()).filter((at) => at !== null)).toHaveLength(1)
  expect(await sql("SELECT 1 FROM node WHERE facts->'mesh' IS NOT NULL")).toHaveLength(1)
})

test('a node without the mesh takes no place, and gets one when it comes with it', async () => {
  const agent = await joined(FACTS)
  expect(await placeOf(agent)).toBeNull()
  const facts = meshFacts()
  expect((await come(agent, facts)).status).toBe(200)
  expect(await placeOf(agent)).toBe(1)
  expect(await sql("SELECT 1 FROM event WHERE subject_id = $1 AND type = 'node.moved'", [agent.nodeId])).toHaveLength(1)
})

test('where all places are taken a node stays outside and says so, until one is free', async () => {
  await sql(`INSERT INTO node (id, install_id, public_key, hostname, status, facts, boot_id, agent_version, session_id, credential_hash, credential_expires_at, last_seen_at, mesh_index)
    SELECT 'node_' || n, 'install' || n, '', 'node-' || n, 'ready', '{}', 'boot', '0.1.0', 'ses', '', now(), now(), n FROM generate_series(1, $1::int) n`, [MESH_NODES])
  const facts = meshFacts()
  const agent = await joined(facts)
  expect(await placeOf(agent)).toBeNull()
  expect(await conditionsOf(agent)).toEqual(['mesh_full'])
  await sql('DELETE FROM node WHERE mesh_index = 77')
  const answer = await come(agent, facts)
  expect(answer.status).toBe(200)
  expect([await placeOf(agent), await conditionsOf(agent)]).toEqual([77, []])
})
