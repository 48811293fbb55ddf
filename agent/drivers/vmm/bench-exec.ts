/** A VM to run commands in, for `npm run bench -- exec`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Vm } from '../vmm.ts'
import { makeBusyboxImage, makeExt4 } from './fixture.ts'
import { QemuDriver } from './qemu/driver.ts'

export async function withBenchVm<T>(guestDir: string, work: (vm: Vm) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-bench-'))
  try {
    const [rootfs, scratch] = [await makeBusyboxImage(folder), join(folder, 'scratch.ext4')]
    await makeExt4(scratch, 32)
    const driver = new QemuDriver({ vmsDir: join(folder, 'vms'), guestDir })
    await driver.probe()
    const vm = await driver.start({
      id: 'bench', startId: 'bench-1', hostname: 'bench', vcpu: 1, memoryMib: 128, rootfs, scratch, volumes: [], volumeKeys: {}, uid: null,
      network: { kind: 'user', mac: '52:54:00:00:00:01', forward: { listenAddress: '127.0.0.1', listenPort: 25_499, guestPort: 80 } },
      process: { argv: ['sleep', '3600'], env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM' },
    }, {}, { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
    try {
      return await work(vm)
    } finally {
      await vm.kill()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
