/** A volume as an app sees it, beside the same acts on a plain file of the host, for `npm run bench -- volume`. */
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../command.ts'
import { Ext4Volumes } from '../volume/ext4/driver.ts'
import type { OpenVolume } from '../volume.ts'
import type { Vm, VmSpec } from '../vmm.ts'
import { makeBusyboxImage, makeExt4 } from './fixture.ts'
import { QemuDriver } from './qemu/driver.ts'

export interface VolumeTimes {
  writtenMib: number
  heldMib: number
  guestWriteMs: number
  hostWriteMs: number
  /** Of a volume in use: first, then unchanged but for a few blocks. */
  firstSnapshotMs: number
  nextSnapshotMs: number
  cloneMs: number
  restoreMs: number
  /** `cp` of the same file, flushed. */
  copyMs: number
}

const WRITTEN_MIB = 256
const HELD_MIB = 64
const SIZE_MIB = 1024
const REF = { orgId: 'bench', id: 'volume' }

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

export async function measureVolumeOnce(guestDir: string): Promise<VolumeTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-bench-'))
  const volumes = new Ext4Volumes(join(folder, 'volumes'))
  await volumes.create(REF, SIZE_MIB, null)
  const vm = await bootWith(folder, guestDir, volumes.path(REF))
  try {
    return await measure(folder, volumes, vm)
  } finally {
    await vm.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, volumes: Ext4Volumes, vm: Vm): Promise<VolumeTimes> {
  const inside = (script: string): Promise<unknown> => vm.exec(['sh', '-c', script], { timeoutMs: 300_000 })
  const running: OpenVolume = { copyTo: (path) => vm.copyVolume(REF.id, path), grow: async () => {} }
  const guestWriteMs = await timed(() => inside(`dd if=/dev/zero of=/data/zeros bs=1048576 count=${WRITTEN_MIB} conv=fsync 2>/dev/null`))
  const hostWriteMs = await timed(() => writeZeros(join(folder, 'plain'), WRITTEN_MIB))
  await inside(`rm /data/zeros; dd if=/dev/urandom of=/data/held bs=1048576 count=${HELD_MIB} conv=fsync 2>/dev/null`)
  const firstSnapshotMs = await timed(() => volumes.snapshot(REF, 'first', running))
  await inside('echo changed > /data/small; sync')
  const nextSnapshotMs = await timed(() => volumes.snapshot(REF, 'next', running))
  await vm.stop(5_000)
  const cloneMs = await timed(() => volumes.create({ ...REF, id: 'clone' }, SIZE_MIB, 'next'))
  const restoreMs = await timed(() => volumes.restore(REF, 'first'))
  const copy = join(folder, 'copy')
  const copyMs = await timed(async () => {
    await runCommand(['cp', '--sparse=always', volumes.path(REF), copy], { timeoutMs: 300_000 })
    await runCommand(['sync', copy], { timeoutMs: 300_000 })
  })
  return { writtenMib: WRITTEN_MIB, heldMib: HELD_MIB, guestWriteMs, hostWriteMs, firstSnapshotMs, nextSnapshotMs, cloneMs, restoreMs, copyMs }
}

async function writeZeros(path: string, mib: number): Promise<void> {
  const file = await open(path, 'w')
  const block = Buffer.alloc(1 << 20)
  for (let at = 0; at < mib; at += 1) await file.write(block)
  await file.sync()
  await file.close()
}

async function bootWith(folder: string, guestDir: string, path: string): Promise<Vm> {
  const scratch = join(folder, 'scratch.ext4')
  await makeExt4(scratch, 32)
  const spec: VmSpec = {
    id: 'bench', startId: 'bench-1', hostname: 'bench', vcpu: 1, memoryMib: 256, rootfs: await makeBusyboxImage(folder), scratch, uid: null,
    volumes: [{ id: REF.id, path, mountPath: '/data', readOnly: false, encrypted: false }], volumeKeys: {},
    network: { kind: 'user', mac: '52:54:00:00:00:01', forward: { listenAddress: '127.0.0.1', listenPort: 21_498, guestPort: 80 } },
    process: { argv: ['sleep', '6000'], env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM' },
  }
  return new QemuDriver({ vmsDir: join(folder, 'vms'), guestDir }).start(spec, {}, { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
}
