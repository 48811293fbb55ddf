import { beforeEach, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser, metaFor } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { setPlainMail } from '../../billing/testing/books.ts'
import { listDesired } from '../../nodes/index.ts'
import { insertNode } from '../../nodes/testing.ts'
import { replaceDataKeyJob } from '../../secrets/keys/replace-data-key.ts'
import {
  backUpVolume, createTarget, createVolume, deleteBackup, deleteSnapshot, deleteVolume, drillBackup, getBackup, getPlatformTarget, getVolume, listBackups,
  listDrills,
  listTargets,
  removePlatformTarget, removeTarget, replaceTargetKeys, restoreBackup, setDrills, setPlatformTarget, setSchedule, testTarget,
} from '../index.ts'
import { purgeOfOrganization } from '../subscriptions.ts'
import { sweepVolumes } from '../sweep.ts'
import { volumeNode, type VolumeNode } from '../testing.ts'
import { setBucketProbe } from './ports.ts'
import { sweepBackups } from './sweep-backups.ts'
import { backupNode } from './testing.ts'

withRuntime()
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const BUCKET = { endpoint: 'https://s3.example.com', region: 'eu-central-1', bucket: 'acme-backups', access_key_id: 'AKID', secret_access_key: 'the secret access key' }
let node: VolumeNode
let carrier: ReturnType<typeof backupNode>
beforeEach(async () => {
  setPlainMail()
  await sql('DELETE FROM platform_backup_target')
  node = await volumeNode()
  carrier = backupNode(node)
})

type Owner = Awaited<ReturnType<typeof makeOwner>>
const withBucket = async (input: { encrypted?: boolean } = {}): Promise<{ owner: Owner; volumeId: string }> => {
  const owner = await makeOwner()
  await owner.call(createTarget, BUCKET)
  const { id } = await owner.call(createVolume, { name: 'data', ...input })
  await node.obey()
  return { owner, volumeId: id }
}
const backedUp = async (owner: Owner, volumeId: string): Promise<string> => {
  const { id } = await owner.call(backUpVolume, { volume_id: volumeId })
  await node.obey()
  await carrier.report()
  return id
}

