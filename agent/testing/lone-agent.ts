/** A process of its own with one real agent in it, to be killed. Argument: JSON of {@link LoneAgent}. */
import type { ImageDriver } from '../drivers/image.ts'
import { Agent } from '../agent.ts'
import { createExt4Disks } from '../drivers/disk/ext4.ts'
import { MemoryBucket } from '../drivers/bucket/memory.ts'
import { createUserNetwork } from '../drivers/network/user.ts'
import { createFakeRoutes } from '../drivers/route/fake.ts'
import { createQemuDriver } from '../drivers/vmm/qemu/driver.ts'
import { Ext4Volumes } from '../drivers/volume/ext4/driver.ts'
import { systemClock } from '../runtime/clock.ts'
import { silentLogger } from '../runtime/log.ts'

export interface LoneAgent {
  dir: string; portalUrl: string; joinTokenFile: string; vmsDir: string; guestDir: string; volumesDir: string; disksDir: string
  rootfs: string
  /** What each app runs. */
  script: string
}

const { dir, portalUrl, joinTokenFile, vmsDir, guestDir, volumesDir, disksDir, rootfs, script } = JSON.parse(process.argv[2] ?? '{}') as LoneAgent
const config = { entrypoint: [], cmd: ['sh', '-c', script], env: {}, workdir: '/', user: '', stopSignal: 'SIGKILL', exposedPorts: [] }
const images = { ensure: () => Promise.resolve({ digest: 'sha256:busybox', rootfs, config }), collect: () => Promise.resolve([]) } as unknown as ImageDriver

const agent = new Agent({
  vmm: createQemuDriver({ vmsDir, guestDir }), images, network: { ...createUserNetwork(62), gateways: () => [] }, disks: createExt4Disks(disksDir),
  volumes: new Ext4Volumes(volumesDir), trial: { use: async () => ({ files: 0, bytes: 0 }), clear: async () => {} },
  buckets: new MemoryBucket().open, routes: createFakeRoutes(),
}, {
  dir, portal: { url: portalUrl, ca: null }, joinTokenFile, edge: null, uidBase: process.getuid?.() === 0 ? 2_100_000 : null, diskFloorMib: 100,
  bootSlots: 2, version: '0.1.0', timing: { usageMs: 1_000, logsMs: 20, drainMs: 1 }, probe: async () => ({ ok: true }),
  facts: { hostname: 'node-1', cpu: 2, memory_mib: 1024, disk_mib: 1024, kernel: '6.1', driver: 'qemu', accelerator: 'tcg', isolation: 'emulated', network: 'user' },
}, systemClock(), silentLogger)
await agent.start()
