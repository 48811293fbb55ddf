import { afterEach, beforeEach, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { createApp } from '../../apps/index.ts'
import { setPlainMail } from '../../billing/testing/books.ts'
import { declareDead, getNode, giveUpLost, listDesired, markUnreachable, pretendListening } from '../../nodes/index.ts'
import { insertNode, vmStatus } from '../../nodes/testing.ts'
import { attachVolume, backUpVolume, createTarget, createVolume, getVolume, restoreElsewhere, setSchedule, setVolumeMode } from '../index.ts'
import { backupNode } from '../backups/testing.ts'
import { sweepVolumes } from '../sweep.ts'
import { volumeNode, type VolumeNode } from '../testing.ts'

withRuntime()
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const BUCKET = { endpoint: 'https://s3.example.com', region: 'eu-central-1', bucket: 'acme-backups', access_key_id: 'AKID', secret_access_key: 'the secret access key' }
const ARMED = { armed: [] as string[], fault: null }
type Owner = Awaited<ReturnType<typeof makeOwner>>
interface Inst { id: string; node_id: string; fence: number | null; spec: { volumes: { id: string; fence: number }[] } | null }

let node: VolumeNode
beforeEach(async () => {
  setPlainMail()
  await sql('DELETE FROM platform_backup_target')
  node = await volumeNode()
  pretendListening(1e9)
})
afterEach(() => pretendListening(0))

const instancesOf = (appId: string) => sql<Inst>(
  `SELECT i.id, i.node_id, o.spec FROM instance i LEFT JOIN node_object o ON o.kind = 'vm' AND o.id = i.id WHERE i.app_id = $1 AND i.ended_at IS NULL AND i.fenced_at IS NULL`, [appId])
const generationOf = async (id: string): Promise<number> => (await sql<{ generation: number }>('SELECT generation FROM node_object WHERE id = $1', [id]))[0]?.generation ?? 1

/** An app that runs with a volume, which has a backup. */
const written = async (mode: 'pinned' | 'strict' = 'pinned') => {
  node.speak(ARMED)
  await node.report()
  const owner = await makeOwner()
  await owner.call(createTarget, BUCKET)
  const { id: volumeId } = await owner.call(createVolume, { name: 'data', mode })
  await node.obey()
  const app = await owner.call(createApp, { name: 'store', image: 'builtin/hello:v1', port: 8080 })
  await sql('UPDATE app SET desired = \'stopped\' WHERE id = $1', [app.id])
  await sql('UPDATE instance SET ended_at = now() WHERE app_id = $1', [app.id])
  await sql('UPDATE app SET desired = \'running\' WHERE id = $1', [app.id])
  await owner.call(attachVolume, { volume_id: volumeId, app_id: app.id, mount_path: '/data' })
  await drainJobs()
  const [first] = await instancesOf(app.id)
  const backup = await owner.call(backUpVolume, { volume_id: volumeId })
  await node.obey()
  await backupNode(node).report()
  await node.report(vmStatus(first?.id ?? '', { generation: await generationOf(first?.id ?? '') }))
  return { owner, appId: app.id, volumeId, first: first?.id ?? '', backup: { backup_id: backup.id, data_from: backup.taken_at } }
}

/** The node is not heard any more; another one is there. */
const lose = async (seconds: number): Promise<string> => {
  await sql('UPDATE node SET last_seen_at = now() - make_interval(secs => $2) WHERE id = $1', [node.nodeId, seconds])
  pretendListening(seconds * 1000)
  await markUnreachable()
  await giveUpLost(Date.now() + 30_000)
  const other = await insertNode()
  await sql('UPDATE node SET disk_free_mib = 1000000, observed_index = 1000000000, fencing = $2 WHERE id = $1', [other, JSON.stringify(ARMED)])
  return other
}
const recoveryOf = async (owner: Owner, volumeId: string) => (await owner.call(getVolume, { volume_id: volumeId })).recovery

test('an agent is told of modes and fences only when it spoke of fencing, and a strict volume goes only to such a node', async () => {
  const owner = await makeOwner()
  await expect(owner.call(createVolume, { name: 'early', mode: 'strict' })).rejects.toMatchObject({ code: 'no_capacity', message: expect.stringContaining('by itself') as string })
  const { id } = await owner.call(createVolume, { name: 'data' })
  await node.obey()
  expect(Object.keys((await node.wanted(id))?.spec ?? {})).not.toContain('mode')
  await expect(owner.call(setVolumeMode, { volume_id: id, mode: 'strict' })).rejects.toMatchObject({ code: 'state_conflict' })
  node.speak({ armed: [], fault: 'The fence process of the node does not run.' })
  await node.report()
  await expect(owner.call(setVolumeMode, { volume_id: id, mode: 'strict' })).rejects.toMatchObject({ code: 'state_conflict' })
  node.speak(ARMED)
  await node.report()
  expect(await owner.call(setVolumeMode, { volume_id: id, mode: 'strict' })).toMatchObject({ mode: 'strict' })
  await drainJobs()
  expect((await node.wanted(id))?.spec).toMatchObject({ mode: 'strict' })
  node.speak(undefined)
  await node.report()
  expect(Object.keys((await node.wanted(id))?.spec ?? {})).not.toContain('mode')
  node.speak(ARMED)
  await node.report()
  expect((await node.wanted(id))?.spec).toMatchObject({ mode: 'strict' })
})

test('a strict volume whose node went silent while it was armed is brought back elsewhere after 65 seconds; one writer at any time', async () => {
  const { owner, appId, volumeId, first, backup } = await written('strict')
  node.speak({ armed: [volumeId], fault: null })
  await node.report()
  expect(await recoveryOf(owner, volumeId)).toBeNull()
  await expect(owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('is there') as string })
  await owner.call(setSchedule, { volume_id: volumeId, what: 'backup', every_minutes: 1_440, keep_hours: 720 })
  const other = await lose(64)
  expect(await recoveryOf(owner, volumeId)).toMatchObject({ state: 'wait', backup: { id: backup.backup_id, data_from: backup.data_from } })
  await expect(owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('silent for') as string })
  await lose(66)
  expect(await recoveryOf(owner, volumeId)).toMatchObject({ state: 'possible' })
  await expect(owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup, data_from: new Date().toISOString() }))
    .rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/data_from' }] })
  const again = await owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })
  expect(again).toMatchObject({ mode: 'strict', app_id: appId, mount_path: '/data', replaces_id: volumeId, source_backup_id: backup.backup_id })
  expect(again.node_id).not.toBe(node.nodeId)
  expect(other).not.toBe(node.nodeId)
  await drainJobs()
  const [second, ...more] = await instancesOf(appId)
  expect([second?.node_id, more]).toEqual([again.node_id, []])
  expect((await owner.call(getVolume, { volume_id: again.id })).schedules).toMatchObject([{ what: 'backup', every_minutes: 1_440 }])
  const old = await owner.call(getVolume, { volume_id: volumeId })
  expect(old).toMatchObject({ status: 'detached', app_id: null, in_use_by: null })
  expect(second?.spec?.volumes[0]?.fence).toBeGreaterThan(1)
  const fences = await sql<{ id: string; fence: number; least_fence: number }>('SELECT id, fence, least_fence FROM volume WHERE id = $1', [volumeId])
  expect(fences[0]?.least_fence).toBe(fences[0]?.fence)
  // The node comes back: its answer raises the fence before any lease counts, its instance is a tombstone, and the volume is as it was left.
  const reply = await node.report()
  expect(reply.fencing?.least).toEqual({ [volumeId]: fences[0]?.fence })
  const objects = (await listDesired(node.nodeId)).objects
  expect(objects.find(({ id }) => id === first)).toMatchObject({ desired: 'absent' })
  expect(objects.find(({ id }) => id === volumeId)).toMatchObject({ desired: 'present', spec: { fence: fences[0]?.fence } })
  await node.report(vmStatus(first, { phase: 'absent', generation: await generationOf(first), health: null, vm_start_id: null, running_ms: null }))
  expect(await sql('SELECT 1 FROM instance WHERE id = $1 AND ended_at IS NULL', [first])).toEqual([])
})

