/** What every volume driver promises; run against the fake and against real ones. */
import { expect, test } from 'vitest'
import { VolumeError, type OpenVolume, type VolumeDriver, type VolumeRef } from '../volume.ts'

export interface VolumeHarness {
  driver: () => VolumeDriver
  /** Puts a short text at a place far enough from others to be another block. */
  write: (volume: VolumeRef, place: number, text: string) => Promise<void>
  read: (volume: VolumeRef, place: number) => Promise<string | null>
  /** What a VM that has the volume open would do. */
  running: (volume: VolumeRef) => OpenVolume
  /** Everything the driver left on the host. */
  leftovers: () => Promise<string[]>
  /** Less than the smallest volume's own bookkeeping. */
  tooSmallMib: number
}

let made = 0
const fresh = (orgId = 'org_1'): VolumeRef => {
  made += 1
  return { orgId, id: `vol_${made}` }
}

export function volumeContract({ driver, write, read, running, leftovers, tooSmallMib }: VolumeHarness): void {
  test('a new volume has its size, costs next to nothing, and making it again leaves what was written', async () => {
    const volume = fresh()
    await driver().create(volume, 128, null)
    await write(volume, 40, 'kept')
    await driver().create(volume, 128, null)
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 128 })
    expect((await driver().inspect(volume))?.usedMib).toBeLessThan(32)
    expect(await read(volume, 40)).toBe('kept')
    await driver().remove(volume)
    expect(await driver().inspect(volume)).toBeNull()
  })

  test('a fence is noted beside the volume, never falls, and goes with the volume', async () => {
    const volume = fresh()
    await driver().noteFence(volume, 9)
    expect(await driver().fence(volume)).toBe(0)
    await driver().create(volume, 64, null)
    expect(await driver().fence(volume)).toBe(0)
    await driver().noteFence(volume, 3)
    await driver().noteFence(volume, 2)
    expect(await driver().fence(volume)).toBe(3)
    await driver().remove(volume)
    expect(await driver().fence(volume)).toBe(0)
  })

  test('a snapshot holds what was there, whatever is written afterwards; asked for again it is the same one', async () => {
    const volume = fresh()
    await driver().create(volume, 64, null)
    await write(volume, 20, 'before')
    const facts = await driver().snapshot(volume, `snap_${volume.id}`, null)
    await write(volume, 20, 'after')
    expect(await driver().snapshot(volume, `snap_${volume.id}`, null)).toEqual(facts)
    await driver().restore(volume, facts.id)
    expect(await read(volume, 20)).toBe('before')
    expect((await driver().snapshot(volume, `again_${volume.id}`, null)).checksum).toBe(facts.checksum)
    expect((await driver().snapshots(volume)).map(({ id }) => id).sort()).toEqual([`again_${volume.id}`, facts.id].sort())
    await driver().remove(volume)
  })

  test('a snapshot of an unchanged volume adds nothing', async () => {
    const volume = fresh()
    await driver().create(volume, 64, null)
    await write(volume, 30, 'x')
    const first = await driver().snapshot(volume, `one_${volume.id}`, null)
    const second = await driver().snapshot(volume, `two_${volume.id}`, null)
    expect([second.addedBytes <= first.addedBytes, second.checksum]).toEqual([true, first.checksum])
    await driver().remove(volume)
  })

  test('of a volume in use the snapshot is what its VM copies', async () => {
    const volume = fresh()
    await driver().create(volume, 64, null)
    await write(volume, 20, 'running')
    const facts = await driver().snapshot(volume, `live_${volume.id}`, running(volume))
    const clone = fresh()
    await driver().create(clone, 64, facts.id)
    expect(await read(clone, 20)).toBe('running')
    await driver().remove(volume)
    await driver().remove(clone)
  })

  test('a clone of a clone stands by itself: originals and their snapshots may go', async () => {
    const [first, second, third] = [fresh(), fresh(), fresh()]
    await driver().create(first, 64, null)
    await write(first, 20, 'origin')
    const one = await driver().snapshot(first, `of_${first.id}`, null)
    await driver().create(second, 64, one.id)
    await write(second, 21, 'second')
    const two = await driver().snapshot(second, `of_${second.id}`, null)
    await driver().create(third, 128, two.id)
    await driver().remove(first)
    await driver().remove(second)
    expect([await read(third, 20), await read(third, 21)]).toEqual(['origin', 'second'])
    expect(await driver().inspect(third)).toMatchObject({ sizeMib: 128 })
    await driver().remove(third)
  })

  test('dropping one snapshot leaves the others whole', async () => {
    const volume = fresh()
    await driver().create(volume, 64, null)
    await write(volume, 20, 'one')
    const one = await driver().snapshot(volume, `a_${volume.id}`, null)
    await write(volume, 20, 'two')
    const two = await driver().snapshot(volume, `b_${volume.id}`, null)
    await driver().dropSnapshot(volume, one.id)
    await driver().dropSnapshot(volume, one.id)
    await write(volume, 20, 'three')
    await driver().restore(volume, two.id)
    expect(await read(volume, 20)).toBe('two')
    await expect(driver().restore(volume, one.id)).rejects.toMatchObject({ code: 'volume_not_ready' })
    expect(await read(volume, 20)).toBe('two')
    await driver().remove(volume)
  })

  test('a volume grows, and at rest it shrinks, but never below what it holds', async () => {
    const volume = fresh()
    await driver().create(volume, 64, null)
    await write(volume, 20, 'kept')
    await driver().resize(volume, 256, null)
    await driver().resize(volume, 256, null)
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 256 })
    await expect(driver().resize(volume, tooSmallMib, null)).rejects.toMatchObject({ code: 'below_used' })
    expect(await driver().inspect(volume)).toMatchObject({ sizeMib: 256 })
    expect(await read(volume, 20)).toBe('kept')
    await driver().remove(volume)
  })

  test('a snapshot that is not there makes no volume', async () => {
    const volume = fresh()
    await expect(driver().create(volume, 64, 'snap_none')).rejects.toMatchObject({ code: 'volume_not_ready' })
    expect(await driver().inspect(volume)).toBeNull()
  })

  test('the content of a snapshot makes an equal volume elsewhere, and is proven without leaving anything', async () => {
    const [volume, other] = [fresh(), fresh('org_3')]
    await driver().create(volume, 64, null)
    await write(volume, 20, 'carried')
    const facts = await driver().snapshot(volume, `out_${volume.id}`, null)
    const content = await driver().content(volume, facts.id)
    expect(content.checksum).toBe(facts.checksum)
    await driver().createFrom(other, 64, content)
    await driver().createFrom(other, 64, content)
    expect([await read(other, 20), await driver().inspect(other)]).toMatchObject(['carried', { sizeMib: 64 }])
    const tried: string[] = []
    const use = { key: null, trial: async ({ path }: { path: string }) => { tried.push(path); return { files: 3, bytes: 7 } } }
    expect(await driver().prove(other, content, use)).toEqual({ files: 3, bytes: 7 })
    expect([tried.length, tried.includes(driver().path(other))]).toEqual([1, false])
    const before = await leftovers()
    const bad = { ...use, trial: () => Promise.reject(new VolumeError('backup_damaged', 'It cannot be mounted.')) }
    await expect(driver().prove(other, content, bad)).rejects.toMatchObject({ code: 'backup_damaged' })
    const broken = { ...content, checksum: 'other' }
    await expect(driver().prove(other, broken, use)).rejects.toMatchObject({ code: 'backup_damaged' })
    expect(await leftovers()).toEqual(before)
    await expect(driver().content(volume, 'snap_none')).rejects.toMatchObject({ code: 'volume_not_ready' })
    await driver().remove(volume)
    await driver().remove(other)
  })

  test('removing is done once and for all: nothing is left of volumes and snapshots', async () => {
    const volume = fresh('org_2')
    await driver().create(volume, 64, null)
    await driver().snapshot(volume, `gone_${volume.id}`, null)
    await driver().remove(volume)
    await driver().remove(volume)
    expect(await leftovers()).toEqual([])
  })
}
