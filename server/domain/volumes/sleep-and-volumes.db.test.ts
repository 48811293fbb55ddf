import { beforeEach, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, getApp, updateApp } from '../apps/index.ts'
import { vmStatus } from '../nodes/testing.ts'
import { attachVolume, createVolume } from './index.ts'
import { volumeNode, type VolumeNode } from './testing.ts'

withRuntime()
const APP = { name: 'owl', image: 'builtin/hello:v1', port: 8080 }
let node: VolumeNode
beforeEach(async () => { node = await volumeNode() })

interface Refusal { code: string; errors?: { pointer: string; code: string }[] }
const refusalOf = (call: Promise<unknown>) => call.then(() => 'done', ({ code, errors = [] }: Refusal) => [code, errors[0]?.pointer, errors[0]?.code])
const specsOf = async (appId: string): Promise<(number | undefined)[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ spec: { sleep_after_s?: number } }>(
    `SELECT o.spec FROM instance i JOIN node_object o ON o.kind = 'vm' AND o.id = i.id WHERE i.app_id = $1 AND o.desired = 'running' ORDER BY i.created_at`, [appId])
  return rows.map(({ spec }) => spec.sleep_after_s)
}

test('the setting goes to the node with the next release, and an app all of whose instances sleep says since when', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, { ...APP, sleep_after_minutes: 15 })
  expect(app).toMatchObject({ sleep_after_minutes: 15, asleep_since: null })
  await drainJobs()
  expect(await specsOf(app.id)).toEqual([900])
  const { instances: [first] } = await owner.call(getApp, { app_id: app.id })
  const start = { vm_start_id: `start-${first?.id}` }
  await node.report(vmStatus(first?.id ?? '', start))
  await node.report(vmStatus(first?.id ?? '', { ...start, phase: 'sleeping', since_ms: 60_000, slept_ms: 60_000 }))
  const asleep = await owner.call(getApp, { app_id: app.id })
  expect(asleep).toMatchObject({ status: 'running', replicas: { healthy: 1 }, instances: [{ phase: 'sleeping', routed: true }] })
  expect(Math.abs(Date.parse(asleep.asleep_since ?? '') - (Date.now() - 60_000))).toBeLessThan(5_000)
  await owner.call(updateApp, { app_id: app.id, sleep_after_minutes: null })
  await drainJobs()
  expect(await specsOf(app.id)).toEqual([900, undefined])
})

test('what no request could wake, and what keeps a volume open, may not sleep', async () => {
  const owner = await makeOwner()
  expect(await refusalOf(owner.call(createApp, { ...APP, public: false, sleep_after_minutes: 5 }))).toEqual(['rule_violated', '/sleep_after_minutes', 'not_reachable'])
  expect(await refusalOf(owner.call(createApp, { ...APP, port: null, sleep_after_minutes: 5 }))).toEqual(['rule_violated', '/sleep_after_minutes', 'not_reachable'])
  const app = await owner.call(createApp, { ...APP, sleep_after_minutes: 5 })
  expect(await refusalOf(owner.call(updateApp, { app_id: app.id, public: false }))).toEqual(['rule_violated', '/sleep_after_minutes', 'not_reachable'])
  const { id } = await owner.call(createVolume, { name: 'data' })
  await node.obey()
  await expect(owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('sleeps') as string })
  await owner.call(updateApp, { app_id: app.id, sleep_after_minutes: null })
  await owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })
  expect(await refusalOf(owner.call(updateApp, { app_id: app.id, sleep_after_minutes: 5 }))).toEqual(['rule_violated', '/sleep_after_minutes', 'volume_attached'])
})
