import { beforeEach, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp, scaleApp, stopApp, updateApp } from '../apps/index.ts'
import { listDesired } from '../nodes/index.ts'
import { vmStatus } from '../nodes/testing.ts'
import { replaceDataKeyJob } from '../secrets/keys/replace-data-key.ts'
import { getQuotas, setQuotas } from '../quotas/index.ts'
import { makeUser } from '../../testing/actors.ts'
import {
  attachVolume, cloneVolume, createSnapshot, createVolume, deleteSnapshot, deleteVolume, detachVolume, getVolume, listVolumes, resizeVolume, restoreVolume,
  undeleteVolume,
} from './index.ts'
import { purgeOfOrganization, retireOfOrganization } from './subscriptions.ts'
import { sweepVolumes } from './sweep.ts'
import { volumeNode, type VolumeNode } from './testing.ts'

withRuntime()
const APP = { name: 'store', image: 'builtin/hello:v1', port: 8080 }
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
let node: VolumeNode
beforeEach(async () => { node = await volumeNode() })

interface Inst { id: string; spec: { volumes: { id: string; mount_path: string; fence: number }[] } | null }
const instancesOf = (appId: string) => sql<Inst>(
  `SELECT i.id, o.spec FROM instance i LEFT JOIN node_object o ON o.kind = 'vm' AND o.id = i.id WHERE i.app_id = $1 AND i.ended_at IS NULL AND i.desired = 'running'`, [appId])
const up = (id: string) => vmStatus(id, { vm_start_id: `start-${id}` })
/** The agent has ended what it was told to end. */
const endAll = async (appId: string): Promise<void> => {
  const rows = await sql<{ id: string; generation: number }>(
    `SELECT i.id, o.generation FROM instance i JOIN node_object o ON o.kind = 'vm' AND o.id = i.id WHERE i.app_id = $1 AND i.ended_at IS NULL AND o.desired = 'absent'`, [appId])
  await node.report(...rows.map((r) => vmStatus(r.id, { phase: 'absent', generation: r.generation, health: null, vm_start_id: null, running_ms: null })))
}
const made = async (owner: Awaited<ReturnType<typeof makeOwner>>, input: { name: string; size?: string; snapshot_id?: string }) => {
  const { id } = await owner.call(createVolume, input)
  await node.obey()
  return id
}

test.each([['blue_green', 'blue-green'], ['canary', 'by canary']] as const)('an app that deploys %s takes no volume, with what to do; with a volume it cannot be set to it', async (type, word) => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data' })
  const app = await owner.call(createApp, { ...APP, strategy: { type } })
  const attach = () => owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })
  await expect(attach()).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringMatching(new RegExp(`${word}, which runs .* beside each other.*Choose another strategy first`)) as string })
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ status: 'detached', app_id: null })
  await owner.call(updateApp, { app_id: app.id, strategy: { type: 'rolling' } })
  await attach()
  await expect(owner.call(updateApp, { app_id: app.id, strategy: { type } })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/strategy/type', code: 'volume_attached' }] })
})

test('a list says which volumes lie on a machine that is not heard, and since when', async () => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data' })
  const since = async () => (await owner.call(listVolumes, {})).data.map((volume) => volume.silent_since)
  expect(await since()).toEqual([null])
  await sql('UPDATE node SET status = \'lost\', last_seen_at = \'2026-01-02T03:04:05Z\' WHERE id = $1', [node.nodeId])
  expect(await since()).toEqual(['2026-01-02T03:04:05.000Z'])
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ silent_since: '2026-01-02T03:04:05.000Z' })
})

test('a volume is made on a node, and named sizes and names that cannot be are refused at their fields', async () => {
  const owner = await makeOwner()
  const created = await owner.call(createVolume, { name: 'data', size: '2g' })
  expect(created).toMatchObject({ status: 'creating', size: '2g', app_id: null, node_id: node.nodeId })
  await node.obey()
  expect(await owner.call(getVolume, { volume_id: 'data' })).toMatchObject({ id: created.id, status: 'detached', used: '2m', snapshots: 0 })
  interface Refusal { code: string; errors: { pointer: string; code: string }[] }
  const refused = (input: { name: string; size?: string }) =>
    owner.call(createVolume, input).catch(({ code, errors: [first] }: Refusal) => [code, first?.pointer, first?.code])
  expect(await refused({ name: 'data' })).toEqual(['name_taken', '/name', 'taken'])
  expect(await refused({ name: 'odd', size: '100m' })).toEqual(['rule_violated', '/size', 'not_a_step'])
  expect(await refused({ name: 'huge', size: '900g' })).toEqual(['rule_violated', '/size', 'out_of_range'])
})