test('a strict volume that was not armed, and a pinned one, wait for the operator, who is refused while the node may be there', async () => {
  const { owner, appId, volumeId, backup } = await written()
  const staff = await makeUser({ staff: true })
  const { hostname } = await staff.call(getNode, { node_id: node.nodeId })
  const dead = (name = hostname) => staff.call(declareDead, { node_id: node.nodeId, hostname: name, reason: 'Burnt' })
  await expect(dead()).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('a moment ago') as string })
  await lose(600)
  expect(await recoveryOf(owner, volumeId)).toMatchObject({ state: 'needs_operator' })
  await expect(owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('operator') as string })
  await sql('UPDATE volume SET mode = \'strict\' WHERE id = $1', [volumeId])
  expect(await recoveryOf(owner, volumeId)).toMatchObject({ state: 'needs_operator' })
  await sql('UPDATE volume SET mode = \'pinned\' WHERE id = $1', [volumeId])
  await expect(dead('another')).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/hostname' }] })
  expect(await dead()).toMatchObject({ declared_dead: { reason: 'Burnt' } })
  await expect(dead()).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await recoveryOf(owner, volumeId)).toMatchObject({ state: 'possible' })
  const again = await owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })
  await drainJobs()
  expect((await instancesOf(appId)).map((i) => i.node_id)).toEqual([again.node_id])
  await node.report()
  expect(await staff.call(getNode, { node_id: node.nodeId })).toMatchObject({ status: 'ready', declared_dead: null })
})

