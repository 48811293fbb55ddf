import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testWhere } from '../../../testing/test-where.ts'
import { tryCommand } from '../../command.ts'
import { HostMemory, HEADROOM_MIB, spareMib, swapNames, whyItMayLeak } from './host-memory.ts'
import { emptyMemory, folderMib, makeMemoryFiles, mountMemory, mountPoints, viewOf, withMemoryFiles } from './memory-folder.ts'

const isRoot = process.getuid?.() === 0
const FACTS = { totalMib: 8192, availableMib: 6000, swaps: [] }

test('a copy fits into what nobody was promised, and into what is free at the moment', () => {
  expect(spareMib(FACTS, 0, 0)).toBe(6000 - HEADROOM_MIB)
  expect(spareMib(FACTS, 7000, 0)).toBe(1192 - HEADROOM_MIB)
  expect(spareMib(FACTS, 7000, 600)).toBe(592 - HEADROOM_MIB)
})

test('copies that are made at the same time do not count on the same room, and give it back however they end', async () => {
  const host = new HostMemory(() => Promise.resolve(FACTS), () => Promise.resolve(true))
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  const first = host.withRoom(4000, 0, () => held)
  await expect(host.withRoom(2000, 0, () => Promise.resolve())).rejects.toThrow('needs 2000 MiB, and the host has 1488 MiB to spare')
  await host.withRoom(1488, 0, () => Promise.reject(new Error('it failed'))).catch(() => {})
  expect(await host.withRoom(1488, 0, () => Promise.resolve('done'))).toBe('done')
  letGo()
  await first
  expect(await host.withRoom(5488, 0, () => Promise.resolve('done'))).toBe('done')
})

test('swap in clear is a reason not to sleep where memory cannot be kept out of it', () => {
  const swaps = [{ name: '/dev/dm-1', safe: true }, { name: '/swapfile', safe: false }]
  expect(whyItMayLeak(true, swaps)).toBeNull()
  expect(whyItMayLeak(false, swaps.slice(0, 1))).toBeNull()
  expect(whyItMayLeak(false, swaps)).toContain('swap in clear (/swapfile)')
  expect(swapNames('Filename\tType\tSize\tUsed\tPriority\n/dev/dm-1   partition 1 0 -2\n/swapfile file 2 0 -3\n')).toEqual(['/dev/dm-1', '/swapfile'])
  expect(swapNames('')).toEqual([])
})

testWhere(isRoot, 'root is needed to mount')('the folder is a tmpfs of its own, takes what it may and nothing more, and is emptied', async () => {
  const root = await mkdtemp(join(tmpdir(), 'jail-'))
  onTestFinished(async () => {
    await tryCommand(['umount', join(root, 'snapshot')])
    await rm(root, { recursive: true, force: true })
  })
  await mountMemory(root, 30_101, { mib: folderMib(8, false), pinned: await new HostMemory().pins() })
  const view = await viewOf(root, process.pid)
  expect([await mountPoints(), view]).toEqual([expect.arrayContaining([join(root, 'snapshot')]), join(root, 'snapshot')])
  const mib = Buffer.alloc(1 << 20, 1)
  const fill = async (count: number): Promise<void> => makeMemoryFiles(view, 30_101, 8, async ({ memory }) => {
    for (let at = 0; at < count; at += 1) await memory.write(mib, 0, mib.length, at * mib.length)
  })
  await fill(20)
  await emptyMemory(view)
  await expect(fill(30)).rejects.toThrow('larger than the memory of its VM')
  await emptyMemory(view)
  expect(await readdir(view)).toEqual([])
})

/** A process whose root is a jail, by the calls the jailer makes; the folder is mounted before, here or in mounts that only it has. */
async function jailed(mountedHere: boolean): Promise<{ root: string; pid: number }> {
  const root = await mkdtemp(join(tmpdir(), 'jail-'))
  const folder = join(root, 'snapshot')
  await copyFile('/bin/busybox', join(root, 'busybox'))
  if (mountedHere) await mountMemory(root, 30_101, { mib: folderMib(8, false), pinned: false })
  else await mkdir(folder)
  const script = [
    'mount --make-rslave /', ...(mountedHere ? [] : [`mount -t tmpfs -o size=24m tmpfs ${folder}`]), `mount --rbind ${root} ${root}`, `cd ${root}`, 'mkdir old', 'pivot_root . old',
    `exec /busybox sh -c '/busybox umount -l old && echo 1 > /snapshot/left && echo up && exec /busybox sleep 60'`,
  ]
  const vm = spawn('unshare', ['-m', 'sh', '-c', script.join(' && ')])
  onTestFinished(async () => {
    vm.kill('SIGKILL')
    await tryCommand(['umount', folder])
    await rm(root, { recursive: true, force: true })
  })
  await once(vm.stdout, 'data')
  return { root, pid: vm.pid ?? 0 }
}

const inJail = testWhere(isRoot && existsSync('/bin/busybox'), 'root and busybox are needed')

inJail('a folder that was mounted before the jailer ran is the same one inside', async () => {
  const { root, pid } = await jailed(true)
  expect(await viewOf(root, pid)).toBe(join(root, 'snapshot'))
  expect(await readdir(join(root, 'snapshot'))).toEqual(['left'])
})

inJail('an agent in other mounts than the one before goes by way of the VM, and its folder can be deleted all the same', async () => {
  const { root, pid } = await jailed(false)
  const view = await viewOf(root, pid)
  expect([view, await readdir(view)]).toEqual([`/proc/${pid}/root/snapshot`, ['left']])
  await emptyMemory(view)
  await makeMemoryFiles(view, 30_101, 8, async ({ memory }) => void await memory.write(Buffer.alloc(4096, 5)))
  expect([await readdir(view), await readdir(join(root, 'snapshot'))]).toEqual([['memory', 'state'], []])
  expect(await withMemoryFiles(view, 8, async ({ memory }) => (await memory.read(Buffer.alloc(1), 0, 1, 0)).buffer[0])).toBe(5)
  await expect(withMemoryFiles(view, 9, () => Promise.resolve())).rejects.toThrow('for 9 MiB of memory')
  await emptyMemory(view)
  await symlink('/etc/passwd', join(view, 'state'))
  await expect(withMemoryFiles(view, 8, () => Promise.resolve())).rejects.toThrow('ELOOP')
  await rm(root, { recursive: true })
  expect(existsSync(root)).toBe(false)
})
