import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import type { VolumeObjectSpec } from '../../server/contract/node-api/volume.ts'
import type { Agent } from '../agent.ts'
import { createExt4Disks } from '../drivers/disk/ext4.ts'
import type { ImageDriver } from '../drivers/image.ts'
import { createUserNetwork } from '../drivers/network/user.ts'
import { fileChecksum } from '../drivers/volume/blocks.ts'
import { Ext4Volumes } from '../drivers/volume/ext4/driver.ts'
import { makeBusyboxImage } from '../drivers/vmm/fixture.ts'
import { missingTools, qemuHarness } from '../drivers/vmm/qemu/qemu-harness.ts'
import { createWorld, tombstone, until, vmObject, volumeObject } from '../testing/world.ts'

const reason = missingTools()
const LIMIT_MS = 90_000
const CYCLES = process.env['SHELLWEGO_FULL'] ? 20 : 2
/** Appends to the volume, flushed, for as long as it lives; says how much was there when it began. */
const WRITER = `echo "found $(busybox wc -l < /data/log 2>/dev/null || echo 0)"
  n=0; while :; do n=$((n+1)); echo "$n" | dd of=/data/log oflag=append conv=notrunc,fsync 2>/dev/null; echo "wrote $n"; usleep 20000; done`

describe.skipIf(reason !== null)(`an agent, real VMs and their volumes${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 1_200_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const world = await createWorld()
  const rootfs = await makeBusyboxImage(await mkdir('image'))
  const volumes = new Ext4Volumes(join(harness.folder, 'volumes'))
  const config = { entrypoint: [], cmd: ['sh', '-c', WRITER], env: {}, workdir: '/', user: '', stopSignal: 'SIGKILL', exposedPorts: [] }
  const images = { ensure: () => Promise.resolve({ digest: 'sha256:busybox', rootfs, config }), collect: () => Promise.resolve([]) } as unknown as ImageDriver
  let agent: Agent | null = null

  async function mkdir(name: string): Promise<string> {
    const path = join(harness.folder, name)
    await (await import('node:fs/promises')).mkdir(path, { recursive: true })
    return path
  }
  const begin = async (): Promise<void> => {
    agent = world.agent({
      drivers: { vmm: harness.driver(), images, volumes, network: { ...createUserNetwork(61), gateways: () => [] }, disks: createExt4Disks(join(harness.folder, 'disks')) },
      options: { uidBase: process.getuid?.() === 0 ? 2_100_000 : null },
    })
    await agent.start()
  }
  afterAll(async () => {
    await agent?.stop()
    await harness.dispose()
    await world.close()
  })

  const app = (generation: number, fence: number): DesiredObject =>
    vmObject('vm_1', generation, { volumes: [{ id: 'vol_1', mount_path: '/data', read_only: false, fence }], env: {}, secrets: {}, port: null })
  const volume = (generation: number, spec: Partial<VolumeObjectSpec> = {}): DesiredObject => volumeObject('vol_1', generation, spec)
  const status = (id: string) => world.portal.status(id)
  const lines = (): string[] => [...world.portal.logs.values()].flatMap((record) => ('line' in record ? [record.line] : []))
  const wrote = (): number => Math.max(0, ...lines().map((line) => Number(/^wrote (\d+)/.exec(line)?.[1] ?? 0)))
  const found = (): number[] => lines().flatMap((line) => { const at = /^found (\d+)/.exec(line); return at ? [Number(at[1])] : [] })

  test('an app writes to a volume that the agent made, and a snapshot is taken meanwhile', async () => {
    world.portal.want([app(1, 1), volume(1)])
    await begin()
    await until('the app writes', () => wrote() > 5, LIMIT_MS)
    world.portal.want([app(1, 1), volume(2, { snapshots: ['snap_1'] })])
    await until('the snapshot is taken', () => status('vol_1')?.volume?.snapshots.length === 1, LIMIT_MS)
    const at = wrote()
    await until('the app goes on', () => wrote() > at + 5, LIMIT_MS)
    expect(status('vm_1')?.restarts).toBe(0)
  })

  test('a new agent finds instance and volume as they are, and grows it in use', async () => {
    const start = status('vm_1')?.vm_start_id
    await agent?.stop()
    world.portal.want([app(1, 1), volume(3, { size_mib: 128, snapshots: ['snap_1'] })])
    await begin()
    await until('grown', () => status('vol_1')?.volume?.size_mib === 128, LIMIT_MS)
    expect([status('vm_1')?.vm_start_id, status('vol_1')?.volume?.used_by]).toEqual([start, 'vm_1'])
  })

  test('a restore in place waits for the end of the app, keeps what it replaces, and the next start finds what the snapshot held', async () => {
    const restored = volume(4, { size_mib: 128, snapshots: ['snap_1', 'snap_2'], restore: { token: 'rst_1', snapshot_id: 'snap_1' } })
    world.portal.want([app(1, 1), restored])
    await until('it waits', () => status('vol_1')?.code === 'volume_in_use', LIMIT_MS)
    const last = wrote()
    world.portal.want([app(2, 2), restored])
    await until('the next start has begun', () => found().length === 2, LIMIT_MS)
    expect(status('vol_1')?.volume?.restored).toBe('rst_1')
    expect(found()[1]).toBeGreaterThan(0)
    expect(found()[1]).toBeLessThan(last)
  })

  test(`${CYCLES} cycles of create, attach, detach and delete on real VMs leave nothing`, async () => {
    const others = [app(2, 2), volume(4, { size_mib: 128, snapshots: ['snap_1', 'snap_2'], restore: { token: 'rst_1', snapshot_id: 'snap_1' } })]
    const before = await readdir(join(harness.folder, 'volumes', 'org_1'))
    for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
      const id = `vol_cycle_${cycle}`
      const vm = (generation: number, mounted: boolean): DesiredObject => vmObject('vm_2', generation, {
        volumes: mounted ? [{ id, mount_path: '/data', read_only: false, fence: 1 }] : [], env: {}, secrets: {}, port: null,
      })
      world.portal.want([...others, vm(2 * cycle, true), volumeObject(id)])
      await until('attached', () => status(id)?.volume?.used_by === 'vm_2' && status('vm_2')?.phase === 'running', LIMIT_MS)
      world.portal.want([...others, vm(2 * cycle + 1, false), volumeObject(id)])
      await until('detached', () => status(id)?.volume?.used_by === null, LIMIT_MS)
      world.portal.want([...others, vm(2 * cycle + 1, false), { kind: 'volume', id, generation: 2, desired: 'absent', spec: null }])
      await until('deleted', () => status(id)?.phase === 'absent', LIMIT_MS)
    }
    world.portal.want([...others, tombstone('vm_2', 1_000)])
    await until('gone', () => status('vm_2')?.phase === 'absent', LIMIT_MS)
    expect(await readdir(join(harness.folder, 'volumes', 'org_1'))).toEqual(before)
  })

  test('a clone equals its snapshot by checksum; what is deleted leaves no file', async () => {
    const sum = status('vol_1')?.volume?.snapshots.find(({ id }) => id === 'snap_2')?.checksum
    const kept = volume(5, { size_mib: 128, snapshots: ['snap_1', 'snap_2'], restore: { token: 'rst_1', snapshot_id: 'snap_1' } })
    world.portal.want([app(2, 2), kept, volumeObject('vol_2', 1, { size_mib: 128, source: { snapshot_id: 'snap_2' } })])
    await until('the clone is made', () => status('vol_2')?.phase === 'running', LIMIT_MS)
    expect(await fileChecksum(volumes.path({ orgId: 'org_1', id: 'vol_2' }))).toBe(sum)
    const gone = (id: string): DesiredObject => ({ kind: 'volume', id, generation: 9, desired: 'absent', spec: null })
    world.portal.want([tombstone('vm_1', 9), gone('vol_1'), gone('vol_2')])
    await until('all gone', () => ['vm_1', 'vol_1', 'vol_2'].every((id) => status(id)?.phase === 'absent'), LIMIT_MS)
    expect(await readdir(join(harness.folder, 'volumes'))).toEqual([])
    expect(await readdir(harness.vmsDir)).toEqual([])
  })
})
