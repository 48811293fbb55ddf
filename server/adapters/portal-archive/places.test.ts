import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testWhere } from '../../../agent/testing/test-where.ts'
import { FakeS3 } from '../../../agent/drivers/bucket/testing/fake-s3.ts'
import type { ArchivePlace } from '../../domain/portal-backups/ports.ts'
import { folderPlace } from './folder-place.ts'
import { s3Place } from './s3-place.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'places-'))
const s3 = new FakeS3()
let endpoint = ''
beforeAll(async () => { endpoint = await s3.listen() })
afterAll(async () => {
  await s3.close()
  if (mounted) spawnSync('umount', [small])
  rmSync(folder, { recursive: true })
})
afterEach(() => { s3.faults = { next: () => null } })

const bucket = (): ArchivePlace => s3Place({ kind: 's3', endpoint, region: 'us-east-1', bucket: s3.bucket, prefix: 'site/', ...s3.keys })
const places: [string, () => ArchivePlace][] = [['a folder', () => folderPlace(path.join(folder, 'made'))], ['a bucket', bucket]]
const pieces = function* (bytes: Buffer) { for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000) }
const stream = (bytes: Buffer): Readable => Readable.from(pieces(bytes), { objectMode: false })
const dying = (bytes: Buffer): Readable => Readable.from((function* () { yield bytes; throw new Error('the database went away') })(), { objectMode: false })

test.each(places)('%s gives back what it was given, lists it and forgets it', async (_, open) => {
  const bytes = randomBytes(20_000_000)
  expect(await open().put('one', stream(bytes))).toBe(bytes.length)
  expect((await buffer(await open().get('one'))).equals(bytes)).toBe(true)
  await open().put('empty-ish', stream(Buffer.from('x')))
  expect((await open().list()).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([{ name: 'empty-ish', bytes: 1 }, { name: 'one', bytes: bytes.length }])
  await open().remove('empty-ish')
  await open().remove('one')
  expect(await open().list()).toEqual([])
  await expect(open().get('one')).rejects.toMatchObject({ code: 'missing' })
})

test.each(places)('%s holds nothing of what broke off', async (_, open) => {
  await expect(open().put('half', dying(randomBytes(9_000_000)))).rejects.toThrow('the database went away')
  expect(await open().list()).toEqual([])
  expect(s3.uploads.size).toBe(0)
})

test('a folder is cleared of what a killed process left', async () => {
  const place = path.join(folder, 'left')
  await folderPlace(place).put('first', stream(Buffer.from('first')))
  writeFileSync(path.join(place, '.half.part'), 'half')
  expect((await folderPlace(place).list()).map(({ name }) => name)).toEqual(['first'])
  await folderPlace(place).put('second', stream(Buffer.from('second')))
  expect(readdirSync(place).sort()).toEqual(['first', 'second'])
})

const small = path.join(folder, 'small')
const mounted = (() => {
  mkdirSync(small)
  return process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0
})()

testWhere(mounted, 'nothing can be mounted')('a full disk is said to be one, and the backups before stay', async () => {
  await folderPlace(small).put('good', stream(Buffer.from('good')))
  await expect(folderPlace(small).put('large', stream(randomBytes(4_000_000)))).rejects.toMatchObject({ code: 'no_space' })
  expect(readdirSync(small)).toEqual(['good'])
  expect((await buffer(await folderPlace(small).get('good'))).toString()).toBe('good')
})

testWhere(process.getuid?.() !== 0, 'root may write everywhere')('a folder of somebody else is refused', async () => {
  const locked = mkdtempSync(path.join(folder, 'locked-'))
  chmodSync(locked, 0o500)
  await expect(folderPlace(locked).put('x', stream(Buffer.from('x')))).rejects.toMatchObject({ code: 'place_refused' })
})

test('a bucket that stumbles is asked again; one that stays ill is said to be, and nothing is left', async () => {
  let calls = 0
  s3.faults = { next: () => (calls++ % 3 === 1 ? 503 : null) }
  const bytes = randomBytes(17_000_000)
  await bucket().put('stumbled', stream(bytes))
  expect((await buffer(await bucket().get('stumbled'))).equals(bytes)).toBe(true)
  s3.faults = { next: (method) => (method === 'PUT' ? 503 : null) }
  await expect(bucket().put('ill', stream(bytes))).rejects.toMatchObject({ code: 'place_failed' })
  s3.faults = { next: (method) => (method === 'PUT' ? 'cut_before' : null) }
  await expect(bucket().put('ill', stream(bytes))).rejects.toMatchObject({ code: 'place_unreachable' })
  s3.faults = { next: () => 403 }
  await expect(bucket().list()).rejects.toMatchObject({ code: 'place_refused' })
  s3.faults = { next: () => null }
  expect((await bucket().list()).map(({ name }) => name)).toEqual(['stumbled'])
  expect(s3.uploads.size).toBe(0)
}, 60_000)
