import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { VolumeError } from '../drivers/volume.ts'
import { mortal, type Fate } from '../testing/mortal.ts'
import { createWorld, tombstone, until, vmObject, vmSpec, volumeObject, type World } from '../testing/world.ts'

const ROUNDS = Number(process.env['SHELLWEGO_PROVE_CYCLES'] ?? (process.env['SHELLWEGO_FULL'] ? 1_000 : 60)) / 20
let world: World
beforeEach(async () => { world = await createWorld() })
afterEach(() => world.close())

const address = (n: number): string => `10.64.${Math.floor(n / 200)}.${2 + (n % 200)}/24`
interface Wish { fence?: number; generation?: number; n?: number }
const vmWith = (id: string, volume: string, options: Wish = {}): DesiredObject => vmObject(id, options.generation ?? 1, {
  volumes: [{ id: volume, mount_path: '/data', read_only: false, fence: options.fence ?? 1 }], network: { ...vmSpec().network, address: address(options.n ?? 1) },
})
const gone = (id: string, generation: number): DesiredObject => ({ kind: 'volume', id, generation, desired: 'absent', spec: null })
const phaseOf = (id: string) => world.portal.status(id)?.phase
const detailOf = (id: string) => world.portal.status(id)?.volume
const running = (id: string) => (): boolean => phaseOf(id) === 'running'

test('an instance starts when its volume is ready, and has it until it has ended', async () => {
  world.portal.want([vmWith('vm_1', 'vol_1'), volumeObject('vol_1')])
  await world.begin()
  await until('the instance runs', running('vm_1'))
  await until('the volume says so', () => detailOf('vol_1')?.used_by === 'vm_1')
  world.portal.want([vmWith('vm_1', 'vol_1'), gone('vol_1', 2)])
  await until('the tombstone waits', () => world.portal.status('vol_1')?.code === 'volume_in_use')
  expect(world.volumes.volumes.has('vol_1')).toBe(true)
  world.portal.want([tombstone('vm_1', 2), gone('vol_1', 2)])
  await until('the volume is gone', () => phaseOf('vol_1') === 'absent')
  expect(world.volumes.volumes.size).toBe(0)
})

test('never do two instances have one volume; the second waits for the end of the first', async () => {
  world.portal.want([vmWith('vm_1', 'vol_1'), volumeObject('vol_1')])
  await world.begin()
  await until('the first runs', running('vm_1'))
  world.portal.want([vmWith('vm_1', 'vol_1'), vmWith('vm_2', 'vol_1', { fence: 2, n: 2 }), volumeObject('vol_1')])
  await until('the second is prepared', () => phaseOf('vm_2') === 'preparing')
  await new Promise((resolve) => { setTimeout(resolve, 200) })
  expect(world.host.starts).toEqual(['vm_1'])
  world.portal.want([tombstone('vm_1', 2), vmWith('vm_2', 'vol_1', { fence: 2, n: 2 }), volumeObject('vol_1')])
  await until('the second runs', running('vm_2'))
})

test('an instance with an older fence is refused for good', async () => {
  world.portal.want([vmWith('vm_1', 'vol_1', { fence: 5 }), volumeObject('vol_1')])
  const first = await world.begin()
  await until('runs', running('vm_1'))
  world.portal.want([tombstone('vm_1', 2), volumeObject('vol_1')])
  await until('released', () => phaseOf('vm_1') === 'absent')
  await world.end(first)
  world.portal.want([tombstone('vm_1', 2), vmWith('vm_2', 'vol_1', { fence: 4, n: 2 }), volumeObject('vol_1')])
  await world.begin()
  await until('refused', () => world.portal.status('vm_2')?.code === 'volume_fenced')
  expect([phaseOf('vm_2'), world.host.starts]).toEqual(['failed', ['vm_1']])
})

test('a restore waits until the instance has ended, and the next start waits for the restore', async () => {
  world.portal.want([vmWith('vm_1', 'vol_1'), volumeObject('vol_1', 1, { snapshots: ['snap_1'] })])
  await world.begin()
  await until('runs', running('vm_1'))
  await until('the snapshot is taken', () => detailOf('vol_1')?.snapshots[0]?.id === 'snap_1')
  world.volumes.write('vol_1', 5, 'later')
  const restoring = volumeObject('vol_1', 2, { snapshots: ['snap_1', 'snap_2'], restore: { token: 'rst_1', snapshot_id: 'snap_1' } })
  world.portal.want([vmWith('vm_1', 'vol_1'), restoring])
  await until('it waits', () => world.portal.status('vol_1')?.code === 'volume_in_use')
  expect(world.volumes.volumes.get('vol_1')?.words.get(5)).toBe('later')
  world.portal.want([vmWith('vm_1', 'vol_1', { generation: 2, fence: 2 }), restoring])
  await until('the next generation runs', () => phaseOf('vm_1') === 'running' && world.portal.status('vm_1')?.generation === 2)
  expect(world.volumes.volumes.get('vol_1')?.words.has(5)).toBe(false)
  expect(world.volumes.snapshots.get('snap_2')?.content.words.get(5)).toBe('later')
  expect(detailOf('vol_1')?.restored).toBe('rst_1')
})

