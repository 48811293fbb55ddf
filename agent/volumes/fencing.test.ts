import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { bootMs, currentBootId, fenceFiles, readWhole, writeWhole, type LeaseFile } from '../fence/lease-file.ts'
import { createWorld, tombstone, until, vmObject, volumeObject, type World } from '../testing/world.ts'

let world: World
let beating: NodeJS.Timeout | null = null
beforeEach(async () => { world = await createWorld() })
afterEach(async () => {
  if (beating) clearInterval(beating)
  await world.close()
})
/** As if a fence process ran. */
const beat = (): void => {
  mkdirSync(join(world.dir, 'fence'), { recursive: true })
  const once = (): void => writeWhole(fenceFiles(join(world.dir, 'fence')).beat, { pid: 1, bootId: currentBootId(), atMs: bootMs() })
  once()
  beating = setInterval(once, 200)
}
const onFile = (): LeaseFile | null => readWhole<LeaseFile>(fenceFiles(join(world.dir, 'fence')).lease)
const vmWith = (fence: number, generation = 1, id = 'vm_1'): DesiredObject =>
  vmObject(id, generation, { volumes: [{ id: 'vol_1', mount_path: '/data', read_only: false, fence }] })
const strict = (generation = 1): DesiredObject => volumeObject('vol_1', generation, { mode: 'strict' })
const phaseOf = (id: string) => world.portal.status(id)?.phase
const running = (id: string) => (): boolean => phaseOf(id) === 'running'

test('a fence is beside the volume before anyone starts, so that a lost ledger forgets nothing', async () => {
  world.portal.want([vmWith(5), volumeObject('vol_1')])
  await world.begin()
  await until('runs', running('vm_1'))
  expect(world.volumes.fences.get('vol_1')).toBe(5)
  await until('it is reported', () => world.portal.status('vol_1')?.volume?.observed_fence === 5)
})

test('what lies beside a volume counts where the ledger knows less', async () => {
  world.portal.want([volumeObject('vol_1')])
  await world.begin()
  await until('made', () => world.volumes.volumes.has('vol_1'))
  world.volumes.fences.set('vol_1', 9)
  world.portal.want([vmWith(8), volumeObject('vol_1', 2, { size_mib: 128 })])
  await until('refused', () => world.portal.status('vm_1')?.code === 'volume_fenced')
  expect(world.host.starts).toEqual([])
})

test('a fence that the volume comes with refuses the writer of before, also after a restart of the agent', async () => {
  world.portal.want([vmWith(5), volumeObject('vol_1')])
  const first = await world.begin()
  await until('runs', running('vm_1'))
  await world.end(first)
  world.host.crash('vm_1')
  world.portal.want([vmWith(5), volumeObject('vol_1', 2, { fence: 6 })])
  await world.begin()
  await until('refused', () => world.portal.status('vm_1')?.code === 'volume_fenced')
  expect(world.host.starts).toEqual(['vm_1'])
})

test('a fence that comes with an answer counts before the lease that came with it', async () => {
  beat()
  world.portal.leaseTtlS = 3
  world.portal.want([vmWith(5), strict()])
  const first = await world.begin()
  await until('runs', running('vm_1'))
  await world.end(first)
  await until('the lease is over', () => bootMs() > (onFile()?.deadlineMs ?? Infinity), 8_000)
  world.host.crash('vm_1')
  world.portal.least = { vol_1: 6 }
  await world.begin()
  await until('refused', () => world.portal.status('vm_1')?.code === 'volume_fenced')
  expect(world.host.starts).toEqual(['vm_1'])
}, 20_000)

test('a strict volume opens only under a lease and with a fence process, and its instance is on file before it starts', async () => {
  world.portal.want([vmWith(1), strict()])
  await world.begin()
  await until('the volume is made', running('vol_1'))
  await new Promise((resolve) => { setTimeout(resolve, 300) })
  expect(world.host.starts).toEqual([])
  await until('it says why', () => world.portal.lastStatus?.node.fencing?.fault?.includes('does not run') === true)
  beat()
  await until('runs', running('vm_1'))
  const startId = world.host.machines.get('vm_1')?.identity.startId ?? ''
  expect(onFile()?.vms).toMatchObject([{ vmId: 'vm_1', argument: `shellwego-vm_1-${startId}` }])
  expect((onFile()?.deadlineMs ?? 0) - bootMs()).toBeGreaterThan(30_000)
  await until('it is armed', () => world.portal.lastStatus?.node.fencing?.armed.includes('vol_1') === true)
  world.portal.want([tombstone('vm_1', 2), strict()])
  await until('gone', () => phaseOf('vm_1') === 'absent')
  expect(onFile()?.vms).toEqual([])
})

test('without answers the lease ends, and nothing strict starts again until there is one', async () => {
  beat()
  world.portal.leaseTtlS = 3
  world.portal.want([vmWith(1), strict()])
  await world.begin()
  await until('runs', running('vm_1'))
  world.portal.fault = '500'
  await until('the lease is over', () => bootMs() > (onFile()?.deadlineMs ?? Infinity), 8_000)
  world.host.crash('vm_1')
  await new Promise((resolve) => { setTimeout(resolve, 1_500) })
  expect(world.host.starts).toEqual(['vm_1'])
  world.portal.fault = 'none'
  world.portal.leaseTtlS = 40
  await until('started again', () => world.host.starts.length === 2, 30_000)
}, 60_000)

test('a pinned volume knows no lease, and one that becomes strict while it is open is on file from then on', async () => {
  world.portal.want([vmWith(1), volumeObject('vol_1')])
  await world.begin()
  await until('runs', running('vm_1'))
  expect(onFile()).toBeNull()
  beat()
  world.portal.want([vmWith(1), strict(2)])
  await until('on file', () => onFile()?.vms.length === 1)
  world.portal.want([vmWith(1), volumeObject('vol_1', 3)])
  await until('off again', () => onFile()?.vms.length === 0)
  expect(world.host.starts).toEqual(['vm_1'])
})

test('to a portal of before fencing nothing is said of it', async () => {
  world.portal.least = null
  world.portal.want([vmWith(1), volumeObject('vol_1')])
  await world.begin()
  await until('runs', running('vm_1'))
  await until('the volume says so', () => world.portal.status('vol_1')?.volume?.used_by === 'vm_1')
  expect([world.portal.status('vol_1')?.volume?.observed_fence, world.portal.lastStatus?.node.fencing]).toEqual([undefined, undefined])
})
