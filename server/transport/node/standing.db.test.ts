import { expect, test } from 'vitest'
import { NodeError } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { getNode, revokeNode } from '../../domain/nodes/index.ts'
import { FACTS } from '../../domain/nodes/testing.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { FakeAgent, withNodeApi, type Tampering } from './testing.ts'

withRuntime()
const { port, staff } = withNodeApi()

const codeOf = (answer: { body: unknown }): string => NodeError.parse(answer.body).code
const viewOf = (agent: FakeAgent) => staff().call(getNode, { node_id: agent.nodeId })
const joined = async (): Promise<FakeAgent> => {
  const agent = new FakeAgent(port())
  expect((await agent.join()).status).toBe(201)
  return agent
}
/** A disk that was copied: the same key, installation and credential, another boot. */
const copyOf = (agent: FakeAgent): FakeAgent => {
  const copy = new FakeAgent(port())
  Object.assign(copy, { keys: agent.keys, installId: agent.installId, nodeId: agent.nodeId, sessionId: agent.sessionId, credential: agent.credential })
  return copy
}
const session = async (agent: FakeAgent, over: { boot_id?: string; agent_version?: string } = {}, tampering: Tampering = {}) => {
  const answer = await agent.post('/node/v1/session', { boot_id: 'boot-1', agent_version: '0.1.0', facts: FACTS, ...over }, tampering)
  if (answer.status === 200) {
    const { session_id: sessionId, credential } = answer.body as { session_id: string; credential: string }
    Object.assign(agent, { sessionId, credential, seq: 0 })
  }
  return answer
}
const eventsOf = async (nodeId: string): Promise<string[]> =>
  (await runtime().databases.systemPool.query<{ type: string }>("SELECT type FROM event WHERE subject_id = $1 ORDER BY seq", [nodeId])).rows.map((row) => row.type)

test('of two machines with one identity the newer is heard, the older stands still and stays out, and staff are told', async () => {
  const original = await joined()
  const copy = copyOf(original)
  expect((await session(copy, { boot_id: 'boot-2' })).status).toBe(200)
  const refused = await original.status([])
  expect([refused.status, codeOf(refused)]).toEqual([409, 'superseded_session'])
  // Its credential is the one before: it was not a lost reply, because it comes from another boot.
  for (let minute = 0; minute < 3; minute += 1) expect(codeOf(await session(original))).toBe('superseded_session')
  expect((await copy.status([], { boot_id: 'boot-2' })).status).toBe(200)
  const { alarms } = await viewOf(original)
  expect(alarms.map((one) => one.type)).toEqual(['cloned'])
  expect((await eventsOf(original.nodeId)).filter((type) => type === 'node.cloned')).toHaveLength(1)
})

test('when the newer of two goes silent, the older comes back', async () => {
  const original = await joined()
  const copy = copyOf(original)
  await session(copy, { boot_id: 'boot-2' })
  expect(codeOf(await session(original))).toBe('superseded_session')
  await runtime().databases.systemPool.query("UPDATE node SET last_seen_at = now() - interval '2 minutes' WHERE id = $1", [original.nodeId])
  expect((await session(original)).status).toBe(200)
  expect((await original.status([])).status).toBe(200)
})

test('a machine that starts again is no second machine, also when the reply was lost', async () => {
  const agent = await joined()
  const presented = agent.credential
  expect((await session(agent, { boot_id: 'boot-2' })).status).toBe(200)
  expect((await session(agent, { boot_id: 'boot-2' }, { credential: presented })).status).toBe(200)
  expect((await agent.status([], { boot_id: 'boot-2' })).status).toBe(200)
  expect((await viewOf(agent)).alarms).toEqual([])
})

test('an agent that is too old or too new for this portal is refused with what to do, and staff see it until it is back', async () => {
  const agent = await joined()
  for (const [version, code] of [['0.3.0', 'agent_too_new'], ['2.0.0', 'agent_too_new'], ['dev', 'agent_too_old']] as const) {
    const refused = await session(agent, { agent_version: version })
    expect([refused.status, codeOf(refused)]).toEqual([409, code])
    expect(NodeError.parse(refused.body).message).toContain('VMs go on')
    expect((await viewOf(agent)).alarms).toMatchObject([{ type: 'refused', message: NodeError.parse(refused.body).message }])
  }
  expect((await session(agent, { agent_version: '0.2.9' })).status).toBe(200)
  expect((await viewOf(agent)).alarms).toEqual([])
  const fresh = await new FakeAgent(port()).join({ agent_version: '0.9.0' })
  expect([fresh.status, codeOf(fresh)]).toEqual([409, 'agent_too_new'])
})

test('a revoked node is refused everywhere, its objects stay, and a new token brings it back as the same node', async () => {
  const agent = await joined()
  await expect(staff().call(revokeNode, { node_id: agent.nodeId, reason: 'stolen' })).resolves.toMatchObject({ alarms: [{ type: 'revoked' }] })
  for (const answer of [await agent.status([]), await session(agent), await agent.poll(0)]) expect([answer.status, codeOf(answer)]).toEqual([401, 'revoked'])
  await expect(staff().call(revokeNode, { node_id: agent.nodeId, reason: 'again' })).rejects.toMatchObject({ code: 'state_conflict' })
  const { nodeId } = agent
  expect((await agent.join()).status).toBe(200)
  expect(agent.nodeId).toBe(nodeId)
  expect((await agent.status([])).status).toBe(200)
  expect((await viewOf(agent)).alarms).toEqual([])
})