test('attaching rolls the app out with the volume; a second instance never has it before the first has ended', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, APP)
  await drainJobs()
  const [first] = await instancesOf(app.id)
  await node.report(up(first?.id ?? ''))
  const id = await made(owner, { name: 'data' })
  await owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })
  await drainJobs()
  expect(await instancesOf(app.id)).toMatchObject([{ id: first?.id }])
  await sql('UPDATE instance SET unrouted_at = now() - interval \'10 seconds\' WHERE app_id = $1', [app.id])
  await sql('SELECT graphile_worker.add_job(\'deployments.advance\', json_build_object(\'subject_id\', $1::text, \'org_id\', null))', [app.id])
  await drainJobs()
  expect(await instancesOf(app.id)).toEqual([])
  await endAll(app.id)
  const [second, ...others] = await instancesOf(app.id)
  expect([second?.spec?.volumes, others]).toEqual([[{ id, mount_path: '/data', read_only: false, fence: 1 }], []])
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ status: 'attached', in_use_by: second?.id, mount_path: '/data' })
  await node.report(up(second?.id ?? ''))
  await expect(owner.call(scaleApp, { app_id: app.id, replicas: 2 })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(detachVolume, { volume_id: id })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('Stop the app first') as string })
  await expect(owner.call(deleteVolume, { volume_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await owner.call(detachVolume, { volume_id: id, force: true })).toMatchObject({ status: 'detaching', app_id: null })
  await expect(owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('where a volume may not be mounted is told by field; copies and full apps are refused', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, APP)
  const many = await owner.call(createApp, { ...APP, name: 'many', replicas: 3 })
  const [one, two] = [await made(owner, { name: 'one' }), await made(owner, { name: 'two' })]
  const attach = (volume: string, path: string, to = app.id) => owner.call(attachVolume, { volume_id: volume, app_id: to, mount_path: path })
    .then(() => 'attached', (e: { code: string; errors: { code: string }[] }) => e.errors[0]?.code ?? e.code)
  expect(await attach(one, 'data')).toBe('not_absolute')
  expect(await attach(one, '/etc')).toBe('system_path')
  expect(await attach(one, '/a/../b')).toBe('not_plain')
  expect(await attach(one, '/data', many.id)).toBe('state_conflict')
  expect(await attach(one, '/data')).toBe('attached')
  expect(await attach(two, '/data')).toBe('taken')
  expect(await attach(two, '/data/inner')).toBe('nested')
  expect(await attach(one, '/other')).toBe('state_conflict')
  expect(await attach(two, '/other')).toBe('attached')
})

test('a deleted volume can be brought back with all it holds, until its time is over; then its node removes it', async () => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data' })
  await owner.call(createSnapshot, { volume_id: id, name: 'kept' })
  await node.obey()
  expect(await owner.call(deleteVolume, { volume_id: id })).toMatchObject({ status: 'deleted' })
  expect((await owner.call(listVolumes, {})).data).toEqual([])
  expect((await owner.call(listVolumes, { filter: { status: 'deleted' } })).data.map((v) => v.id)).toEqual([id])
  await sweepVolumes.run({})
  await node.obey()
  expect((await node.wanted(id))?.desired).toBe('present')
  expect(await owner.call(undeleteVolume, { volume_id: id })).toMatchObject({ status: 'detached', snapshots: 1 })
  await owner.call(deleteVolume, { volume_id: id })
  await sql('UPDATE volume SET purge_at = now() - interval \'1 minute\' WHERE id = $1', [id])
  await expect(owner.call(undeleteVolume, { volume_id: id })).rejects.toMatchObject({ code: 'state_conflict' })
  await sweepVolumes.run({})
  expect((await node.wanted(id))?.desired).toBe('absent')
  await node.obey()
  expect(await node.wanted(id)).toBeNull()
  await expect(owner.call(getVolume, { volume_id: id })).rejects.toMatchObject({ code: 'not_found' })
})

test('a volume grows in use, shrinks only at rest and never below what it holds', async () => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data', size: '1g' })
  await owner.call(resizeVolume, { volume_id: id, size: '2g' })
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ status: 'resizing', size: '2g' })
  await node.obey()
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ status: 'detached', size: '2g' })
  await node.report(await node.statusOf(id, {}, { used_mib: 500 }))
  await expect(owner.call(resizeVolume, { volume_id: id, size: '256m' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/size', code: 'below_used' }] })
  await owner.call(resizeVolume, { volume_id: id, size: '1g' })
  await node.report(await node.statusOf(id, { phase: 'failed', code: 'below_used', reason: 'The files in the volume need more.' }, { size_mib: 2048 }))
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ status: 'error', status_reason: 'The files in the volume need more.' })
})

