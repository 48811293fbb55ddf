import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { VolumeRef } from '../../volume.ts'
import { CHUNK_BYTES, fileChecksum } from '../blocks.ts'
import { volumeContract } from '../volume.contract.ts'
import { ZfsVolumes } from './driver.ts'
import { FakeZfs } from './testing/fake-zfs.ts'

const possible = existsSync('/sbin/mke2fs') || existsSync('/usr/sbin/mke2fs')
const ROOT = 'tank/shellwego'
let folder = ''
let zfs: FakeZfs
let clock = 0
const driver = (): ZfsVolumes => new ZfsVolumes({ root: ROOT, work: join(folder, 'work'), devices: join(folder, 'dev'), run: zfs.run, now: () => clock += 1 })

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
const running = (volume: VolumeRef) => ({ copyTo: (path: string) => copyFile(driver().path(volume), path), grow: async () => {} })
const names = (): string[] => [...zfs.datasets.keys(), ...zfs.snapshots.keys()].sort()
const below = (orgId: string): string[] => names().filter((name) => name.startsWith(`${ROOT}/${orgId}`)).map((name) => name.slice(ROOT.length + 1))

describe.skipIf(!possible)(`zfs volumes${possible ? '' : ' (skipped: e2fsprogs is not installed)'}`, { timeout: 60_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shellwego-zfs-'))
    await mkdir(join(folder, 'dev'))
    zfs = new FakeZfs(join(folder, 'dev'), ROOT)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  volumeContract({ driver, write, read, running, tooSmallMib: 1, leftovers: async () => names().filter((name) => name !== ROOT && !name.startsWith(`${ROOT}/org_1`)) })

  test('nothing is asked of zfs but this', async () => {
    const [data, copy] = [{ orgId: 'org_told', id: 'vol_data' }, { orgId: 'org_told', id: 'vol_copy' }]
    const from = zfs.transcript.length
    clock = 1_000
    await driver().create(data, 64, null)
    await driver().snapshot(data, 'snap_1', null)
    await driver().create(copy, 128, 'snap_1')
    await write(data, 20, 'newer')
    await driver().snapshot(data, 'snap_2', null)
    await driver().restore(data, 'snap_1')
    await driver().resize(data, 256, null)
    await driver().dropSnapshot(data, 'snap_2')
    await driver().remove(data)
    await driver().remove(copy)
    const told = zfs.transcript.slice(from).map((line) => line.replace(/added=\d+/, 'added=…')).join('\n')
    await expect(`${told}\n`).toMatchFileSnapshot('testing/a-life.txt')
    expect(below('org_told')).toEqual([])
  })

  test('a snapshot that others were made of is not told any more once it is dropped, and goes with the last of them', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map((id) => ({ orgId: 'org_tree', id })) as [VolumeRef, VolumeRef, VolumeRef]
    await driver().create(one, 64, null)
    await write(one, 20, 'origin')
    await driver().snapshot(one, 'base', null)
    await driver().create(two, 64, 'base')
    await driver().create(three, 64, 'base')
    await driver().dropSnapshot(one, 'base')
    expect(await driver().snapshots(one)).toEqual([])
    await expect(driver().create({ orgId: 'org_tree', id: 'four' }, 64, 'base')).rejects.toMatchObject({ code: 'volume_not_ready' })
    await driver().remove(one)
    expect([await read(two, 20), await read(three, 20)]).toEqual(['origin', 'origin'])
    await driver().remove(two)
    expect(await read(three, 20)).toBe('origin')
    expect(below('org_tree')).toEqual(['org_tree', 'org_tree/three'])
    await driver().remove(three)
    expect(below('org_tree')).toEqual([])
  })

  test('going back and forth between snapshots keeps each of them, and what was replaced goes with its last one', async () => {
    const volume = { orgId: 'org_back', id: 'vol' }
    await driver().create(volume, 64, null)
    for (const word of ['a', 'b', 'c']) {
      await write(volume, 20, word)
      await driver().snapshot(volume, word, null)
    }
    for (const word of ['a', 'c', 'b', 'c']) {
      await driver().restore(volume, word)
      expect(await read(volume, 20)).toBe(word)
      expect((await driver().snapshots(volume)).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c'])
    }
    for (const word of ['b', 'a']) await driver().dropSnapshot(volume, word)
    expect(await fileChecksum(driver().path(volume))).toBe((await driver().snapshots(volume))[0]?.checksum)
    expect(below('org_back')).toEqual(['org_back', 'org_back/vol', 'org_back/vol@c'])
    await driver().remove(volume)
    expect(below('org_back')).toEqual([])
  })

  test('whichever command of a restore fails, before or after it took effect, the next look finds one whole volume, old or new', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let step = 0; ; step += 1) {
        const volume = { orgId: `org_${when}_${step}`, id: 'vol' }
        await driver().create(volume, 64, null)
        await write(volume, 20, 'old')
        await driver().snapshot(volume, `snap_${when}_${step}`, null)
        await write(volume, 20, 'new')
        let count = 0
        zfs.fault = (argv, now) => (now === when && argv[1] !== 'list' && count++ === step ? 'internal error: out of luck' : null)
        const outcome = await driver().restore(volume, `snap_${when}_${step}`).then(() => 'done', () => 'failed')
        zfs.fault = () => null
        expect((await driver().inspect(volume))?.sizeMib).toBe(64)
        expect(['old', 'new']).toContain(await read(volume, 20))
        await driver().restore(volume, `snap_${when}_${step}`)
        expect(await read(volume, 20)).toBe('old')
        await driver().remove(volume)
        expect(below(volume.orgId)).toEqual([])
        if (outcome === 'done') break
        expect(step).toBeLessThan(20)
      }
    }
  })

  test('a snapshot whose reading was broken off is none yet; asked for again it is as it was taken', async () => {
    const volume = { orgId: 'org_half', id: 'vol' }
    await driver().create(volume, 64, null)
    await write(volume, 20, 'then')
    zfs.fault = (argv, now) => (now === 'before' && argv[1] === 'set' ? 'pool I/O is currently suspended' : null)
    await expect(driver().snapshot(volume, 'snap', null)).rejects.toThrow('suspended')
    zfs.fault = () => null
    expect(await driver().snapshots(volume)).toEqual([])
    await write(volume, 20, 'now')
    const facts = await driver().snapshot(volume, 'snap', null)
    await driver().restore(volume, facts.id)
    expect(await read(volume, 20)).toBe('then')
    await driver().remove(volume)
  })

  test('a pool without room is told as such, and nothing half-made stays', async () => {
    zfs.fault = (argv, now) => (now === 'before' && argv[1] === 'create' && argv.includes('-V') ? `cannot create '${argv.at(-1) ?? ''}': out of space` : null)
    await expect(driver().create({ orgId: 'org_full', id: 'vol' }, 64, null)).rejects.toMatchObject({ code: 'no_space' })
    zfs.fault = () => null
    expect(below('org_full')).toEqual([])
  })

  test('an encrypted volume holds no plaintext, in its snapshots neither, and nothing of its making stays beside the pool', async () => {
    const volume = { orgId: 'org_key', id: 'vol_key' }
    await driver().create(volume, 64, null, 'a-long-random-key')
    const bytes = await readFile(driver().path(volume))
    expect([bytes.subarray(0, 4).toString('latin1'), bytes.includes('lost+found'), bytes.includes('a-long-random-key')]).toEqual(['LUKS', false, false])
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 64 })
    expect((await driver().snapshot(volume, 'snap_key', null)).sizeMib).toBe(64)
    await driver().resize(volume, 128, null)
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 128 })
    await expect(driver().resize(volume, 64, null)).rejects.toMatchObject({ code: 'below_used' })
    const content = await driver().content(volume, 'snap_key')
    expect(await driver().prove(volume, content, { key: 'a-long-random-key', trial: async () => ({ files: 1, bytes: 2 }) })).toEqual({ files: 1, bytes: 2 })
    expect(await readdir(join(folder, 'work'))).toEqual([])
    await driver().remove(volume)
  })
})
