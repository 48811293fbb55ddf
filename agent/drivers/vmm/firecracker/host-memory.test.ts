import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tryCommand } from '../../command.ts'
import { HostMemory, HEADROOM_MIB, spareMib, swapNames, whyItMayLeak } from './host-memory.ts'
import { emptyMemory, folderMib, makeMemoryFiles, mountMemory, mountPoints, viewOf } from './memory-folder.ts'

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

test.skipIf(process.getuid?.() !== 0)('the folder is a tmpfs of its own, takes what it may and nothing more, and is emptied', async () => {
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
  const file = await open(join(view, 'x'), 'w')
  await file.close()
  // One that began after the VM in mounts of its own looks from where the VM does.
  expect(await viewOf(join(root, 'elsewhere'), 4711)).toBe('/proc/4711/root/snapshot')
})