test('a limit on volumes is kept at admission, by growth too, and given back by deletion', async () => {
  const owner = await makeOwner()
  const staff = await makeUser({ staff: true })
  await staff.call(setQuotas, { organization_id: owner.organization.id, volume_mib: 1024 }, { precondition: undefined as never })
  const id = await made(owner, { name: 'data', size: '1g' })
  await expect(owner.call(createVolume, { name: 'more', size: '64m' })).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name: 'volume_mib', requested: 1088, limit: 1024 }] })
  await expect(owner.call(resizeVolume, { volume_id: id, size: '2g' })).rejects.toMatchObject({ code: 'quota_exceeded' })
  await owner.call(deleteVolume, { volume_id: id })
  const other = await made(owner, { name: 'more', size: '1g' })
  await expect(owner.call(undeleteVolume, { volume_id: id })).rejects.toMatchObject({ code: 'quota_exceeded' })
  expect((await owner.call(getQuotas, {})).data.find((q) => q.name === 'volume_mib')).toMatchObject({ used: 1024, limit: 1024 })
  expect(other).toMatch(/^vol_/)
})

test('a node without room refuses, and what is promised to others counts', async () => {
  const owner = await makeOwner()
  await sql('UPDATE node SET disk_free_mib = 3000 WHERE id = $1', [node.nodeId])
  await owner.call(createVolume, { name: 'one', size: '1g' })
  await expect(owner.call(createVolume, { name: 'two', size: '1g' })).rejects.toMatchObject({ code: 'no_capacity' })
})

test('snapshots form a tree: each descends from what the volume descended from', async () => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data' })
  const first = await owner.call(createSnapshot, { volume_id: id, name: 'first' })
  await node.obey()
  const second = await owner.call(createSnapshot, { volume_id: id, name: 'second' })
  await node.obey()
  const back = await owner.call(restoreVolume, { volume_id: id, snapshot_id: first.id, create_new_volume: false })
  expect(back).toMatchObject({ status: 'restoring', head_snapshot_id: first.id })
  await node.obey()
  const third = await owner.call(createSnapshot, { volume_id: id, name: 'third' })
  await node.obey()
  const volume = await owner.call(getVolume, { volume_id: id })
  const parents = Object.fromEntries(volume.snapshot_list.map((s) => [s.name, volume.snapshot_list.find((p) => p.id === s.parent_id)?.name ?? null]))
  expect(parents).toEqual({ first: null, second: 'first', 'before restore of first': 'second', third: 'first' })
  expect(volume).toMatchObject({ status: 'detached', head_snapshot_id: third.id })
  expect(volume.snapshot_list.every((s) => s.status === 'ready' && s.checksum !== null)).toBe(true)
  expect((await node.wanted(id))?.spec?.snapshots).toHaveLength(4)
  await owner.call(deleteSnapshot, { volume_id: id, snapshot_id: second.id })
  await node.obey()
  expect((await owner.call(getVolume, { volume_id: id })).snapshots).toBe(3)
})

test('nothing is restored over a volume in use; a new volume beside it is', async () => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data' })
  const snapshot = await owner.call(createSnapshot, { volume_id: id })
  await expect(owner.call(restoreVolume, { volume_id: id, snapshot_id: snapshot.id })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('not ready yet') as string })
  await node.obey()
  const app = await owner.call(createApp, APP)
  await owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })
  await drainJobs()
  await expect(owner.call(restoreVolume, { volume_id: id, snapshot_id: snapshot.id, create_new_volume: false })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('Stop the app first') as string })
  const copy = await owner.call(restoreVolume, { volume_id: id, snapshot_id: snapshot.id, name: 'copy' })
  expect(copy).toMatchObject({ name: 'copy', status: 'creating', source_snapshot_id: snapshot.id })
  await expect(owner.call(deleteSnapshot, { volume_id: id, snapshot_id: snapshot.id })).rejects.toMatchObject({ code: 'state_conflict' })
  await node.obey()
  expect((await node.wanted(copy.id))?.spec?.source).toEqual({ snapshot_id: snapshot.id })
  await owner.call(stopApp, { app_id: app.id })
  await drainJobs()
  await endAll(app.id)
  expect(await owner.call(restoreVolume, { volume_id: id, snapshot_id: snapshot.id, create_new_volume: false })).toMatchObject({ status: 'restoring' })
})