test('without a bucket nothing is backed up; with one a snapshot is taken, carried away and dropped again', async () => {
  const owner = await makeOwner()
  const { id: volumeId } = await owner.call(createVolume, { name: 'data' })
  await node.obey()
  await expect(owner.call(backUpVolume, { volume_id: volumeId })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('no bucket') as string })
  const target = await owner.call(createTarget, BUCKET)
  const backup = await owner.call(backUpVolume, { volume_id: volumeId, name: 'first', keep_days: 7 })
  expect(backup).toMatchObject({ status: 'creating', name: 'first', target_id: target.id, checksum: null })
  await node.obey()
  const [snapshot] = (await owner.call(getVolume, { volume_id: volumeId })).snapshot_list
  await expect(owner.call(deleteSnapshot, { volume_id: volumeId, snapshot_id: snapshot?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
  const [set] = await carrier.wanted()
  expect(set?.spec).toMatchObject({
    volume_id: volumeId, target: { endpoint: BUCKET.endpoint, bucket: BUCKET.bucket, guard: { plain_http: true } },
    backups: [{ id: backup.id, snapshot_id: snapshot?.id }],
    secrets: { access_key_id: 'AKID', secret_access_key: BUCKET.secret_access_key, key: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string },
  })
  await carrier.report()
  await node.obey()
  expect(await owner.call(getBackup, { backup_id: backup.id })).toMatchObject({ status: 'ready', checksum: snapshot?.checksum, added_bytes: 1_048_576 })
  const volume = await owner.call(getVolume, { volume_id: volumeId })
  expect([volume.snapshots, volume.safety]).toMatchObject([0, { last_backup_at: expect.any(String) as string, last_proven_at: null, drill_every_hours: 168 }])
  const dump = JSON.stringify(await sql('SELECT (SELECT json_agg(t) FROM backup_target t), (SELECT json_agg(s) FROM backup_set s), (SELECT json_agg(o) FROM node_object o), (SELECT json_agg(e) FROM event e)'))
  expect([dump.includes(BUCKET.secret_access_key), dump.includes(set?.spec?.secrets['key'] ?? '?')]).toEqual([false, false])
})

test('a backup becomes a new volume on another node, which is told the way to it until it is made', async () => {
  const { owner, volumeId } = await withBucket({ encrypted: true })
  const backupId = await backedUp(owner, volumeId)
  await sql('UPDATE node SET status = \'unreachable\' WHERE id = $1', [node.nodeId])
  const other = await insertNode()
  await sql('UPDATE node SET disk_free_mib = 1000000 WHERE id = $1', [other])
  const restored = await owner.call(restoreBackup, { backup_id: backupId, name: 'again' })
  expect(restored).toMatchObject({ status: 'creating', node_id: other, source_backup_id: backupId, encrypted: true })
  await drainJobs()
  const specOf = async (id: string, nodeId: string) => (await listDesired(nodeId)).objects.flatMap((o) => (o.kind === 'volume' && o.id === id ? [o.spec] : []))[0]
  const spec = await specOf(restored.id, other)
  const [set] = await carrier.wanted()
  expect(spec).toMatchObject({ source: { backup_id: backupId, prefix: set?.spec?.prefix }, secrets: { source_key: set?.spec?.secrets['key'], source_access_key_id: 'AKID' } })
  expect(spec?.secrets['key']).toBe((await specOf(volumeId, node.nodeId))?.secrets['key'])
  await expect(owner.call(deleteBackup, { backup_id: backupId })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('a drill proves the newest backup, by hand and by the clock, and a failed one is told by mail', async () => {
  const { owner, volumeId } = await withBucket()
  const backupId = await backedUp(owner, volumeId)
  const drill = await owner.call(drillBackup, { backup_id: backupId })
  await expect(owner.call(drillBackup, { backup_id: backupId })).rejects.toMatchObject({ code: 'state_conflict' })
  await carrier.report()
  expect((await owner.call(listDrills, {})).data).toMatchObject([{ id: drill.id, status: 'passed', seconds: 1.2, kind: 'manual' }])
  expect((await owner.call(getVolume, { volume_id: volumeId })).safety).toMatchObject({ last_drill: 'passed', last_proven_at: expect.any(String) as string })
  expect((await owner.call(getBackup, { backup_id: backupId })).proven_at).not.toBeNull()
  await owner.call(setDrills, { volume_id: volumeId, every_hours: 24 })
  await sweepBackups.run({})
  expect((await owner.call(listDrills, {})).data).toHaveLength(1)
  await sql('UPDATE backup_set SET next_drill_at = now() - interval \'1 minute\'')
  await sweepBackups.run({})
  await sweepBackups.run({})
  await carrier.report({}, {}, { ok: false, detail: 'Block 3 of the backup is damaged.' })
  expect((await owner.call(listDrills, {})).data[0]).toMatchObject({ status: 'failed', kind: 'scheduled', detail: 'Block 3 of the backup is damaged.' })
  const safety = (await owner.call(getVolume, { volume_id: volumeId })).safety
  expect([safety.last_drill, safety.last_proven_at === null]).toEqual(['failed', false])
  expect(await sql('SELECT 1 FROM mail WHERE "to" = $1 AND dedupe_key LIKE \'backup-trouble:drl_%\'', [owner.actor.email])).toHaveLength(1)
})

test('a schedule makes backups, their time ends, and the newest good one never goes', async () => {
  const { owner, volumeId } = await withBucket()
  await owner.call(setSchedule, { volume_id: volumeId, what: 'backup', every_minutes: 1440, keep_hours: 48 })
  const pass = async (): Promise<void> => {
    await sql('UPDATE volume_schedule SET next_at = next_at - interval \'1 day\'')
    await sql('UPDATE volume_backup SET expires_at = expires_at - interval \'1 day\', created_at = created_at - interval \'1 day\'')
    await sweepVolumes.run({})
    await node.obey()
    await carrier.report()
    await sweepBackups.run({})
    await carrier.report()
  }
  for (let day = 0; day < 5; day += 1) await pass()
  const { data } = await owner.call(listBackups, {})
  expect(data.map((backup) => [backup.kind, backup.status])).toEqual([['scheduled', 'ready'], ['scheduled', 'ready']])
  await sql('UPDATE volume_schedule SET enabled = false')
  for (let day = 0; day < 5; day += 1) await pass()
  expect((await owner.call(listBackups, {})).data.map(({ id }) => id)).toEqual([data[0]?.id])
})

test('what the bucket lost or holds otherwise is told, and delays are shown until they end', async () => {
  const { owner, volumeId } = await withBucket()
  const backupId = await backedUp(owner, volumeId)
  await carrier.report({ phase: 'backoff', code: 'backup_unreachable', reason: 'The bucket cannot be reached (ECONNREFUSED).' })
  expect((await owner.call(getVolume, { volume_id: volumeId })).safety.fault).toBe('The bucket cannot be reached (ECONNREFUSED).')
  await carrier.report()
  expect((await owner.call(getVolume, { volume_id: volumeId })).safety.fault).toBeNull()
  await carrier.report({}, { backups: [] })
  expect(await owner.call(getBackup, { backup_id: backupId })).toMatchObject({ status: 'failed', status_reason: expect.stringContaining('not in the bucket') as string })
  await expect(owner.call(restoreBackup, { backup_id: backupId, name: 'again' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await sql('SELECT 1 FROM mail WHERE "to" = $1 AND dedupe_key LIKE \'backup-trouble:bkp_%\'', [owner.actor.email])).toHaveLength(1)
})

test('backups outlive their volume, and when the last is deleted nothing is left on the node', async () => {
  const { owner, volumeId } = await withBucket()
  const backupId = await backedUp(owner, volumeId)
  await node.obey()
  await owner.call(deleteVolume, { volume_id: volumeId })
  await sql('UPDATE volume SET purge_at = now() - interval \'1 minute\' WHERE id = $1', [volumeId])
  await sweepVolumes.run({})
  await node.obey()
  await carrier.report()
  expect(await owner.call(getBackup, { backup_id: backupId })).toMatchObject({ status: 'ready', volume_name: 'data' })
  expect(await owner.call(restoreBackup, { backup_id: backupId, name: 'revived' })).toMatchObject({ source_backup_id: backupId })
  await node.obey()
  await owner.call(deleteBackup, { backup_id: backupId })
  await carrier.report()
  await sweepBackups.run({})
  await carrier.report()
  expect([await carrier.wanted(), (await owner.call(listBackups, {})).data]).toEqual([[], []])
})

test('a bucket with backups cannot be removed; its keys can be replaced, and never come back out', async () => {
  const { owner, volumeId } = await withBucket()
  const [target] = (await owner.call(listTargets, {})).data
  const backupId = await backedUp(owner, volumeId)
  await expect(owner.call(removeTarget, { target_id: target?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
  await owner.call(replaceTargetKeys, { target_id: target?.id ?? '', access_key_id: 'OTHER', secret_access_key: 'another secret' })
  await carrier.report()
  expect((await carrier.wanted())[0]?.spec?.secrets).toMatchObject({ access_key_id: 'OTHER', secret_access_key: 'another secret' })
  expect(JSON.stringify(await owner.call(listTargets, {}))).not.toContain('another secret')
  await replaceDataKeyJob.run({ org_id: owner.organization.id, before: (await sql<{ key_id: string }>('SELECT key_id FROM backup_set'))[0]?.key_id ?? null })
  expect(await sql('SELECT 1 FROM backup_set s JOIN data_key k ON k.id = s.key_id JOIN backup_target t ON t.id = s.target_id JOIN data_key l ON l.id = t.key_id WHERE k.replaced_at IS NOT NULL OR l.replaced_at IS NOT NULL')).toEqual([])
  await owner.call(deleteBackup, { backup_id: backupId })
  await carrier.report()
  expect(await owner.call(removeTarget, { target_id: target?.id ?? '' })).toEqual({ ok: true })
})

test('the bucket of the installation serves who has none, and only the operator sees it', async () => {
  const staff = await makeUser({ staff: true })
  await expect(staff.call(setPlatformTarget, { ...BUCKET, endpoint: 'ftp://x' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/endpoint' }] })
  await staff.call(setPlatformTarget, { ...BUCKET, endpoint: 'http://10.0.0.5:9000' })
  expect(await staff.call(getPlatformTarget, {})).toMatchObject({ target: { endpoint: 'http://10.0.0.5:9000', access_key_id: 'AKID' } })
  const owner = await makeOwner()
  const { id } = await owner.call(createVolume, { name: 'data' })
  await node.obey()
  const backupId = await backedUp(owner, id)
  expect(await owner.call(getBackup, { backup_id: backupId })).toMatchObject({ target_id: null, status: 'ready' })
  expect((await carrier.wanted()).at(-1)?.spec?.target).toMatchObject({ endpoint: 'http://10.0.0.5:9000', guard: null })
  await expect(staff.call(removePlatformTarget, {})).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(staff.call(setPlatformTarget, { ...BUCKET, bucket: 'elsewhere' })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('a customer\'s bucket is not within the operator\'s networks, and its test says what is wrong', async () => {
  const owner = await makeOwner()
  for (const endpoint of ['http://169.254.169.254', 'https://10.0.0.5', 'https://localhost', 'ftp://s3.example.com', 'https://s3.example.com:22', 'https://u:p@s3.example.com', 'https://s3.example.com?x=1']) {
    await expect(owner.call(createTarget, { ...BUCKET, endpoint })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/endpoint' }] })
  }
  const target = await owner.call(createTarget, BUCKET)
  setBucketProbe(() => Promise.reject(new Error('Writing: the bucket answered 403 (AccessDenied).')))
  const test = () => testTarget.handle(metaFor(owner.actor, owner.brand), { organization_id: owner.organization.id, target_id: target.id })
  expect(await test()).toEqual({ ok: false, detail: 'Writing: the bucket answered 403 (AccessDenied).' })
  setBucketProbe(() => Promise.resolve())
  expect(await test()).toMatchObject({ ok: true })
  expect((await owner.call(listTargets, {})).data).toMatchObject([{ tested_at: expect.any(String) as string, test_fault: null }])
})

test('with its organization the keys of its backups go, and its nodes forget the way', async () => {
  const { owner, volumeId } = await withBucket()
  await backedUp(owner, volumeId)
  await purgeOfOrganization.run({ subject_id: owner.organization.id, org_id: null })
  await sweepVolumes.run({})
  await node.obey()
  await carrier.report()
  expect(await carrier.wanted()).toEqual([])
  expect(await sql('SELECT 1 FROM backup_set WHERE org_id = $1 AND (sealed_keys IS NOT NULL OR ended_at IS NULL)', [owner.organization.id])).toEqual([])
})

test('another organization finds none of it', async () => {
  const { owner, volumeId } = await withBucket()
  const backupId = await backedUp(owner, volumeId)
  const [target] = (await owner.call(listTargets, {})).data
  const stranger = await makeOwner()
  for (const attempt of [
    () => stranger.call(getBackup, { backup_id: backupId }),
    () => stranger.call(restoreBackup, { backup_id: backupId, name: 'stolen' }), () => stranger.call(deleteBackup, { backup_id: backupId }),
    () => stranger.call(drillBackup, { backup_id: backupId }), () => stranger.call(removeTarget, { target_id: target?.id ?? '' }),
  ]) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  const lists = [await stranger.call(listBackups, {}), await stranger.call(listDrills, {}), await stranger.call(listTargets, {})]
  expect(lists.map(({ data }) => data)).toEqual([[], [], []])
})
