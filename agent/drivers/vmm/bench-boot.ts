/** Raw boot time of the product's own VM, and of QEMU alone with the same kernel, for `npm run bench -- boot`. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guestAssets } from '../../guest/assets.ts'
import type { VmSpec } from '../vmm.ts'
import { makeBusyboxImage, makeExt4 } from './fixture.ts'
import { GuestChannel } from './guest/channel.ts'
import { connectSocket } from './guest/socket.ts'
import { QemuDriver } from './qemu/driver.ts'
import { launchQemu } from './qemu/launch.ts'

export interface BootTimes {
  /** `start()` called until the process of the VM was spawned. */
  driverMs: number
  /** QEMU spawned until the same kernel's init answers; no disks, no config, no process. */
  bareMs: number
}

const MEMORY_MIB = 128

export async function bootOnce(options: { guestDir: string; listenPort?: number }): Promise<BootTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-bench-'))
  try {
    return { bareMs: await bootBare(folder, options.guestDir), driverMs: await bootWithDriver(folder, options) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bootWithDriver(folder: string, { guestDir, listenPort = 21_499 }: { guestDir: string; listenPort?: number }): Promise<number> {
  const rootfs = await makeBusyboxImage(folder)
  const scratch = join(folder, 'scratch.ext4')
  await makeExt4(scratch, 32)
  const driver = new QemuDriver({ vmsDir: join(folder, 'vms'), guestDir })
  await driver.probe()
  const spec: VmSpec = {
    id: 'bench', startId: 'bench-1', hostname: 'bench', vcpu: 1, memoryMib: MEMORY_MIB, rootfs, scratch, volumes: [], volumeKeys: {}, uid: null,
    network: { kind: 'user', mac: '52:54:00:00:00:01', forward: { listenAddress: '127.0.0.1', listenPort, guestPort: 80 } },
    process: { argv: ['sleep', '600'], env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM' },
  }
  const from = performance.now()
  const vm = await driver.start(spec, {}, { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
  const elapsed = performance.now() - from
  await vm.kill()
  return elapsed
}

async function bootBare(folder: string, guestDir: string): Promise<number> {
  const assets = guestAssets(guestDir)
  const runFolder = join(folder, 'bare')
  const { accelerator } = await new QemuDriver({ vmsDir: folder, guestDir }).probe()
  const kernelArguments = (await readFile(assets.kernelArguments, 'utf8')).trim()
  const from = performance.now()
  const qmp = await launchQemu({
    qemu: 'qemu-system-x86_64', runFolder, name: 'shellwego-bench-bare', uid: null, accelerator, vcpu: 1, memoryMib: MEMORY_MIB,
    kernelArguments, assets, disks: null, network: null, onEvent: () => {},
  })
  const channel = new GuestChannel(() => connectSocket(runFolder, 'guest.sock'), { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
  await channel.ready
  const elapsed = performance.now() - from
  channel.close()
  await qmp.execute('quit').catch(() => {})
  await qmp.closed
  return elapsed
}
