import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BackupObjectSpec } from '../../server/contract/node-api/backup.ts'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import type { Agent } from '../agent.ts'
import { BucketError } from '../drivers/bucket.ts'
import { createWorld, until, volumeObject, type World } from '../testing/world.ts'

const ROUNDS = Number(process.env['SHELLWEGO_PROVE_BACKUPS'] ?? 12)
const target = { endpoint: 'https://s3.example.com', region: 'r', bucket: 'b', guard: null }
const prefix = 'org_1/bks_1/'
let world: World
const agents: Agent[] = []
beforeEach(async () => { world = await createWorld() })
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.stop()))
  await world.close()
}, 20_000)
const begin = async (): Promise<void> => {
  const agent = world.agent()
  agents.push(agent)
  await agent.start()
}
const end = async (): Promise<void> => { await Promise.all(agents.splice(0).map((agent) => agent.stop())) }

const secrets = { key: Buffer.alloc(32, 1).toString('base64'), access_key_id: 'a', secret_access_key: 's' }
const set = (generation: number, spec: Partial<BackupObjectSpec>): DesiredObject => ({
  kind: 'backup', id: 'bks_1', generation, desired: 'present', spec: { org_id: 'org_1', volume_id: 'vol_1', target, prefix, backups: [], drill: null, secrets, ...spec },
})
const backup = (n: number) => ({ id: `bkp_${n}`, snapshot_id: `snap_${n}` })
const status = () => world.portal.status('bks_1')
const ids = (): string[] => status()?.backup?.backups.map(({ id }) => id) ?? []
const put = (n: number): void => { for (let at = 0; at < n; at += 1) world.volumes.write('vol_1', at, `word ${at}`) }

const withVolume = async (): Promise<void> => {
  world.portal.want([volumeObject('vol_1')])
  await begin()
  await until('made', () => world.volumes.volumes.has('vol_1'))
}

test('a backup waits for its snapshot, is made, and becomes a new volume elsewhere', async () => {
  await withVolume()
  put(5)
  world.portal.want([volumeObject('vol_1'), set(1, { backups: [backup(1)] })])
  await until('it waits', () => status()?.code === 'volume_not_ready')
  world.portal.want([volumeObject('vol_1', 2, { snapshots: ['snap_1'] }), set(1, { backups: [backup(1)] })])
  await until('backed up', () => ids().length === 1)
  expect(status()?.backup?.backups[0]?.checksum).toBe(world.portal.status('vol_1')?.volume?.snapshots[0]?.checksum)
  world.volumes.volumes.clear()
  world.volumes.snapshots.clear()
  const source = { backup_id: 'bkp_1', target, prefix }
  world.portal.want([volumeObject('vol_2', 1, { source, secrets: { source_key: secrets.key, source_access_key_id: 'a', source_secret_access_key: 's' } })])
  await until('restored', () => world.portal.status('vol_2')?.phase === 'running')
  expect([...world.volumes.volumes.get('vol_2')?.words ?? []]).toHaveLength(5)
}, 20_000)

test('whatever breaks and however often the agent ends, the backup comes about, and what is not wished goes', async () => {
  world.portal.want([volumeObject('vol_1', 1, { snapshots: [] })])
  await begin()
  await until('made', () => world.volumes.volumes.has('vol_1'))
  put(40)
  let random = 7
  world.bucket.fault = () => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
    return random % 23 === 0 ? new BucketError('backup_unreachable', 'The bucket cannot be reached.') : null
  }
  world.portal.want([volumeObject('vol_1', 2, { snapshots: ['snap_1'] }), set(1, { backups: [backup(1)] })])
  for (let round = 0; round < ROUNDS && ids().length === 0; round += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 20 + round * 7) })
    await end()
    await begin()
  }
  world.bucket.fault = () => null
  await until('backed up', () => ids().length === 1, 20_000)
  world.portal.want([volumeObject('vol_1', 2, { snapshots: ['snap_1'] }), set(2, { backups: [] })])
  await until('gone', () => ids().length === 0 && world.bucket.objects.size === 0, 20_000)
}, 60_000)

test('a bucket that cannot be reached holds up neither the volume nor its app, and is told', async () => {
  world.bucket.fault = () => new BucketError('backup_unreachable', 'The bucket cannot be reached (ECONNREFUSED).')
  world.portal.want([volumeObject('vol_1', 1, { snapshots: ['snap_1'] }), set(1, { backups: [backup(1)] })])
  await begin()
  await until('told', () => status()?.code === 'backup_unreachable')
  expect([status()?.phase, status()?.reason]).toEqual(['backoff', 'The bucket cannot be reached (ECONNREFUSED).'])
  await until('the volume is well', () => world.portal.status('vol_1')?.phase === 'running')
}, 20_000)

test('a drill proves a backup once, also across a new agent, and says what is wrong with a damaged one', async () => {
  await withVolume()
  put(3)
  const volume = volumeObject('vol_1', 2, { snapshots: ['snap_1'] })
  world.portal.want([volume, set(1, { backups: [backup(1)], drill: { token: 'drl_1', backup_id: 'bkp_1' } })])
  await until('proven', () => status()?.backup?.drill?.token === 'drl_1')
  expect(status()?.backup?.drill).toMatchObject({ ok: true, backup_id: 'bkp_1' })
  await end()
  const gets = world.bucket.requests.filter((request) => request === 'get').length
  await begin()
  await until('looked', () => status()?.phase === 'running')
  expect(world.bucket.requests.filter((request) => request === 'get').length - gets).toBeLessThan(3)
  for (const name of world.bucket.objects.keys()) if (name.includes('/blocks/')) world.bucket.objects.set(name, Buffer.alloc(50))
  world.portal.want([volume, set(2, { backups: [backup(1)], drill: { token: 'drl_2', backup_id: 'bkp_1' } })])
  await until('found out', () => status()?.backup?.drill?.token === 'drl_2')
  expect(status()?.backup?.drill).toMatchObject({ ok: false, detail: expect.stringContaining('damaged') as string })
}, 20_000)

test('the tombstone of a set and a set that is merely not named leave the bucket as it is', async () => {
  await withVolume()
  put(2)
  const volume = volumeObject('vol_1', 2, { snapshots: ['snap_1'] })
  world.portal.want([volume, set(1, { backups: [backup(1)] })])
  await until('backed up', () => ids().length === 1)
  const held = world.bucket.objects.size
  world.portal.want([volume])
  await new Promise((resolve) => { setTimeout(resolve, 100) })
  world.portal.want([volume, { kind: 'backup', id: 'bks_1', generation: 2, desired: 'absent', spec: null }])
  await until('confirmed', () => status()?.phase === 'absent')
  expect(world.bucket.objects.size).toBe(held)
}, 20_000)
