import { beforeEach, expect, test, vi } from 'vitest'
import { DesiredReply } from '../../../contract/node-api/v1.ts'
import type { UpgradeReport } from '../../../contract/node-api/upgrade.ts'
import { runtime } from '../../../core/runtime.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { FakeAgent, withNodeApi } from '../../../transport/node/testing.ts'
import { cancelUpgrade, getNode, getUpgrades, resumeUpgrade, startUpgrade } from '../index.ts'
import { FACTS } from '../testing.ts'
import { advanceUpgrade } from './advance.ts'

const MANIFEST = 'ab'.repeat(32)
vi.mock('../install-line.ts', async (original) => ({
  ...await original<typeof import('../install-line.ts')>(), currentDist: () => Promise.resolve({ id: 'ab'.repeat(32), version: '0.1.0', manifest: '', files: new Map() }),
}))

withRuntime()
const { port, staff } = withNodeApi()
beforeEach(async () => {
  await runtime().databases.systemPool.query('DELETE FROM fleet_upgrade')
  await runtime().databases.systemPool.query('DELETE FROM node')
})

const facts = (release: string) => ({ ...FACTS, release })
const fleet = async (count: number): Promise<FakeAgent[]> => {
  const agents = Array.from({ length: count }, () => new FakeAgent(port()))
  for (const agent of agents) expect((await agent.join({ facts: facts('old') })).status).toBe(201)
  return agents
}
const offerTo = async (agent: FakeAgent) => DesiredReply.parse((await agent.poll(0)).body).agent
const say = (agent: FakeAgent, order: string, state: UpgradeReport['state'], detail: string | null = null) =>
  agent.status([], { node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [], upgrade: { order, state, detail } } })
const look = (id: string): Promise<void> => advanceUpgrade.run({ upgrade_id: id })
const states = async () => (await staff().call(getUpgrades, {})).upgrade?.nodes.map((n) => n.state)

test('one after the other: the second is offered the release when the first has it, and a waiting poll hears of it at once', async () => {
  const [one, two] = await fleet(2) as [FakeAgent, FakeAgent]
  const local = new FakeAgent(port())
  await local.join()
  expect((await staff().call(getUpgrades, {})).outdated).toHaveLength(2)
  const upgrade = await staff().call(startUpgrade, { node_ids: [one.nodeId, two.nodeId] })
  expect(upgrade.nodes.map((n) => n.node_id)).toEqual([one.nodeId, two.nodeId])
  await expect(staff().call(startUpgrade, {})).rejects.toMatchObject({ code: 'state_conflict' })
  const first = await one.poll(0)
  const waiting = one.poll(DesiredReply.parse(first.body).index, first.headers.etag)
  await look(upgrade.id)
  expect(DesiredReply.parse((await waiting).body).agent).toMatchObject({ version: '0.1.0', manifest: MANIFEST })
  const offer = await offerTo(one)
  expect([await offerTo(two), await offerTo(local)]).toEqual([undefined, undefined])
  await say(one, offer?.order ?? '', 'testing')
  await look(upgrade.id)
  expect(await states()).toEqual(['testing', 'waiting'])
  expect((await staff().call(getNode, { node_id: one.nodeId })).upgrade).toEqual({ state: 'testing', detail: null })
  await say(one, offer?.order ?? '', 'done')
  await look(upgrade.id)
  expect([await states(), await offerTo(one)]).toEqual([['done', 'offered'], undefined])
  await say(two, (await offerTo(two))?.order ?? '', 'done')
  await look(upgrade.id)
  expect((await staff().call(getUpgrades, {})).upgrade).toMatchObject({ state: 'done' })
})

test('the first that fails pauses it with the reason; trying again is another order; what an agent says of the old one is nothing', async () => {
  const [one, two] = await fleet(2) as [FakeAgent, FakeAgent]
  const { id } = await staff().call(startUpgrade, { node_ids: [one.nodeId, two.nodeId] })
  await look(id)
  const order = (await offerTo(one))?.order ?? ''
  await say(one, order, 'rolled_back', 'The portal did not answer it in time.')
  await look(id)
  const paused = (await staff().call(getUpgrades, {})).upgrade
  expect(paused).toMatchObject({ state: 'paused', nodes: [{ state: 'rolled_back', detail: 'The portal did not answer it in time.' }, { state: 'waiting' }] })
  expect([await offerTo(one), await offerTo(two)]).toEqual([undefined, undefined])
  await staff().call(resumeUpgrade, { upgrade_id: id })
  await expect(staff().call(resumeUpgrade, { upgrade_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
  await look(id)
  const again = await offerTo(one)
  expect(again?.order).not.toBe(order)
  await say(one, order, 'failed', 'late')
  expect(await states()).toEqual(['offered', 'waiting'])
  await say(one, again?.order ?? '', 'failed', 'no space')
  await look(id)
  await staff().call(resumeUpgrade, { upgrade_id: id, failed: 'skip' })
  await look(id)
  expect(await states()).toEqual(['skipped', 'offered'])
})

test('cancelled: nobody is offered it any more, and another can begin', async () => {
  const [one] = await fleet(2) as [FakeAgent, FakeAgent]
  const { id } = await staff().call(startUpgrade, { node_ids: [one.nodeId] })
  await look(id)
  expect(await offerTo(one)).toBeDefined()
  expect(await staff().call(cancelUpgrade, { upgrade_id: id })).toMatchObject({ state: 'cancelled', nodes: [{ state: 'skipped' }] })
  expect(await offerTo(one)).toBeUndefined()
  await expect(staff().call(cancelUpgrade, { upgrade_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
  expect((await staff().call(startUpgrade, {})).nodes).toHaveLength(2)
})

test('bad input: a node that is none, and nothing to do', async () => {
  const [one] = await fleet(1) as [FakeAgent]
  await expect(staff().call(startUpgrade, { node_ids: [one.nodeId, 'node_none'] })).rejects.toMatchObject({ errors: [{ pointer: '/node_ids/1' }] })
  await runtime().databases.systemPool.query("UPDATE node SET facts = facts || '{\"release\":\"abababababababab\"}'")
  await expect(staff().call(startUpgrade, {})).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(staff().call(cancelUpgrade, { upgrade_id: 'upg_none' })).rejects.toMatchObject({ code: 'not_found' })
})
