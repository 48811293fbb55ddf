import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { BucketError } from '../drivers/bucket.ts'
import { MemoryBucket } from '../drivers/bucket/memory.ts'
import type { DiskContent } from '../drivers/volume.ts'
import { Vault } from './vault.ts'

const KEY = randomBytes(32).toString('base64')
let bucket: MemoryBucket
beforeEach(() => { bucket = new MemoryBucket() })
const vault = (key = KEY): Vault => new Vault(bucket.open({} as never, {} as never), 'org/set/', key)
const sum = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')

/** Blocks of one word each; an empty one is zeros. */
const disk = (...words: string[]): DiskContent => {
  const blocks = words.map((word) => (word === '' ? null : sum(word)))
  return { sizeBytes: words.length << 20, headBytes: 0, checksum: sum(words.join()), takenAtMs: 1, blocks, read: async (index) => Buffer.from(words[index] ?? '') }
}
const save = (id: string, content: DiskContent, signal = new AbortController().signal) => vault().save(id, content, { progress: () => {}, signal })
const readAll = async (id: string, from = vault()): Promise<string[]> => {
  const content = await from.open(id)
  return Promise.all(content.blocks.map(async (name, index) => (name === null ? '' : (await content.read(index)).toString())))
}
const names = (kind: string): string[] => [...bucket.objects.keys()].filter((name) => name.includes(`/${kind}/`))

test('what is put in comes out, equal blocks are kept once, and only what is new is sent', async () => {
  const first = await save('one', disk('a', 'b', '', 'a'))
  expect([names('blocks').length, first.addedBytes]).toEqual([2, 2])
  const before = bucket.requests.filter((request) => request === 'put').length
  await save('two', disk('a', 'c', '', 'a'))
  expect(bucket.requests.filter((request) => request === 'put').length - before).toBe(2)
  expect([await readAll('one'), await readAll('two')]).toEqual([['a', 'b', '', 'a'], ['a', 'c', '', 'a']])
  expect((await vault().list()).found.map(({ id, sizeMib }) => [id, sizeMib])).toEqual([['one', 4], ['two', 4]])
})

test('the bucket holds neither plaintext nor hashes of it, and nothing in it opens with another key or at another place', async () => {
  await save('one', disk('a very telling text', 'b'))
  const everything = [...bucket.objects].map(([name, body]) => name + body.toString('latin1')).join('\n')
  expect([everything.includes('telling'), everything.includes(sum('b')), everything.includes(sum('a very telling text'))]).toEqual([false, false, false])
  expect((await vault(randomBytes(32).toString('base64')).list()).damaged).toEqual(['one'])
  const [x = '', y = ''] = names('blocks')
  const moved = bucket.objects.get(x) ?? Buffer.alloc(0)
  bucket.objects.set(y, moved)
  await expect(readAll('one')).rejects.toMatchObject({ code: 'backup_damaged' })
})

test('broken off anywhere it is no backup, and the next try sends only what is missing', async () => {
  const words = Array.from({ length: 12 }, (_, index) => `word ${index}`)
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 12 }), async (at) => {
    bucket = new MemoryBucket()
    let puts = 0
    bucket.fault = (request) => (request === 'put' && ++puts > at ? new BucketError('backup_unreachable', 'cut') : null)
    await expect(save('one', disk(...words))).rejects.toMatchObject({ code: 'backup_unreachable' })
    expect((await vault().list()).found).toEqual([])
    const there = names('blocks').length
    let sent = 0
    bucket.fault = (request) => { if (request === 'put') sent += 1; return null }
    await save('one', disk(...words))
    expect(sent).toBe(words.length - there + 1)
    expect(await readAll('one')).toEqual(words)
  }), { numRuns: 30 })
})

test('dropping leaves what others hold, and broken off it is done again', async () => {
  await save('one', disk('a', 'b'))
  await save('two', disk('b', 'c'))
  let removes = 0
  bucket.fault = (request) => (request === 'remove' && ++removes > 1 ? new BucketError('backup_unreachable', 'cut') : null)
  await expect(vault().drop(['one'])).rejects.toMatchObject({ code: 'backup_unreachable' })
  bucket.fault = () => null
  await vault().drop(['one'])
  expect([(await vault().list()).found.map(({ id }) => id), await readAll('two'), names('blocks').length]).toEqual([['two'], ['b', 'c'], 2])
  await vault().drop(['two'])
  expect(bucket.objects.size).toBe(0)
})

test('a damaged block is told, and written anew by the next backup that holds it', async () => {
  await save('one', disk('a', 'b'))
  const bad = new Set<string>()
  const same = new Vault(bucket.open({} as never, {} as never), 'org/set/', KEY, bad)
  for (const name of names('blocks')) bucket.objects.set(name, Buffer.alloc(40))
  await expect(readAll('one', same)).rejects.toMatchObject({ code: 'backup_damaged' })
  expect(bad.size).toBeGreaterThan(0)
  for (const word of ['a', 'b']) bad.add(sum(word))
  await same.save('two', disk('a', 'b'), { progress: () => {}, signal: new AbortController().signal })
  expect(await readAll('one')).toEqual(['a', 'b'])
})

test('a damaged block of the snapshot itself is never sent', async () => {
  const content = { ...disk('a', 'b'), read: async () => Buffer.from('other') }
  await expect(save('one', content)).rejects.toMatchObject({ code: 'snapshot_damaged' })
  expect(bucket.objects.size).toBe(0)
})