test('a node that comes back between the decision and the deed keeps its writer until that has stopped, and if it goes again the sweep goes on', async () => {
  const { owner, appId, volumeId, first, backup } = await written('strict')
  node.speak({ armed: [volumeId], fault: null })
  await node.report()
  await lose(66)
  const again = await owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })
  await sql('UPDATE node SET last_seen_at = now(), status = \'ready\' WHERE id = $1', [node.nodeId])
  await drainJobs()
  expect((await instancesOf(appId)).map((i) => i.id)).toEqual([first])
  await sql('UPDATE node SET last_seen_at = now() - interval \'70 seconds\' WHERE id = $1', [node.nodeId])
  pretendListening(70_000)
  await sweepVolumes.run({})
  await drainJobs()
  expect((await instancesOf(appId)).map((i) => i.node_id)).toEqual([again.node_id])
})

test('the wall clock of the portal may jump: what was not waited for does not count', async () => {
  const { owner, volumeId, backup } = await written('strict')
  node.speak({ armed: [volumeId], fault: null })
  await node.report()
  await lose(3_600)
  pretendListening(30_000)
  await expect(owner.call(restoreElsewhere, { volume_id: volumeId, name: 'again', ...backup })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('a report of a node that knows an older fence than it was told changes nothing', async () => {
  const { owner, volumeId } = await written()
  await sql('UPDATE volume SET fence = fence + 5, least_fence = fence + 5 WHERE id = $1', [volumeId])
  await sql('SELECT graphile_worker.add_job(\'volumes.advance\', json_build_object(\'subject_id\', $1::text, \'org_id\', null))', [volumeId])
  await drainJobs()
  await node.report(await node.statusOf(volumeId, {}, { used_mib: 60, observed_fence: 2 }))
  expect((await owner.call(getVolume, { volume_id: volumeId })).used).toBe('2m')
  await node.report(await node.statusOf(volumeId, {}, { used_mib: 60, observed_fence: 99 }))
  expect((await owner.call(getVolume, { volume_id: volumeId })).used).toBe('60m')
})

test('the database lets no fence fall, and no volume change its node under the same one', async () => {
  const { volumeId } = await written()
  const other = await insertNode()
  await expect(sql('UPDATE volume SET fence = fence - 1 WHERE id = $1', [volumeId])).rejects.toThrow(/cannot fall/)
  await expect(sql('UPDATE volume SET node_id = $2 WHERE id = $1', [volumeId, other])).rejects.toThrow(/under the same fence/)
  await expect(sql('UPDATE volume SET least_fence = fence + 1 WHERE id = $1', [volumeId])).rejects.toThrow(/volume_fences/)
})