test('a clone waits for its snapshot and keeps it until it is made', async () => {
  const owner = await makeOwner()
  const id = await made(owner, { name: 'data' })
  const clone = await owner.call(cloneVolume, { volume_id: id, name: 'twin', size: '2g' })
  const again = await made(owner, { name: 'other' })
  expect(again).toMatch(/^vol_/)
  expect(await owner.call(getVolume, { volume_id: clone.id })).toMatchObject({ status: 'detached', size: '2g' })
  await expect(owner.call(cloneVolume, { volume_id: id, name: 'small', size: '512m' })).rejects.toMatchObject({ code: 'rule_violated' })
})

test('an app that is deleted gives its volumes back', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, APP)
  const id = await made(owner, { name: 'data' })
  await owner.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' })
  await owner.call(deleteApp, { app_id: app.id })
  await drainJobs()
  await endAll(app.id)
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ status: 'detached', app_id: null, in_use_by: null })
})

test('an organization that is gone takes its volumes along at once; one that did not pay may still find them', async () => {
  const [ended, unpaid] = [await makeOwner(), await makeOwner()]
  const [first, second] = [await made(ended, { name: 'data' }), await made(unpaid, { name: 'data' })]
  await purgeOfOrganization.run({ subject_id: ended.organization.id, org_id: null })
  await retireOfOrganization.run({ subject_id: unpaid.organization.id, org_id: null })
  await sweepVolumes.run({})
  await node.obey()
  expect([await node.wanted(first), (await node.wanted(second))?.desired]).toEqual([null, 'present'])
  expect(await unpaid.call(undeleteVolume, { volume_id: second })).toMatchObject({ status: 'detached' })
})

test('an encrypted volume has a key that only its node is told; copies have the same, and it goes with the volume', async () => {
  const owner = await makeOwner()
  const { id } = await owner.call(createVolume, { name: 'safe', encrypted: true })
  const copy = await owner.call(cloneVolume, { volume_id: id, name: 'copy' }).catch(() => null)
  expect(copy).toBeNull()
  await node.obey()
  const clone = await owner.call(cloneVolume, { volume_id: id, name: 'copy' })
  await node.obey()
  expect([await owner.call(getVolume, { volume_id: id }), clone]).toMatchObject([{ encrypted: true, status: 'detached' }, { encrypted: true }])
  const { objects } = await listDesired(node.nodeId)
  const keyOf = (volumeId: string) => objects.flatMap((o) => (o.kind === 'volume' && o.id === volumeId ? [o.spec?.secrets['key']] : []))[0]
  expect(keyOf(id)).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  expect(keyOf(clone.id)).toBe(keyOf(id))
  const dump = JSON.stringify(await sql('SELECT (SELECT json_agg(v) FROM volume v) AS volumes, (SELECT json_agg(o) FROM node_object o) AS objects, (SELECT json_agg(e) FROM event e) AS events'))
  expect(dump).not.toContain(keyOf(id))
  await replaceDataKeyJob.run({ org_id: owner.organization.id, before: (await sql<{ key_id: string }>('SELECT key_id FROM volume WHERE id = $1', [id]))[0]?.key_id ?? null })
  const left = await sql('SELECT 1 FROM volume v JOIN data_key k ON k.id = v.key_id WHERE k.replaced_at IS NOT NULL')
  expect(left).toEqual([])
  expect((await listDesired(node.nodeId)).objects.flatMap((o) => (o.kind === 'volume' && o.id === id ? [o.spec?.secrets['key']] : []))).toEqual([keyOf(id)])
  await expect(owner.call(resizeVolume, { volume_id: id, size: '512m' })).rejects.toMatchObject({ errors: [{ pointer: '/size', code: 'not_possible' }] })
  await purgeOfOrganization.run({ subject_id: owner.organization.id, org_id: null })
  await sweepVolumes.run({})
  await node.obey()
  expect(await sql('SELECT 1 FROM volume WHERE org_id = $1 AND sealed_key IS NOT NULL', [owner.organization.id])).toEqual([])
})

test('another organization finds none of it', async () => {
  const [owner, stranger] = [await makeOwner(), await makeOwner()]
  const id = await made(owner, { name: 'data' })
  const app = await stranger.call(createApp, APP)
  for (const attempt of [
    () => stranger.call(getVolume, { volume_id: id }), () => stranger.call(attachVolume, { volume_id: id, app_id: app.id, mount_path: '/data' }),
    () => stranger.call(deleteVolume, { volume_id: id }), () => stranger.call(createSnapshot, { volume_id: id }), () => stranger.call(resizeVolume, { volume_id: id, size: '2g' }),
  ]) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  const snapshot = await owner.call(createSnapshot, { volume_id: id })
  await node.obey()
  await expect(stranger.call(createVolume, { name: 'stolen', snapshot_id: snapshot.id })).rejects.toMatchObject({ code: 'not_found' })
})
