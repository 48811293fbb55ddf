import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryFilesWith } from '../../../testing/memory-files.ts'
import type { VolumeRef } from '../../volume.ts'
import { volumeContract } from '../volume.contract.ts'
import { CHUNK_BYTES, fileChecksum } from '../blocks.ts'
import { Ext4Volumes } from './driver.ts'

const possible = ['/sbin/mke2fs', '/usr/sbin/mke2fs'].some((path) => existsSync(path)) && existsSync('/usr/bin/qemu-img')
let root = ''
const driver = (): Ext4Volumes => new Ext4Volumes(root)

/** Beyond the file system's own blocks, so that no test needs a mount. */
const at = (place: number): number => place * CHUNK_BYTES + 512 * 1024

async function write(volume: VolumeRef, place: number, text: string): Promise<void> {
  const file = await open(driver().path(volume), 'r+')
  await file.write(Buffer.from(text.padEnd(32)), 0, 32, at(place))
  await file.close()
}

async function read(volume: VolumeRef, place: number): Promise<string> {
  const file = await open(driver().path(volume))
  const { buffer } = await file.read(Buffer.alloc(32), 0, 32, at(place))
  await file.close()
  return buffer.toString().trim()
}

const use = (key: string | null) => ({ key, trial: async () => ({ files: 0, bytes: 0 }) })
const running = (volume: VolumeRef) => ({ copyTo: (path: string) => copyFile(driver().path(volume), path), grow: async () => {} })

