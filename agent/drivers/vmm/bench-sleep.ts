/** How long one microVM takes to fall asleep and to wake by our driver, and by QEMU alone out of a file in clear, for `npm run bench -- resume`. */
import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { guestAssets } from '../../guest/assets.ts'
import type { VmSpec } from '../vmm.ts'
import { makeBusyboxImage, makeExt4 } from './fixture.ts'
import { vmFiles } from './qemu/anchor.ts'
import { GuestChannel } from './guest/channel.ts'
import { QemuDriver } from './qemu/driver.ts'
import { launchQemu } from './qemu/launch.ts'
import { feed, runState } from './qemu/snapshot.ts'
import { connectSocket } from './guest/socket.ts'
import { openSealed } from './sealed-stream.ts'

interface SleepTimes { suspendMs: number; resumeMs: number; bareMs: number; mib: number }

const quiet = { onStarted: () => {}, onLog: () => {}, onExit: () => {} }

export async function sleepRounds(guestDir: string, rounds: number): Promise<SleepTimes[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-bench-'))
  try {
    const rootfs = await makeBusyboxImage(folder)
    const scratch = join(folder, 'scratch.ext4')
    await makeExt4(scratch, 32)
    const driver = new QemuDriver({ vmsDir: join(folder, 'vms'), guestDir })
    const spec: VmSpec = {
      id: 'bench', startId: 'bench-1', hostname: 'bench', vcpu: 1, memoryMib: 128, rootfs, scratch, volumes: [], volumeKeys: {}, uid: null, network: null,
      process: { argv: ['sleep', '6000'], env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM' },
    }
    let vm = await driver.start(spec, {}, quiet)
    const times: SleepTimes[] = []
    for (let round = 0; round < rounds; round += 1) {
      const key = randomBytes(32)
      const { bytes, tookMs } = await vm.suspend(key)
      const bareMs = await resumeBare(folder, guestDir, spec, key)
      const from = performance.now()
      vm = await driver.resume(spec, key, quiet)
      times.push({ suspendMs: tookMs, resumeMs: performance.now() - from, bareMs, mib: bytes / 2 ** 20 })
    }
    await vm.kill()
    return times
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same memory into the same QEMU, with no key, no record and no check, until the same guest answers. */
async function resumeBare(folder: string, guestDir: string, spec: VmSpec, key: Buffer): Promise<number> {
  const vm = vmFiles(join(folder, 'vms', spec.id))
  const plain = join(folder, 'plain')
  const sealed = await openSealed(vm.snapshot)
  await pipeline(sealed.pieces(key), createWriteStream(plain))
  await sealed.close()
  const { accelerator } = await new QemuDriver({ vmsDir: folder, guestDir }).probe()
  const runFolder = join(folder, 'bare')
  const from = performance.now()
  const qmp = await launchQemu({
    qemu: 'qemu-system-x86_64', runFolder, name: 'shellwego-bench-bare', uid: null, accelerator, vcpu: spec.vcpu, memoryMib: spec.memoryMib, kernelArguments: '',
    assets: guestAssets(guestDir), disks: { root: spec.rootfs, scratch: spec.scratch, config: vm.config, volumes: [] },
    network: null, incoming: true, onEvent: () => {},
  })
  await qmp.execute('migrate-incoming', { uri: 'unix:in.sock' })
  await feed(createReadStream(plain, { highWaterMark: 1 << 20 }), await connectSocket(runFolder, 'in.sock'))
  while ((await runState(qmp)) === 'inmigrate') await sleep(1)
  await qmp.execute('cont')
  const channel = new GuestChannel(() => connectSocket(runFolder, 'guest.sock'), quiet)
  await channel.ready
  const elapsed = performance.now() - from
  channel.close()
  await qmp.execute('quit').catch(() => {})
  await qmp.closed
  return elapsed
}