test('what the portal does not name any more is kept', async () => {
  world.portal.want([volumeObject('vol_1'), volumeObject('vol_2')])
  const first = await world.begin()
  await until('both', () => world.volumes.volumes.size === 2)
  world.portal.want([volumeObject('vol_2')])
  await until('applied', () => world.portal.lastStatus?.observed_index === world.portal.index)
  await world.end(first)
  await world.begin()
  await new Promise((resolve) => { setTimeout(resolve, 200) })
  expect(world.volumes.volumes.size).toBe(2)
})

test('a full node says so and goes on by itself; a damaged snapshot is final', async () => {
  world.volumes.free = 1
  world.portal.want([volumeObject('vol_1')])
  await world.begin()
  await until('no space', () => world.portal.status('vol_1')?.code === 'no_space')
  world.volumes.free = 100_000
  await until('made', running('vol_1'))
  world.volumes.fault = (operation) => (operation === 'restore' ? new VolumeError('snapshot_damaged', 'Block 3 of the snapshot is damaged.') : null)
  world.portal.want([volumeObject('vol_1', 2, { snapshots: ['snap_1'], restore: { token: 't', snapshot_id: 'snap_1' } })])
  await until('failed', () => phaseOf('vol_1') === 'failed')
  expect(world.portal.status('vol_1')).toMatchObject({ code: 'snapshot_damaged', reason: expect.stringContaining('Block 3') as string })
})

test.each(['before', 'after'] as const)('an agent killed %s any operation on a volume ends with what was wished, and nothing twice', async (when) => {
  const wish = (): void => world.portal.want([volumeObject('vol_1', 2, { size_mib: 128, snapshots: ['snap_1'], restore: { token: 'rst_1', snapshot_id: 'snap_1' } })])
  const done = (): boolean => phaseOf('vol_1') === 'running' && detailOf('vol_1')?.restored === 'rst_1' && detailOf('vol_1')?.size_mib === 128
  let deaths = 0
  for (let at = 0; at < 12; at += 1) {
    const fate: Fate = { at, when }
    const life = mortal(world.drivers(), fate)
    const agent = world.keep({ drivers: life.drivers })
    void agent.start()
    wish()
    await until('death or success', () => life.dead() || done())
    const died = life.dead()
    await world.end(agent)
    const next = await world.begin()
    await until(`recovery from death ${when} operation ${at}`, done)
    expect([[...world.volumes.volumes.keys()], [...world.volumes.snapshots.keys()]]).toEqual([['vol_1'], ['snap_1']])
    await world.end(next)
    await world.close()
    world = await createWorld()
    if (!died) break
    deaths += 1
  }
  expect(deaths).toBeGreaterThanOrEqual(4)
}, 120_000)

test(`${Math.round(ROUNDS) * 20} cycles of create, attach, detach and delete with injected faults leave nothing`, async () => {
  let seed = 7
  const random = (): number => { seed = (seed * 48_271) % 2_147_483_647; return seed / 2_147_483_647 }
  let faults = 0
  world.volumes.fault = () => {
    if (random() > 0.15) return null
    faults += 1
    return random() < 0.5 ? new VolumeError('no_space', 'injected') : new Error('injected')
  }
  const agent = await world.begin()
  for (let round = 0; round < ROUNDS; round += 1) {
    const names = Array.from({ length: 20 }, (_, n) => [`vm_${round}_${n}`, `vol_${round}_${n}`, n] as const)
    world.portal.want(names.flatMap(([vm, volume, n]) => [vmWith(vm, volume, { n }), volumeObject(volume, 1, { snapshots: [`snap_${volume}`] })]))
    await until('all run', () => names.every(([vm, volume]) => phaseOf(vm) === 'running' && detailOf(volume)?.snapshots.length === 1), 60_000)
    world.portal.want(names.flatMap(([vm, volume]) => [tombstone(vm, 2), gone(volume, 2)]))
    await until('all gone', () => names.every(([vm, volume]) => phaseOf(vm) === 'absent' && phaseOf(volume) === 'absent'), 60_000)
    world.portal.want([])
  }
  expect(faults).toBeGreaterThan(10)
  const left = [world.volumes.volumes, world.volumes.snapshots, world.host.machines, world.network.taps, world.disks.disks].map(({ size }) => size)
  expect(left).toEqual([0, 0, 0, 0, 0])
  expect(agent.ledger.volumeRecords()).toEqual([])
}, 600_000)