describe.skipIf(!possible)(`ext4 volumes${possible ? '' : ' (skipped: e2fsprogs or qemu-utils is not installed)'}`, { timeout: 60_000 }, () => {
  beforeAll(async () => { root = await mkdtemp(join(tmpdir(), 'shellwego-volumes-')) })
  afterAll(() => rm(root, { recursive: true, force: true }))

  volumeContract({ driver, write, read, running, tooSmallMib: 1, leftovers: async () => (await readdir(root)).filter((name) => name !== 'org_1') })

  test('a restore is equal to the snapshot by checksum, and so is the file itself', async () => {
    const volume = { orgId: 'org_sum', id: 'vol_sum' }
    await driver().create(volume, 64, null)
    await write(volume, 33, 'first')
    const before = await readFile(driver().path(volume))
    const facts = await driver().snapshot(volume, 'snap_sum', null)
    await write(volume, 33, 'second')
    expect(await fileChecksum(driver().path(volume))).not.toBe(facts.checksum)
    await driver().restore(volume, 'snap_sum')
    expect(await fileChecksum(driver().path(volume))).toBe(facts.checksum)
    expect((await readFile(driver().path(volume))).equals(before)).toBe(true)
  })

  test('a damaged block fails the restore, and the volume stays as it is', async () => {
    const volume = { orgId: 'org_bad', id: 'vol_bad' }
    await driver().create(volume, 64, null)
    await write(volume, 33, 'good')
    await driver().snapshot(volume, 'snap_bad', null)
    await write(volume, 33, 'newer')
    const blocks = join(root, 'org_bad', 'blocks')
    for (const shard of await readdir(blocks)) {
      for (const name of await readdir(join(blocks, shard))) await writeFile(join(blocks, shard, name), Buffer.alloc(CHUNK_BYTES, 7))
    }
    await expect(driver().restore(volume, 'snap_bad')).rejects.toMatchObject({ code: 'snapshot_damaged' })
    await expect(driver().create({ orgId: 'org_bad', id: 'vol_new' }, 64, 'snap_bad')).rejects.toMatchObject({ code: 'snapshot_damaged' })
    expect(await read(volume, 33)).toBe('newer')
    expect((await readdir(join(root, 'org_bad'))).sort()).toEqual(['blocks', 'snapshots', 'vol_bad.img'])
  })

  test('the file system is sound after growing and shrinking', async () => {
    const volume = { orgId: 'org_fs', id: 'vol_fs' }
    await driver().create(volume, 256, null)
    await driver().resize(volume, 512, null)
    await driver().resize(volume, 64, null)
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 64 })
    execFileSync('e2fsck', ['-f', '-n', driver().path(volume)], { env: { ...process.env, PATH: '/usr/sbin:/sbin' }, stdio: 'ignore' })
  })

  test('an encrypted volume holds no plaintext, not even that it is empty, and its snapshots are as encrypted', async () => {
    const volume = { orgId: 'org_key', id: 'vol_key' }
    await driver().create(volume, 64, null, 'a-long-random-key')
    const bytes = await readFile(driver().path(volume))
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('LUKS')
    expect([bytes.includes('lost+found'), bytes.includes('a-long-random-key'), bytes.subarray(8 << 20, 16 << 20).equals(Buffer.alloc(8 << 20))]).toEqual([false, false, false])
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 64 })
    const facts = await driver().snapshot(volume, 'snap_key', null)
    expect(facts.sizeMib).toBe(64)
    await driver().create({ ...volume, id: 'vol_twin' }, 128, 'snap_key')
    expect(await driver().inspect({ ...volume, id: 'vol_twin' })).toMatchObject({ sizeMib: 128 })
    await driver().resize(volume, 128, null)
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 128 })
    await expect(driver().resize(volume, 64, null)).rejects.toMatchObject({ code: 'below_used' })
    await driver().restore(volume, 'snap_key')
    expect(await fileChecksum(driver().path(volume))).toBe(facts.checksum)
    expect(await memoryFilesWith('a-long-random-key')).toEqual([])
  })

  test('a restore on trial finds a damaged file system, and of an encrypted volume a key that does not open it', async () => {
    const volume = { orgId: 'org_drill', id: 'vol_drill' }
    await driver().create(volume, 64, null)
    const file = await open(driver().path(volume), 'r+')
    await file.write(Buffer.alloc(8 << 20, 7), 0, 8 << 20, 0)
    await file.close()
    await driver().snapshot(volume, 'snap_broken', null)
    await expect(driver().prove(volume, await driver().content(volume, 'snap_broken'), use(null))).rejects.toMatchObject({ code: 'backup_damaged' })
    const safe = { orgId: 'org_drill', id: 'vol_safe' }
    await driver().create(safe, 64, null, 'a-long-random-key')
    await driver().snapshot(safe, 'snap_safe', null)
    const content = await driver().content(safe, 'snap_safe')
    await driver().prove(safe, content, use('a-long-random-key'))
    await expect(driver().prove(safe, content, use('another-key'))).rejects.toMatchObject({ code: 'backup_damaged' })
    await expect(driver().prove(safe, content, use(null))).rejects.toMatchObject({ code: 'backup_damaged' })
    expect(await memoryFilesWith('a-long-random-key')).toEqual([])
    expect((await readdir(join(root, 'org_drill'))).filter((name) => name.endsWith('.drill'))).toEqual([])
  })

  test.skipIf(process.getuid?.() !== 0)('a full disk of the node is told as such, leaves nothing half-made, and every volume as it was', async () => {
    const disk = await mkdtemp(join(tmpdir(), 'shellwego-full-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=700', 'full', disk])
    try {
      const small = new Ext4Volumes(join(disk, 'volumes'))
      const volume = { orgId: 'org_1', id: 'vol_1' }
      await small.create(volume, 64, null)
      const file = await open(small.path(volume), 'r+')
      await file.write(randomBytes(14 << 20), 0, 14 << 20, 24 << 20).finally(() => file.close())
      const before = await readFile(small.path(volume))
      const kept = await small.snapshot(volume, 'snap_1', null)
      const full = { code: 'no_space' }
      const content = await small.content(volume, kept.id)
      await expect(small.restore(volume, kept.id)).rejects.toMatchObject(full)
      await expect(small.create({ ...volume, id: 'vol_2' }, 64, kept.id)).rejects.toMatchObject(full)
      await expect(small.create({ ...volume, id: 'vol_3' }, 64, null, 'a-long-random-key')).rejects.toMatchObject(full)
      await expect(small.createFrom({ ...volume, id: 'vol_4' }, 64, content)).rejects.toMatchObject(full)
      await expect(small.prove(volume, content, use(null))).rejects.toMatchObject(full)
      const copyTo = (path: string) => copyFile(small.path(volume), path)
      await expect(small.snapshot(volume, 'snap_2', { copyTo, grow: async () => {} })).rejects.toMatchObject(full)
      expect((await readdir(join(disk, 'volumes', 'org_1'))).sort()).toEqual(['blocks', 'snapshots', 'vol_1.img'])
      expect((await readFile(small.path(volume))).equals(before)).toBe(true)
      expect(await fileChecksum(small.path(volume))).toBe(kept.checksum)
      expect((await small.snapshots(volume)).map(({ id }) => id)).toEqual(['snap_1'])
    } finally {
      execFileSync('umount', [disk])
      await rm(disk, { recursive: true, force: true })
    }
  })

  test('ids that could leave the folder are refused', () => {
    expect(() => driver().path({ orgId: '../x', id: 'v' })).toThrow(TypeError)
    expect(() => driver().path({ orgId: 'org', id: 'a/b' })).toThrow(TypeError)
  })
})
