import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { APP_STATUSES } from '../../contract/app.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { insertNode } from '../nodes/testing.ts'
import { createApp } from './create-app.ts'
import { listApps } from './read-apps.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_770, PORT: 21_771 })
const HELLO = { image: 'builtin/hello:v1' }
let owner: Awaited<ReturnType<typeof makeOwner>>
let nodeId = ''
beforeAll(async () => {
  owner = await makeOwner()
  nodeId = await insertNode()
})

interface State {
  desired: string; replicas: number; deployment: string
  instances: { desired: string; phase: string; health: string | null; ended: boolean }[]
}
let made = 0
const makeApp = async (state: State): Promise<void> => {
  const app = await owner.call(createApp, { ...HELLO, name: `app-${++made}` })
  await runtime().databases.asSystem('job', async (db) => {
    await db.app.update({ where: { id: app.id }, data: { desired: state.desired, replicas: state.replicas } })
    await db.deployment.updateMany({ where: { appId: app.id }, data: { state: state.deployment } })
    const release = await db.release.findFirstOrThrow({ where: { appId: app.id } })
    for (const { ended, ...instance } of state.instances) {
      made += 1
      const address = `10.100.${made >> 8}.${made & 255}`
      await db.instance.create({ data: {
        id: newId('instance'), orgId: app.organization_id, appId: app.id, releaseId: release.id, nodeId, address, ...instance, endedAt: ended ? new Date() : null,
      } })
    }
  })
}
const stateOf: fc.Arbitrary<State> = fc.record({
  desired: fc.constantFrom('running', 'running', 'stopped'), replicas: fc.integer({ min: 1, max: 2 }),
  deployment: fc.constantFrom('queued', 'running', 'succeeded', 'succeeded', 'failed', 'cancelled'),
  instances: fc.array(fc.record({
    desired: fc.constantFrom('running', 'running', 'stopped'), phase: fc.constantFrom('running', 'running', 'pending'),
    health: fc.constantFrom('ok', 'ok', 'failing', null), ended: fc.constantFrom(false, false, true),
  }), { maxLength: 3 }),
})

test('a filter by status finds exactly the apps that show that status', async () => {
  for (const state of fc.sample(stateOf, { numRuns: 60, seed: 1 })) await makeApp(state)
  const all = (await owner.call(listApps, { limit: 100 })).data
  expect(new Set(all.map((a) => a.status)).size).toBe(APP_STATUSES.length)
  for (const status of APP_STATUSES) {
    const found = (await owner.call(listApps, { limit: 100, filter: { status } })).data
    expect([status, found.map((a) => a.id)]).toEqual([status, all.filter((a) => a.status === status).map((a) => a.id)])
  }
  const two = (await owner.call(listApps, { limit: 100, filter: { status: 'stopped,error' }, sort: 'name' })).data
  expect(two.map((a) => a.id).sort()).toEqual(all.filter((a) => a.status === 'stopped' || a.status === 'error').map((a) => a.id).sort())
})

test('by node and by memory, with their instances when asked for', async () => {
  const on = (await owner.call(listApps, { limit: 100, filter: { node_id: nodeId }, include: 'instances' })).data
  expect(on.length).toBeGreaterThan(5)
  expect(on.every((a) => a.instances?.some((i) => i.node_id === nodeId))).toBe(true)
  expect((await owner.call(listApps, { filter: { node_id: 'node_other' } })).data).toEqual([])
  const [first] = (await owner.call(listApps, { limit: 1, filter: { 'resources.memory': '128m,1g' } })).data
  expect([first?.resources.memory, first?.instances]).toEqual(['128m', undefined])
  expect((await owner.call(listApps, { filter: { 'resources.memory': '1g' } })).data).toEqual([])
  await expect(owner.call(listApps, { filter: { 'resources.memory': 'much' } })).rejects.toMatchObject({ errors: [{ pointer: '/filter/resources.memory', code: 'invalid_value' }] })
})
